/** Pure. The addresses of consents, of information that was shared, and of what is over. */
import { staffPath } from '../path.ts';

export const consentPaths = {
  overview: staffPath('/safeguarding/people/:personId/consents'),
  asking: staffPath('/safeguarding/people/:personId/consents/ask'),
  largeType: staffPath('/safeguarding/consents/:id/words'),
  withdrawal: staffPath('/safeguarding/consents/:id/withdraw'),
  ends: staffPath('/safeguarding/ended-grants'),
  end: staffPath('/safeguarding/ended-grants/:id'),
} as const;

export const sharingPaths = {
  sharing: staffPath('/safeguarding/consents/:id/share'),
  received: staffPath('/safeguarding/received-information'),
  receivedOne: staffPath('/safeguarding/received-information/:id'),
  letter: staffPath('/safeguarding/grants/:id/letter'),
  letterPdf: staffPath('/safeguarding/grants/:id/letter/pdf'),
  file: staffPath('/safeguarding/grants/:id/file'),
} as const;
