/** Pure. The addresses of reception: planning, the board, wristbands. */
import { staffPath } from '../path.ts';

export const receptionPaths = {
  receptions: staffPath('/safeguarding/reception'),
  add: staffPath('/safeguarding/reception/new'),
  start: staffPath('/safeguarding/reception/start'),
  board: staffPath('/safeguarding/reception/:id'),
  plan: staffPath('/safeguarding/reception/:id/plan'),
  rota: staffPath('/safeguarding/reception/:id/rota'),
  rotaEnd: staffPath('/safeguarding/reception/rota/:id/end'),
  capacity: staffPath('/safeguarding/reception/:id/capacity'),
  standDown: staffPath('/safeguarding/reception/:id/stand-down'),
  debrief: staffPath('/safeguarding/reception/:id/debrief'),
  debriefs: staffPath('/safeguarding/reception/:id/debriefs'),
  wristbands: staffPath('/safeguarding/reception/:id/wristbands'),
  wristband: staffPath('/safeguarding/reception/wristbands/:id'),
  need: staffPath('/safeguarding/reception/wristbands/:id/need'),
  needMet: staffPath('/safeguarding/reception/needs/:id/met'),
  night: staffPath('/safeguarding/reception/wristbands/:id/night'),
  leave: staffPath('/safeguarding/reception/wristbands/:id/leave'),
  linkWristband: staffPath('/safeguarding/people/:id/wristband'),
} as const;
