/** Pages of meetings: the list, and the page for running one. Colours follow the deadline alone. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type {
  CasePage,
  Cell,
  Link,
  PageAction,
  Section,
  SectionsPage,
  SummaryRow,
  TimelineItem,
} from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import type { DueTask } from '../actions/due.ts';
import { caseReference } from '../case/frame.ts';
import { dueWords } from '../deadlines/words.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import { amberDays, colourOf, type DeadlineColour } from './deadline-colour.ts';
import { noAccessText, sharingLinks } from './form-pages.ts';
import type { Meeting, MeetingCase } from './meeting.ts';
import type { CaseOnList, MeetingFile } from './read-meeting.ts';
import type { ListedMeeting } from './store.ts';

const tags: Record<DeadlineColour, string> = { red: 'red', amber: 'yellow', green: 'green' };

/** The colour as a word, for readers who cannot tell colours apart and for paper. */
export function stateWords(due: DueTask, now: Date): string {
  const colour = colourOf(due, now);
  if (colour === 'red') return due.rule.means === 'possible until' ? 'Red: passed' : 'Red: overdue';
  if (colour === 'amber') return `Amber: due within ${amberDays} days`;
  return due.task.doneAt ? `Green: ${due.task.ending ?? 'done'}` : 'Green: later';
}

export const colourText = `The colour shows the deadline only. Red: the date has passed. Amber: due within ${amberDays} days. Green: later, or ended. It does not rate a person, a risk or a place.`;

const stateCell = (due: DueTask, now: Date): Cell => ({ text: stateWords(due, now), tag: tags[colourOf(due, now)] });

const dayText = (day: string): string => `${weekdayOf(day)} ${longDay(day)}`;

export function meetingsPage(
  all: readonly ListedMeeting[],
  { agencies, names }: { readonly agencies: Agencies; readonly names: MemberNames },
  { calls, today }: { readonly calls: boolean; readonly today: string },
): SectionsPage {
  const table = (caption: string, meetings: readonly ListedMeeting[], empty: string): Section => ({
    kind: 'table',
    caption,
    stack: true,
    columns: ['Date', 'Called by', 'Chair', 'Minutes'].map((text) => ({ text })),
    rows: meetings.map(({ id, day, agencyId, chairId, closedAt }) => [
      { text: dayText(day), href: meetingPaths.meeting(id) },
      { text: agencyOf(agencies, agencyId) },
      { text: getMemberName(names, chairId) },
      closedAt ? { text: 'Closed', tag: 'grey' } : { text: 'Open', tag: 'blue' },
    ]),
    empty,
  });
  const coming = all.filter(({ day }) => day >= today);
  return {
    title: 'Meetings',
    lead: ['Meetings of support agencies about cases, that your agency called or is invited to.', noAccessText],
    actions: calls ? [{ href: meetingPaths.add(), text: 'Call a meeting' }] : [],
    sections: [
      table('Coming', coming.toReversed(), 'No meeting is coming. A safeguarding lead or caseworker calls one.'),
      table(
        'Earlier',
        all.filter(({ day }) => day < today),
        'No earlier meeting.',
      ),
    ],
  };
}

export type MeetingRights = {
  /** A lead or caseworker of the agency that called it. */
  readonly changes: boolean;
  readonly chairs: boolean;
  readonly addsCases: boolean;
  readonly decides: boolean;
  readonly addsActions: boolean;
  /** Of their own agency. */
  readonly endsActions: boolean;
  readonly agencyId: string;
  readonly calls: boolean;
};

const row = (key: string, text: string): SummaryRow => ({ key: { text: key }, value: { text } });

export const namesOf = (agencies: Agencies, ids: readonly string[]): string =>
  listOf(ids.map((id) => agencyOf(agencies, id)));

export const knowledgeWords = ({ knows, reason }: MeetingCase): string =>
  knows === 'no' ? `No: ${reason ?? ''}` : knows === 'yes' ? 'Yes' : 'Not answered yet';

