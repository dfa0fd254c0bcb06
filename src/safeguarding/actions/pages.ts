/** Pages of actions: what to do, by when, who has it. Calm in tone, and nothing in red. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FigureItem, Link, Section, SectionsPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatDeadline, formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord } from '../../vocabulary/languages/english.ts';
import { actionPaths, deadlinePaths, handoverPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import type { CaseFrame } from '../case/frame.ts';
import type { Meaning } from '../deadlines/catalogue.ts';
import type { ClockState } from '../deadlines/clock.ts';
import { clockStatusWords, dueWords, tagWords } from '../deadlines/words.ts';
import type { Arrivals, Task } from './action.ts';
import {
  type ComparisonResult,
  type DueTask,
  type Group,
  groupOf,
  groups,
  sortByDueDate,
  type TaskRule,
} from './due.ts';

export const comparisonText: Readonly<Record<ComparisonResult, string>> = {
  'as listed': 'it gives the same hours',
  'other hours': 'it gives other hours',
  'not found': 'could not be found',
};

/** Names of people, by the ids of their records. */
export type PersonNames = ReadonlyMap<string, string>;
const personNameOf = (called: PersonNames, id: string): string => called.get(id) ?? 'a person';

const tagColours: Record<Meaning, Record<ClockState, string>> = {
  'to be done by': { running: 'blue', 'due soon': 'yellow', overdue: 'orange', stopped: 'grey' },
  'possible until': { running: 'turquoise', 'due soon': 'yellow', overdue: 'grey', stopped: 'grey' },
  'lasts at least until': { running: 'blue', 'due soon': 'yellow', overdue: 'grey', stopped: 'grey' },
};
const tagOf = ({ rule, standing }: DueTask) => ({
  text: tagWords[rule.means][standing.state],
  tag: tagColours[rule.means][standing.state],
});

const groupTitles: Record<Group, string> = {
  'can still be done': 'Do now, while it is possible',
  overdue: 'Overdue',
  'due soon': 'Due soon',
  later: 'Later',
  'has passed': 'Time limits that have passed: ask anyway, other help is open',
};

type TaskListContext = { readonly called: PersonNames; readonly names: MemberNames; readonly memberId: string };
const holderOf = ({ takenBy, handoverId }: Task, { names, memberId }: TaskListContext): string => {
  if (takenBy === memberId) return 'you';
  if (takenBy) return getMemberName(names, takenBy);
  return handoverId ? 'handed over: nobody has taken it on yet' : 'No owner yet';
};

const tableOf = (caption: string, all: readonly DueTask[], listed: TaskListContext): Section => ({
  kind: 'table',
  caption,
  stack: true,
  columns: ['Information', 'Person', 'When', 'State', 'Owner'].map((text) => ({ text })),
  rows: sortByDueDate(all).map((due) => [
    { text: due.task.what, href: actionPaths.action(due.task.id) },
    { text: personNameOf(listed.called, due.task.personId), href: actionPaths.ofPerson(due.task.personId) },
    { text: dueWords(due.rule, due.standing) },
    tagOf(due),
    { text: holderOf(due.task, listed) },
  ]),
});

const tables = (all: readonly DueTask[], listed: TaskListContext): Section[] =>
  groups.flatMap((group) => {
    const of = all.filter((due) => groupOf(due) === group);
    return of.length > 0 ? [tableOf(groupTitles[group], of, listed)] : [];
  });

