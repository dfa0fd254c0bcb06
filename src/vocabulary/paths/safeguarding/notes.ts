/** Pure. The addresses of notes on people met at visits. */
import { staffPath } from '../path.ts';

export const notePaths = {
  list: staffPath('/safeguarding'),
  writing: staffPath('/safeguarding/encounters/:encounterId/note'),
  note: staffPath('/safeguarding/notes/:id'),
  takingUp: staffPath('/safeguarding/notes/:id/take-up'),
  correction: staffPath('/safeguarding/notes/:id/correct'),
} as const;
