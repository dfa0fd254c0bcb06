/** Pure. The addresses of how long people's records are kept. */
import { staffPath } from '../path.ts';

export const retentionPaths = {
  list: staffPath('/safeguarding/retention'),
  rule: staffPath('/safeguarding/retention/rule'),
  certificates: staffPath('/safeguarding/retention/certificates'),
  record: staffPath('/safeguarding/retention/:id'),
  factEnd: staffPath('/safeguarding/retention/facts/:id/end'),
} as const;