export function tasksPage(
  shown: readonly DueTask[],
  listed: TaskListContext,
  {
    mine,
    hands,
    meets,
    of,
  }: { readonly mine: boolean; readonly hands: boolean; readonly meets: boolean; readonly of: number },
): SectionsPage {
  const empty = mine ? 'You have no open actions.' : 'There are no open actions.';
  return {
    title: mine ? 'Your actions' : 'Actions',
    lead: [
      'Actions that your agency must take for people whose records you can see.',
      ...(of > shown.length
        ? [`The ${shown.length} that are due first are shown, of ${of}. Finish some, and the others come.`]
        : []),
    ],
    actions: [
      mine
        ? { href: actionPaths.actions(), text: 'Actions of your agency', secondary: true }
        : { href: withQuery(actionPaths.actions(), { mine: 'yes' }), text: 'My actions', secondary: true },
      ...(hands ? [{ href: handoverPaths.handovers(), text: 'Handovers', secondary: true }] : []),
      ...(meets ? [{ href: meetingPaths.meetings(), text: 'Meetings', secondary: true }] : []),
    ],
    sections: [
      ...tables(shown, listed),
      ...(shown.length === 0 ? [{ kind: 'states' as const, items: [{ kind: 'empty' as const, text: empty }] }] : []),
      {
        kind: 'list',
        title: 'More',
        items: [
          { text: 'Did the help arrive?', href: actionPaths.arrived() },
          { text: 'Health deadlines', href: deadlinePaths.deadlines() },
        ],
      },
    ],
  };
}

export function personTasksPage(
  person: { readonly id: string; readonly called: string },
  all: readonly DueTask[],
  { frame, names, memberId }: Omit<TaskListContext, 'called'> & { readonly frame: CaseFrame },
  adds: boolean,
): SectionsPage {
  const listed = { names, memberId, called: new Map([[person.id, person.called]]) };
  const open = all.filter(({ task }) => !task.doneAt);
  const done = all.filter(({ task }) => task.doneAt);
  return {
    ...frame,
    title: 'Actions',
    back: { href: recordPaths.record(person.id), text: 'Overview' },
    lead: [
      'Actions of your agency. Other agencies cannot see them.',
      'Exception: agencies that take part in a meeting see its actions, if they can read the case.',
    ],
    actions: adds
      ? [
          { href: actionPaths.add(person.id), text: 'Add an action' },
          { href: actionPaths.addOffered(person.id), text: 'Add a check that help arrived', secondary: true },
          { href: actionPaths.addHealth(person.id), text: 'Start health clocks', secondary: true },
        ]
      : [],
    sections: [
      ...tables(open, listed),
      ...(open.length === 0
        ? [
            {
              kind: 'states' as const,
              items: [{ kind: 'empty' as const, text: 'No open actions. Choose “Add an action” to add one.' }],
            },
          ]
        : []),
      ...(done.length > 0
        ? [
            {
              kind: 'table' as const,
              caption: 'Ended',
              stack: true,
              columns: ['Information', 'How it ended', 'By'].map((text) => ({ text })),
              rows: done.map(({ task }) => [
                { text: task.what, href: actionPaths.action(task.id) },
                { text: capital(task.ending ?? '') },
                { text: getMemberName(names, task.doneBy) },
              ]),
            },
          ]
        : []),
    ],
  };
}

const row = (key: string, text: string): SummaryRow => ({ key: { text: key }, value: { text } });

/** Also gives days, so that a worker on a visit need not divide by 24. */
export function formatTerm({ term }: Pick<TaskRule, 'term'>): string {
  if (term.counts !== 'elapsed minutes') return 'days of the calendar';
  const hours = term.minutes / 60;
  const days = hours / 24;
  return `${hours} hours${Number.isInteger(days) && days > 1 ? ` (${countWord(days)} days)` : ''}`;
}

/** What is uncertain about a clock, shown wherever the clock is. */
export const checkItems = ({
  check,
  dateChecked,
  reading,
  sources,
  ours,
}: TaskRule): (Link | { readonly text: string })[] => [
  ...check.map((text) => ({ text })),
  ...(reading
    ? [
        {
          text: `A nurse of yours compared it on ${longDay(reading.readOn)}: ${comparisonText[reading.says]}${reading.hours === null ? '' : ` (${reading.hours} hours)`}. Read in: ${reading.source}`,
        },
      ]
    : dateChecked
      ? [
          {
            text: `Added here on ${longDay(dateChecked)}. No nurse of your agency has compared it since`,
          },
        ]
      : []),
  ...(ours && check.length === 0
    ? [{ text: 'Your agency set this time limit. No law or guideline requires it.' }]
    : []),
  ...sources.map(({ title, url }) => ({ text: title, href: url })),
];

