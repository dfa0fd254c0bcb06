/** Logged reads of victim information requests. Reads by support agencies go to the safeguarding log. That log cannot derive the agency of a request, so the read names it. */

import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';

export const auditRequestRead = (
  request: Request,
  event: string,
  id: string | null,
  fields: readonly string[],
  look: Look = (...given) => request.look(...given),
): ReturnType<Look> =>
  look(event, id, { fields, ...(request.actor.side === 'help' && { owner: request.actor.agencyId }) });
