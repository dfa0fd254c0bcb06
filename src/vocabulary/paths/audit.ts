/** Pure. The addresses of the sealed log and its witnesses, and of oversight. */
import { staffPath } from './path.ts';

export const auditPaths = {
  log: staffPath('/log'),
  details: staffPath('/log/details'),
  checkpoint: staffPath('/log/checkpoints/:store'),
  newWitness: staffPath('/log/witnesses/new'),
  endWitness: staffPath('/log/witnesses/:id/end'),
} as const;

export const oversightPaths = {
  oversight: staffPath('/oversight'),
  find: staffPath('/oversight/find'),
  record: staffPath('/oversight/records/:id'),
  exportRecord: staffPath('/oversight/records/:id/export'),
  possibleAccess: staffPath('/oversight/records/:id/possible-access'),
  exportPossibleAccess: staffPath('/oversight/records/:id/possible-access/export'),
  member: staffPath('/oversight/members/:id'),
  exportMember: staffPath('/oversight/members/:id/export'),
  emergencyAccess: staffPath('/oversight/emergency-access/:id'),
  exportEmergencyAccess: staffPath('/oversight/emergency-access/:id/export'),
  ownRecords: staffPath('/oversight/ours'),
  exportOwnRecords: staffPath('/oversight/ours/export'),
  unusual: staffPath('/oversight/unusual'),
  answerUnusual: staffPath('/oversight/unusual/answer'),
  answerRestricted: staffPath('/oversight/safeguarding/answer'),
} as const;

/** Requests from people about their data, in one of the two databases. */
const requestPathsUnder = <const Start extends string>(start: Start) => ({
  requests: staffPath(start),
  newRequest: staffPath(`${start}/new`),
  request: staffPath(`${start}/:id`),
  marks: staffPath(`${start}/:id/marks`),
  answer: staffPath(`${start}/:id/answer`),
  withdraw: staffPath(`${start}/:id/withdraw`),
});
export const requestPaths = requestPathsUnder('/oversight/requests');
export const restrictedRequestPaths = requestPathsUnder('/oversight/safeguarding/requests');
