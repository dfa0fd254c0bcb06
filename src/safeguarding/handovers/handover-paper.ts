/** A handover as a paper for the next shift: its notes, and the actions that its reader may see. Pure. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { orBlank, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { DueTask } from '../actions/due.ts';
import type { PersonNames } from '../actions/pages.ts';
import { caseReference } from '../case/frame.ts';
import { dueWords } from '../deadlines/words.ts';
import type { Handover } from './store.ts';

export type HandoverPaperData = {
  readonly handover: Handover;
  readonly agencyName: string;
  readonly tasks: readonly DueTask[];
  readonly called: PersonNames;
  readonly names: MemberNames;
};

const personOf = (called: PersonNames, personId: string): string => {
  const name = called.get(personId);
  return name ? `${name}\n${caseReference(personId)}` : 'a person';
};

/** Who does it now. Left open where nobody has taken it: the next shift writes it in. */
const ownerOf = ({ doneAt, takenBy }: DueTask['task'], names: MemberNames): string | null => {
  if (doneAt) return 'Ended';
  return takenBy ? getMemberName(names, takenBy) : null;
};

export const handoverPaper = ({ handover, agencyName, tasks, called, names }: HandoverPaperData): StaffPaper => ({
  title: 'Handover',
  about: `${agencyName}, to the next shift`,
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  lead: ['This paper is for support workers of this agency. Destroy it when the shift has read it.'],
  sections: [
    {
      kind: 'rows',
      title: 'Notes',
      rows: [
        { asks: 'From', says: getMemberName(names, handover.authorId) },
        { asks: 'Written', says: capital(formatHour(handover.madeAt)) },
        { asks: 'Notes for the next shift', says: orBlank(handover.words) },
      ],
    },
    {
      kind: 'table',
      // The erasure of a person takes the digest of this section out of each version that named them.
      title: 'Handed over',
      columns: ['Action', 'Person', 'When', 'Owner'],
      widths: [2.2, 1.6, 1.6, 1.3],
      rows: tasks.map(({ task, rule, standing }) => [
        task.what,
        personOf(called, task.personId),
        dueWords(rule, standing),
        ownerOf(task, names),
      ]),
      empty: 'No action was handed over with this.',
    },
    { kind: 'signatures', title: 'Taken over', people: ['Member of the next shift'] },
  ],
  sources: [],
});
