/** Pure. The addresses of documents on a person's record. */
import { staffPath } from '../path.ts';

export const documentPaths = {
  list: staffPath('/safeguarding/people/:id/documents'),
  adding: staffPath('/safeguarding/people/:id/documents/new'),
  document: staffPath('/safeguarding/documents/:id'),
  copy: staffPath('/safeguarding/documents/:id/copy'),
} as const;
