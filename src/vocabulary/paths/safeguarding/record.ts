/** Pure. The addresses of a person’s record and of its export. */
import { staffPath } from '../path.ts';

export const recordPaths = {
  record: staffPath('/safeguarding/people/:id'),
  export: staffPath('/safeguarding/people/:id/export'),
} as const;
