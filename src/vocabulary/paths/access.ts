/** Pure. The addresses of emergency access and of the access rules. */
import { staffPath } from './path.ts';

export const emergencyAccessPaths = {
  list: staffPath('/emergency-access'),
  audit: staffPath('/emergency-access/audit'),
  start: staffPath('/emergency-access/new'),
  emergencyAccess: staffPath('/emergency-access/:id'),
  end: staffPath('/emergency-access/:id/end'),
  review: staffPath('/emergency-access/:id/review'),
} as const;

export const accessRulesPaths = {
  rules: staffPath('/access-rules'),
  download: staffPath('/access-rules/who-can-see-what.md'),
  version: staffPath('/access-rules/versions/:id'),
  downloadVersion: staffPath('/access-rules/versions/:id/who-can-see-what.md'),
} as const;
