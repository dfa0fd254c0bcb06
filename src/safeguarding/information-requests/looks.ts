/** Looks at requests of police. Those of support agencies are written to the safeguarding log, which cannot find out whose record it is: the look says so. */
import type { Request } from '../../platform/http.ts';
import type { Look } from '../../platform/request.ts';

export const lookAtRequests = (
  request: Request,
  event: string,
  id: string | null,
  fields: readonly string[],
  look: Look = (...given) => request.look(...given),
): ReturnType<Look> =>
  look(event, id, { fields, ...(request.actor.side === 'help' && { owner: request.actor.agencyId }) });