export type ShownTask = {
  readonly due: DueTask;
  readonly called: string;
  /** The agency that acts. */
  readonly agency: string;
  readonly names: MemberNames;
  readonly changes: boolean;
};

export function taskPage({ due, called, agency, names, changes }: ShownTask, now: Date): SectionsPage {
  const { task, rule, standing } = due;
  const span =
    task.earliest.getTime() === task.latest.getTime()
      ? formatDeadline(task.earliest)
      : `not sure: from ${formatDeadline(task.earliest)} to ${formatDeadline(task.latest)}`;
  return {
    title: task.what,
    caption: rule.name === task.what ? undefined : capital(rule.name),
    back: { href: actionPaths.ofPerson(task.personId), text: `Actions for ${called}` },
    actions:
      changes && !task.doneAt
        ? [
            { post: actionPaths.take(task.id), text: task.takenBy ? 'Take it over' : 'Take it' },
            { href: actionPaths.finish(task.id), text: 'It has ended', secondary: true },
          ]
        : [],
    sections: [
      {
        kind: 'states',
        title: 'Status',
        items: [
          {
            kind: standing.state === 'stopped' ? 'good' : 'waiting',
            title: tagWords[rule.means][standing.state],
            text: clockStatusWords(rule, standing, now),
          },
        ],
      },
      {
        kind: 'summary',
        rows: [
          row('For', called),
          row('Time runs from', span),
          ...(rule.term.counts === 'elapsed minutes' ? [] : [row('Bank holidays of', task.nation)]),
          row('Agency', agency),
          row('Owner', task.takenBy ? getMemberName(names, task.takenBy) : 'No owner yet'),
          row('Added', `by ${getMemberName(names, task.authorId)}, ${formatHour(task.addedAt)}`),
          ...(task.doneAt
            ? [
                row('How it ended', capital(task.ending ?? '')),
                row('Answer', task.endedWith ?? 'Nothing recorded'),
                row('Ended', `by ${getMemberName(names, task.doneBy)}, ${formatHour(task.doneAt)}`),
              ]
            : []),
        ],
      },
      { kind: 'list', title: 'Points to check', items: checkItems(rule) },
      ...(task.meetingId
        ? [
            {
              kind: 'list' as const,
              title: 'Agreed at a meeting',
              items: [{ text: 'The meeting', href: meetingPaths.meeting(task.meetingId) }],
            },
          ]
        : []),
      ...(task.handoverId
        ? [
            {
              kind: 'list' as const,
              title: 'Handed over',
              items: [{ text: 'The handover', href: handoverPaths.handover(task.handoverId) }],
            },
          ]
        : []),
    ],
  };
}

const figure = (label: string, value: number, note?: string): FigureItem => ({
  label,
  value: String(value),
  ...(note && { note }),
});

export const arrivedPage = (counted: Arrivals): SectionsPage => ({
  title: 'Did the help arrive?',
  back: { href: actionPaths.actions(), text: 'Actions' },
  lead: [
    'A colleague asks each person whether the help arrived, 28 and 90 days after the help was offered. These figures count the answers to each question. The figures include only people whose records you can see.',
  ],
  sections: [
    {
      kind: 'figures',
      items: [
        figure('Questions due so far', counted.due),
        figure('Answered', counted.asked),
        figure('It arrived', counted.arrived),
        figure('Part of it arrived', counted.partly),
        figure('It did not arrive', counted.notArrived),
        figure('The person did not want it', counted.notWanted),
        figure('Not safe to ask, or not reached', counted.notAnswered),
        figure('Not asked', counted.notAsked, 'Not counted as helped'),
      ],
    },
  ],
});
