/** Pure. The addresses of meetings of support agencies about cases. */
import { staffPath } from '../path.ts';

export const meetingPaths = {
  meetings: staffPath('/safeguarding/meetings'),
  add: staffPath('/safeguarding/meetings/new'),
  meeting: staffPath('/safeguarding/meetings/:id'),
  edit: staffPath('/safeguarding/meetings/:id/edit'),
  attendance: staffPath('/safeguarding/meetings/:id/attendance'),
  addCase: staffPath('/safeguarding/meetings/:id/cases'),
  carryOver: staffPath('/safeguarding/meetings/:id/carry-over'),
  close: staffPath('/safeguarding/meetings/:id/close'),
  correct: staffPath('/safeguarding/meetings/:id/correction'),
  minutes: staffPath('/safeguarding/meetings/:id/minutes'),
  decide: staffPath('/safeguarding/meetings/cases/:id/decision'),
  addAction: staffPath('/safeguarding/meetings/cases/:id/action'),
  removeCase: staffPath('/safeguarding/meetings/cases/:id/remove'),
} as const;
