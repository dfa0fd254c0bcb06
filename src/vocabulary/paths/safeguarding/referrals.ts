/** Pure. The addresses of referrals, and of disclosures without consent. */
import { staffPath } from '../path.ts';

export const referralPaths = {
  list: staffPath('/safeguarding/referrals'),
  referral: staffPath('/safeguarding/referrals/:id'),
  ofNote: staffPath('/safeguarding/notes/:id/refer'),
  ofPerson: staffPath('/safeguarding/people/:personId/refer'),
  listOfPerson: staffPath('/safeguarding/people/:id/referrals'),
  decision: staffPath('/safeguarding/referrals/:id/decide'),
  finish: staffPath('/safeguarding/referrals/:id/finish'),
  message: staffPath('/safeguarding/referrals/:id/ask'),
  takingBack: staffPath('/safeguarding/referrals/:id/take-back'),
} as const;

export const disclosurePaths = {
  list: staffPath('/safeguarding/disclosures'),
  disclosure: staffPath('/safeguarding/disclosures/:id'),
  answer: staffPath('/safeguarding/disclosures/:id/answer'),
  sending: staffPath('/safeguarding/disclosures/:id/send'),
} as const;
