/** The plan of a visit opened by somebody who looks at one: where it is and what is known of the place is written down as seen. */
import { getPlannedVisit, type VisitInPlan } from '../operations/index.ts';
import type { Request } from '../platform/http.ts';

export const openPlanned = (request: Request, id: string): Promise<VisitInPlan> =>
  getPlannedVisit(request.look('visit.opened', id, { fields: ['premises', 'power', 'team'] }), id);
