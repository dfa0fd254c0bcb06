/** Pure. The addresses of victim information requests: as police ask, and as support agencies decide. */
import { staffPath } from '../path.ts';

export const informationRequestPaths = {
  requests: staffPath('/information-requests'),
  add: staffPath('/information-requests/new'),
  request: staffPath('/information-requests/:id'),
} as const;

export const informationDecisionPaths = {
  requests: staffPath('/safeguarding/information-requests'),
  decide: staffPath('/safeguarding/information-requests/:id/decide'),
  decideApproved: staffPath('/safeguarding/information-requests/approved/:id'),
} as const;
