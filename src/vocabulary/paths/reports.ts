/** Pure. The addresses of reports for staff: one set for the police line, one for the support side. */
import { staffPath } from './path.ts';

const linePaths = <const Base extends string, const Files extends string>(base: Base, files: Files) => ({
  queue: staffPath(base),
  report: staffPath(`${base}/:id`),
  opening: staffPath(`${base}/:id/open`),
  seen: staffPath(`${base}/:id/seen`),
  message: staffPath(`${base}/:id/write`),
  attendance: staffPath(`${base}/attendance`),
  newAttendance: staffPath(`${base}/attendance/set`),
  newShift: staffPath(`${base}/attendance/on-call`),
  shiftEnd: staffPath(`${base}/attendance/on-call/:id/end`),
  onCall: staffPath(`${base}/on-call`),
  takingOn: staffPath(`${base}/on-call/:id/take-on`),
  retention: staffPath(`${base}/retention`),
  newRule: staffPath(`${base}/retention/rule`),
  holds: staffPath(`${base}/retention/holds`),
  newHold: staffPath(`${base}/retention/hold/:id`),
  holdEnd: staffPath(`${base}/retention/holds/:id/end`),
  certificates: staffPath(`${base}/retention/certificates`),
  sourceIdentity: staffPath(`${base}/source-identity/:id`),
  sourceIdentityRequests: staffPath(`${base}/source-identity`),
  newSourceIdentityRequest: staffPath(`${base}/source-identity/ask/:id`),
  sourceIdentityRequest: staffPath(`${base}/source-identity/requests/:id`),
  sourceIdentityDecision: staffPath(`${base}/source-identity/requests/:id/decide`),
  phone: staffPath(`${base}/phone`),
  partnerForm: staffPath(`${base}/partner-form`),
  sent: staffPath(`${base}/sent`),
  file: staffPath(`${files}/:id`),
  fileCleaning: staffPath(`${files}/:id/clean`),
  fileCopy: staffPath(`${files}/:id/copy`),
  fileExport: staffPath(`${files}/:id/export`),
  newFileRequest: staffPath(`${files}/:id/ask`),
});

/** What the police line has alone. */
export const policeReportPaths = {
  internalLog: staffPath('/reports/internal-log'),
  noAction: staffPath('/reports/:id/no-action'),
  referral: staffPath('/reports/:id/refer'),
  sameMatter: staffPath('/reports/same-matter/:one/:other'),
  undoSameMatter: staffPath('/reports/same-matter/decisions/:id/undo'),
} as const;

export const reportPaths = {
  police: linePaths('/reports', '/report-files'),
  help: linePaths('/safeguarding/reports', '/safeguarding/report-files'),
} as const;
