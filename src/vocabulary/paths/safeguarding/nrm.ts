/** Pure. The addresses of NRM referrals: raising, the form, decisions, first responders, counts. */
import { staffPath } from '../path.ts';

export const nrmPaths = {
  referrals: staffPath('/safeguarding/nrm-referrals'),
  listOfPerson: staffPath('/safeguarding/people/:id/nrm'),
  raise: staffPath('/safeguarding/people/:id/nrm-referral'),
  referral: staffPath('/safeguarding/nrm-referrals/:id'),
  question: staffPath('/safeguarding/nrm-referrals/:id/question'),
  part: staffPath('/safeguarding/nrm-referrals/:id/parts/:number'),
  draft: staffPath('/safeguarding/nrm-referrals/:id/draft'),
  export: staffPath('/safeguarding/nrm-referrals/:id/export'),
  submit: staffPath('/safeguarding/nrm-referrals/:id/submit'),
  submitted: staffPath('/safeguarding/nrm-referrals/:id/submitted'),
  decision: staffPath('/safeguarding/nrm-referrals/:id/decision'),
  firstResponder: staffPath('/safeguarding/nrm-referrals/:id/first-responder'),
  counts: staffPath('/safeguarding/nrm-referrals/counts'),
  countsExport: staffPath('/safeguarding/nrm-referrals/counts/export'),
} as const;
