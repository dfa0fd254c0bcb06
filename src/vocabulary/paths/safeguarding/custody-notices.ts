/** Pure. The addresses of custody safeguarding notices: as they are sent, and as custodians receive them. */
import { staffPath } from '../path.ts';

export const custodyNoticePaths = {
  notices: staffPath('/safeguarding/custody-notices'),
  notice: staffPath('/safeguarding/custody-notices/:id'),
  withdraw: staffPath('/safeguarding/custody-notices/:id/take-back'),
  send: staffPath('/safeguarding/custody-notices/of/:personId'),
  sendApproved: staffPath('/safeguarding/custody-notices/approved/:id'),
} as const;

export const receivedNoticePaths = {
  notices: staffPath('/custody-notices'),
  urgent: staffPath('/custody-notices/urgent'),
  notice: staffPath('/custody-notices/:id'),
  takeOn: staffPath('/custody-notices/:id/take-on'),
  passOn: staffPath('/custody-notices/:id/pass-on'),
  onCall: staffPath('/custody-notices/on-call'),
  addShift: staffPath('/custody-notices/on-call/new'),
  endShift: staffPath('/custody-notices/on-call/:id/end'),
} as const;
