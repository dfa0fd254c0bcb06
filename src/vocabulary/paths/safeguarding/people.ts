/** Pure. The addresses of finding a person, of opening and correcting a record, and of the help offered. */
import { staffPath } from '../path.ts';

export const peoplePaths = {
  search: staffPath('/safeguarding/people'),
  opening: staffPath('/safeguarding/people/new'),
  correction: staffPath('/safeguarding/people/:id/correct'),
  help: staffPath('/safeguarding/people/:id/help'),
  needs: staffPath('/safeguarding/people/:id/needs'),
  history: staffPath('/safeguarding/people/:id/history'),
  offer: staffPath('/safeguarding/people/:id/offer'),
} as const;
