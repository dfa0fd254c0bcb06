/** Pure. The addresses of a person’s record, its help and its referrals. */
import { staffPath } from './path.ts';

export const recordPaths = {
  people: staffPath('/safeguarding/people'),
  record: staffPath('/safeguarding/people/:id'),
  export: staffPath('/safeguarding/people/:id/export'),
  help: staffPath('/safeguarding/people/:id/help'),
  refer: staffPath('/safeguarding/people/:id/refer'),
  referral: staffPath('/safeguarding/referrals/:id'),
} as const;
