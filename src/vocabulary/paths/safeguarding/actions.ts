/** Pure. The addresses of actions, handovers and deadlines. */
import { staffPath } from '../path.ts';

export const actionPaths = {
  actions: staffPath('/safeguarding/actions'),
  arrived: staffPath('/safeguarding/actions/arrived'),
  action: staffPath('/safeguarding/actions/:id'),
  take: staffPath('/safeguarding/actions/:id/take'),
  finish: staffPath('/safeguarding/actions/:id/finish'),
  ofPerson: staffPath('/safeguarding/people/:id/actions'),
  add: staffPath('/safeguarding/people/:id/actions/new'),
  addOffered: staffPath('/safeguarding/people/:id/actions/offered'),
  addHealth: staffPath('/safeguarding/people/:id/actions/health'),
} as const;

export const handoverPaths = {
  handovers: staffPath('/safeguarding/handovers'),
  add: staffPath('/safeguarding/handovers/new'),
  handover: staffPath('/safeguarding/handovers/:id'),
  acknowledge: staffPath('/safeguarding/handovers/:id/acknowledge'),
  paper: staffPath('/safeguarding/handovers/:id/paper'),
  paperPdf: staffPath('/safeguarding/handovers/:id/paper/pdf'),
} as const;

export const deadlinePaths = {
  deadlines: staffPath('/safeguarding/deadlines'),
  compare: staffPath('/safeguarding/deadlines/compare'),
} as const;
