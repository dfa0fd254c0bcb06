/** Pure. The addresses of intelligence for staff. */
import { staffPath } from './path.ts';

export const intelligencePaths = {
  list: staffPath('/intelligence'),
  newItem: staffPath('/intelligence/new'),
  fromReport: staffPath('/intelligence/from-report/:id'),
  possibleLinks: staffPath('/intelligence/links'),
  link: staffPath('/intelligence/links/:one/:other'),
  undo: staffPath('/intelligence/links/decisions/:id/undo'),
  entity: staffPath('/intelligence/named/:id'),
  chart: staffPath('/intelligence/named/:id/chart'),
  removeEntity: staffPath('/intelligence/named/:id/remove'),
  addEntity: {
    person: staffPath('/intelligence/:id/add-person'),
    premises: staffPath('/intelligence/:id/add-premises'),
    vehicle: staffPath('/intelligence/:id/add-vehicle'),
    phone: staffPath('/intelligence/:id/add-phone'),
    account: staffPath('/intelligence/:id/add-account'),
    organisation: staffPath('/intelligence/:id/add-organisation'),
  },
  proposals: staffPath('/intelligence/proposals'),
  proposal: staffPath('/intelligence/proposals/:id'),
  acceptProposal: staffPath('/intelligence/proposals/:id/accept'),
  declineProposal: staffPath('/intelligence/proposals/:id/decline'),
  proposalResult: staffPath('/intelligence/proposals/:id/result'),
  propose: staffPath('/intelligence/named/:id/propose'),
  received: staffPath('/intelligence/received'),
  receivedShare: staffPath('/intelligence/received/:id'),
  receiveShare: staffPath('/intelligence/received/:id/accept'),
  recallShare: staffPath('/intelligence/shares/:id/recall'),
  share: staffPath('/intelligence/:id/share'),
  item: staffPath('/intelligence/:id'),
  correction: staffPath('/intelligence/:id/correct'),
  systemReference: staffPath('/intelligence/:id/system-reference'),
  export: staffPath('/intelligence/:id/export'),
  review: staffPath('/intelligence/:id/review'),
  disposal: staffPath('/intelligence/:id/dispose'),
} as const;

/** Of the check between agencies. */
export const deconflictionPaths = {
  checks: staffPath('/intelligence/checks'),
  contact: staffPath('/intelligence/checks/contact'),
  addPartner: staffPath('/intelligence/checks/partners/new'),
  endPartner: staffPath('/intelligence/checks/partners/:id/end'),
  hide: staffPath('/intelligence/checks/hide'),
  show: staffPath('/intelligence/checks/hidden/:id/end'),
  match: staffPath('/intelligence/checks/matches/:id'),
  acknowledge: staffPath('/intelligence/checks/matches/:id/rung'),
  compare: staffPath('/intelligence/named/:id/compare'),
  stopComparing: staffPath('/intelligence/named/:id/compare/end'),
  /** Where the program of a partner asks. */
  ask: staffPath('/exchange/checks'),
} as const;