export const minutesState = (meeting: Meeting, names: MemberNames): string =>
  meeting.closedAt ? `Closed by ${getMemberName(names, meeting.closedBy)}, ${formatHour(meeting.closedAt)}` : 'Open';

function summary({ meeting, operation, agencies, names }: MeetingFile): Section {
  const { time, place, present, apologies, nextDay } = meeting;
  return {
    kind: 'summary',
    rows: [
      row('When', `${time} on ${dayText(meeting.day)}`),
      row('Place, or how it is held', place),
      row('Called by', agencyOf(agencies, meeting.agencyId)),
      row('Chair', getMemberName(names, meeting.chairId)),
      row('Invited', namesOf(agencies, meeting.invited) || 'No other agency'),
      ...(operation ? [row('Operation', operation)] : []),
      row('Agencies present', namesOf(agencies, meeting.agenciesPresent) || 'Not recorded yet'),
      row('People present', present ?? 'Not recorded yet'),
      row('Apologies', apologies ?? 'None recorded'),
      row('Next meeting', nextDay ? dayText(nextDay) : 'No date set'),
      row('Minutes', minutesState(meeting, names)),
    ],
  };
}

function caseRow({ one, called, dues }: CaseOnList, rights: MeetingRights, closed: boolean, now: Date): Cell[] {
  const reference = caseReference(one.personId);
  const next = dues.find(({ task }) => !task.doneAt);
  const hidden = `for ${reference}`;
  const links = [
    ...(rights.decides
      ? [{ href: meetingPaths.decide(one.id), text: closed ? 'Add a correction' : 'Record a decision', hidden }]
      : []),
    ...(rights.addsActions ? [{ href: meetingPaths.addAction(one.id), text: 'Add an action', hidden }] : []),
    ...sharingLinks(one.personId).map((link) => ({ ...link, hidden })),
    ...(!closed && one.revision === 1
      ? [{ href: meetingPaths.removeCase(one.id), text: 'Take off the list', hidden }]
      : []),
  ];
  return [
    { text: reference, href: recordPaths.record(one.personId) },
    { text: called },
    { text: next ? next.task.what : 'No open action' },
    next ? stateCell(next, now) : { text: '' },
    { text: knowledgeWords(one), ...(one.knows === null && { tag: 'yellow' }) },
    { links },
  ];
}

function casesSection({ meeting, cases }: MeetingFile, rights: MeetingRights, now: Date): Section {
  return {
    kind: 'table',
    id: 'cases',
    caption: 'Cases',
    stack: true,
    columns: ['Case', 'Called', 'Next step', 'Deadline', 'Knows of the meeting', 'Links'].map((text) => ({
      text,
    })),
    rows: cases.map((one) => caseRow(one, rights, meeting.closedAt !== null, now)),
    empty: 'No case that you can read is on the list.',
  };
}

export const ownerWords = ({ task }: DueTask, names: MemberNames): string =>
  task.takenBy ? getMemberName(names, task.takenBy) : 'No owner yet';

/** All actions of the cases, by deadline. */
const actionsOf = (cases: readonly CaseOnList[]): DueTask[] => {
  const all = cases.flatMap(({ dues }) => dues);
  const open = all.filter(({ task }) => !task.doneAt);
  const ended = all.filter(({ task }) => task.doneAt);
  return [...open.toSorted((one, other) => one.standing.dueAt.getTime() - other.standing.dueAt.getTime()), ...ended];
};

function actionsSection(file: MeetingFile, { endsActions, agencyId }: MeetingRights, now: Date): Section {
  const { meeting, cases, agencies, names } = file;
  const end = (due: DueTask): Cell => ({
    links:
      endsActions && !due.task.doneAt && due.task.agencyId === agencyId
        ? [
            {
              href: withQuery(actionPaths.finish(due.task.id), { meeting: meeting.id }),
              text: 'Mark as done',
              hidden: due.task.what,
            },
          ]
        : [],
  });
  return {
    kind: 'table',
    id: 'actions',
    caption: 'Actions, by deadline',
    stack: true,
    columns: ['Case', 'Action', 'Owner', 'Agency', 'When', 'State', 'End it'].map((text) => ({ text })),
    rows: actionsOf(cases).map((due) => [
      { text: caseReference(due.task.personId) },
      { text: due.task.what, href: actionPaths.action(due.task.id) },
      { text: ownerWords(due, names) },
      { text: agencyOf(agencies, due.task.agencyId) },
      { text: capital(dueWords(due.rule, due.standing)) },
      stateCell(due, now),
      end(due),
    ]),
    empty: 'No action yet for these cases.',
  };
}

