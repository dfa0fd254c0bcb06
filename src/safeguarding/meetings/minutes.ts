/** Minutes of a meeting as a paper: cases by their reference, without names, as far as the member who prints can read them. Pure. */
import { getMemberName } from '../../platform/forms/correction.ts';
import { orBlank, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { caseReference } from '../case/frame.ts';
import { dueWords } from '../deadlines/words.ts';
import { agencyOf } from '../notes/pages.ts';
import { countCorrections } from './meeting.ts';
import { colourText, knowledgeWords, minutesState, namesOf, ownerWords, stateWords } from './pages.ts';
import type { MeetingFile } from './read-meeting.ts';

const dayText = (day: string): string => `${weekdayOf(day)} ${longDay(day)}`;

function meetingSection({ meeting, operation, agencies, names }: MeetingFile): PaperSection {
  return {
    kind: 'rows',
    title: 'The meeting',
    rows: [
      { asks: 'When', says: `${meeting.time} on ${dayText(meeting.day)}` },
      { asks: 'Place, or how it was held', says: meeting.place },
      { asks: 'Called by', says: agencyOf(agencies, meeting.agencyId) },
      { asks: 'Chair', says: getMemberName(names, meeting.chairId) },
      { asks: 'Invited', says: namesOf(agencies, meeting.invited) || 'No other agency' },
      ...(operation ? [{ asks: 'Operation', says: operation }] : []),
      { asks: 'Agencies present', says: orBlank(namesOf(agencies, meeting.agenciesPresent)) },
      { asks: 'People present', says: orBlank(meeting.present), lines: 3 },
      { asks: 'Apologies', says: orBlank(meeting.apologies) },
      { asks: 'Next meeting', says: meeting.nextDay ? dayText(meeting.nextDay) : null },
      { asks: 'Minutes', says: minutesState(meeting, names) },
    ],
  };
}

const casesSection = ({ cases, names }: MeetingFile): PaperSection => ({
  kind: 'table',
  title: 'Cases and decisions',
  columns: ['Case', 'Person knows of the meeting', 'Decisions'],
  widths: [1, 1.4, 3.6],
  rows: cases.map(({ one }) => [
    caseReference(one.personId),
    knowledgeWords(one),
    orBlank(
      one.decisions
        .map(
          ({ words, by, at, later }) =>
            `${later ? 'Correction: ' : ''}${words} (${getMemberName(names, by)}, ${formatHour(at)})`,
        )
        .join('\n'),
    ),
  ]),
  empty: 'No case that the member who prints can read was on the list.',
});

const actionsSection = ({ cases, agencies, names }: MeetingFile, now: Date): PaperSection => ({
  kind: 'table',
  title: 'Actions',
  lead: [colourText],
  columns: ['Case', 'Action', 'Owner', 'Agency', 'When', 'State'],
  widths: [1, 2.2, 1.3, 1.3, 1.6, 1.2],
  rows: cases.flatMap(({ dues }) =>
    dues.map((due) => [
      caseReference(due.task.personId),
      due.task.what,
      ownerWords(due, names),
      agencyOf(agencies, due.task.agencyId),
      capital(dueWords(due.rule, due.standing)),
      stateWords(due, now),
    ]),
  ),
  empty: 'No action was recorded.',
});

export function minutesPaper(file: MeetingFile, now: Date): StaffPaper {
  const { meeting, names } = file;
  return {
    title: 'Minutes of a meeting about cases',
    about: `${meeting.time} on ${dayText(meeting.day)}`,
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    lead: [
      'These minutes show the cases that the member who prints can read. They use references, not names.',
      'Do not give them to anybody who cannot read these cases in Safelight.',
    ],
    sections: [
      meetingSection(file),
      casesSection(file),
      actionsSection(file, now),
      ...(meeting.corrections.length > 0
        ? [
            {
              kind: 'list' as const,
              title: 'Corrections of the minutes',
              items: meeting.corrections.map(
                ({ words, by, at }) => `${words} (${getMemberName(names, by)}, ${formatHour(at)})`,
              ),
            },
          ]
        : []),
    ],
    sources: [],
  };
}

/** Closed minutes are version 1; each correction that the reader can see makes the next. */
export function minutesVersion({ meeting, cases }: MeetingFile): { version: number | null; made: string | null } {
  if (!meeting.closedAt) return { version: null, made: null };
  const entries = [...meeting.corrections, ...cases.flatMap(({ one }) => one.decisions.filter(({ later }) => later))];
  const last = Math.max(meeting.closedAt.getTime(), ...entries.map(({ at }) => at.getTime()));
  const count = countCorrections(
    meeting,
    cases.map(({ one }) => one),
  );
  return { version: 1 + count, made: formatHour(new Date(last)) };
}
