/** The result of a warrant, for its endorsement and its return to the court. Pure. */
import { formatRecordedMoment, lawToCheck } from '../../operations/papers/index.ts';
import { orBlank, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { doorAnswerLabels } from '../pages.ts';
import {
  dayRow,
  exhibitsTable,
  formatAddress,
  listAttendees,
  listSources,
  powerRows,
  referenceRow,
  timeRows,
} from './paper-parts.ts';
import type { VisitFile } from './visit-file.ts';

/** Whether the visit rests on a warrant, which goes back to the court. */
export const isUnderWarrant = ({ power }: Pick<VisitFile, 'power'>): boolean => power?.rule.kind === 'warrant';

export const warrantReturn = (file: VisitFile): StaffPaper => ({
  title: 'Warrant return',
  about: formatAddress(file),
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  lead: ['Endorse the result on the warrant itself. This paper gathers what the records say of it.'],
  sections: [
    { kind: 'rows', title: 'Warrant', rows: powerRows(file) },
    {
      kind: 'rows',
      title: 'Execution',
      rows: [
        { asks: 'Premises', says: formatAddress(file) },
        referenceRow(file),
        dayRow(file),
        ...timeRows(file),
        { asks: 'Search began', says: formatRecordedMoment(file.search?.beganAt) },
        { asks: 'Search ended', says: formatRecordedMoment(file.search?.endedAt) },
        {
          asks: 'What happened at the door',
          says: file.visit?.answer ? capital(doorAnswerLabels[file.visit.answer]) : null,
        },
        { asks: 'Who attended', says: listAttendees(file), lines: 2 },
        { asks: 'People named to accompany', says: orBlank((file.power?.named ?? []).join('\n')), lines: 2 },
      ],
    },
    {
      kind: 'rows',
      title: 'Result',
      rows: [
        {
          asks: 'Were the articles or persons sought found?',
          says: file.search?.articlesFound ? capital(file.search.articlesFound) : null,
          lines: 2,
        },
        { asks: 'Were other articles seized?', says: null, lines: 2 },
      ],
    },
    exhibitsTable(file),
    {
      kind: 'rows',
      title: 'Return to the court',
      rows: [
        {
          asks: 'Returned on',
          says: file.power?.planned?.returnedOn ? longDay(file.power.planned.returnedOn) : null,
        },
        { asks: 'Returned by', says: null },
        { asks: 'Received at the court by', says: null },
      ],
    },
    { kind: 'signatures', title: 'Signature', people: ['Officer who executed the warrant'] },
  ],
  sources: listSources(file),
  notes: [lawToCheck],
});