export const decisionItems = (cases: readonly CaseOnList[], names: MemberNames): TimelineItem[] =>
  cases.flatMap(({ one, called }) =>
    one.decisions.map(({ words, by, at, later }) => ({
      title: `${caseReference(one.personId)}, ${called}${later ? ': correction' : ''}`,
      when: capital(formatHour(at)),
      by: getMemberName(names, by),
      text: words,
    })),
  );

const correctionItems = ({ corrections }: Meeting, names: MemberNames): TimelineItem[] =>
  corrections.map(({ words, by, at }) => ({
    title: 'Correction of the minutes',
    when: capital(formatHour(at)),
    by: getMemberName(names, by),
    text: words,
  }));

/** What is needed while the meeting goes on. The rest stands with the meeting, lower down. */
function actionsOfPage({ meeting, carries }: MeetingFile, rights: MeetingRights): PageAction[] {
  const { id, closedAt } = meeting;
  const adds = closedAt === null && rights.addsCases;
  return [
    ...(adds ? [{ href: meetingPaths.addCase(id), text: 'Put a case on the list' }] : []),
    ...(adds && carries > 0
      ? [{ post: meetingPaths.carryOver(id), text: 'Bring cases from the last meeting', secondary: true }]
      : []),
    ...(closedAt === null && rights.changes
      ? [{ href: meetingPaths.attendance(id), text: 'Record who was present', secondary: true }]
      : []),
    { href: meetingPaths.minutes(id), text: 'Print the minutes', secondary: true },
  ];
}

function linksOfMeeting({ id, closedAt }: Meeting, rights: MeetingRights): Link[] {
  const open = closedAt === null;
  return [
    ...(open && rights.changes ? [{ href: meetingPaths.edit(id), text: 'Change the meeting' }] : []),
    ...(open && rights.chairs ? [{ href: meetingPaths.close(id), text: 'Close the minutes' }] : []),
    ...(!open && rights.changes ? [{ href: meetingPaths.correct(id), text: 'Correct the minutes' }] : []),
    ...(rights.calls ? [{ href: withQuery(meetingPaths.add(), { from: id }), text: 'Call the next meeting' }] : []),
  ];
}

/** Under the table of cases, whose links it names. */
const casesText: Section = {
  kind: 'words',
  lead: [
    colourText,
    'An agency that cannot read a case can speak about it only after a referral, or with the person’s consent. “Refer” and “Consent” lead there.',
  ],
};

export function meetingPage(file: MeetingFile, rights: MeetingRights, now: Date): CasePage {
  const { meeting, cases, names } = file;
  const recorded = [...decisionItems(cases, names), ...correctionItems(meeting, names)];
  return {
    title: `Meeting on ${longDay(meeting.day)}`,
    caption: `${meeting.time}, ${meeting.place}`,
    back: { href: meetingPaths.meetings(), text: 'Meetings' },
    lead: [
      noAccessText,
      'Discuss a case only if the person knows of it, unless asking is not safe. Help never depends on it.',
    ],
    actions: actionsOfPage(file, rights),
    sections: [
      casesSection(file, rights, now),
      ...(cases.length > 0 ? [casesText] : []),
      actionsSection(file, rights, now),
      ...(recorded.length > 0 ? [{ kind: 'timeline' as const, title: 'Decisions', items: recorded }] : []),
      { ...summary(file), title: 'The meeting', links: linksOfMeeting(meeting, rights) },
    ],
  };
}
