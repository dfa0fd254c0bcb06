/** Pages of handovers between shifts, their acknowledgement, and the sources that nurses compared the health clocks with. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital, countWord, listOf } from '../../vocabulary/languages/english.ts';
import { actionPaths, deadlinePaths, handoverPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { comparisonResults, type DueTask, type TaskRule } from '../actions/due.ts';
import { notHealth } from '../actions/form-pages.ts';
import { checkItems, comparisonText, formatTerm, type PersonNames } from '../actions/pages.ts';
import { dueWords } from '../deadlines/words.ts';
import type { Handover, HandoverReceipt, ListedHandover } from './store.ts';

const readersOf = (id: string, heard: readonly HandoverReceipt[], names: MemberNames): string => {
  const readers = heard
    .filter(({ handoverId }) => handoverId === id)
    .map(({ memberId }) => getMemberName(names, memberId));
  return readers.length > 0 ? listOf(readers) : 'No owner yet';
};

export const handoversPage = (
  all: readonly ListedHandover[],
  heard: readonly HandoverReceipt[],
  names: MemberNames,
  { memberId, makes }: { readonly memberId: string; readonly makes: boolean },
): SectionsPage => ({
  title: 'Handovers',
  back: { href: actionPaths.actions(), text: 'Actions' },
  lead: [
    'Handovers of your agency from the last 14 days. Each member confirms under their own name that they have read a handover.',
  ],
  actions: makes ? [{ href: handoverPaths.add(), text: 'Hand over' }] : [],
  sections: [
    {
      kind: 'table',
      caption: 'The latest first',
      stack: true,
      columns: ['From', 'When', 'You', 'Read by'].map((text) => ({ text })),
      rows: all.map(({ id, authorId, madeAt }) => [
        { text: getMemberName(names, authorId), href: handoverPaths.handover(id) },
        { text: capital(formatHour(madeAt)) },
        authorId === memberId
          ? { text: 'Wrote it', tag: 'grey' }
          : heard.some((one) => one.handoverId === id && one.memberId === memberId)
            ? { text: 'Read', tag: 'green' }
            : { text: 'Not read yet', tag: 'yellow' },
        { text: readersOf(id, heard, names) },
      ]),
      empty: 'There were no handovers in this period.',
    },
  ],
});

/** A recorded name of somebody whose actions are handed over, typed although the page asks to leave names out. */
export function findNameError(words: string, called: PersonNames): FormErrors | undefined {
  const found = [...called.values()].find(
    (name) =>
      name.length > 2 &&
      new RegExp(`(?<![\\p{L}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'iu').test(words),
  );
  return found
    ? { words: `“${found}” is the recorded name of a person. Take it out, or tick below that the next shift needs it` }
    : undefined;
}

export const handoverFormPage = (
  own: readonly DueTask[],
  called: PersonNames,
  id: string,
  errors: FormErrors = {},
): FormPage => ({
  title: 'Hand over to the next shift',
  action: handoverPaths.add(),
  cancel: handoverPaths.handovers(),
  lead: [
    'Only support workers of your agency can read this handover. Write anything that is not already in the records.',
  ],
  fields: (ask) => [
    ask.words('words', 'Notes for the next shift', {
      hint: 'Leave out names. For example: who is waiting, promises, risks tonight',
      most: 4_000,
      rows: 6,
    }),
    ...(errors.words?.includes('recorded name')
      ? [ask.many('named', 'The name', [{ value: 'yes', text: 'The next shift needs this name' }])]
      : []),
    ...(own.length > 0
      ? [
          ask.many(
            'tasks',
            'Actions you hand over',
            own.map(({ task, rule, standing }) => ({
              value: task.id,
              text: `${task.what}, for ${called.get(task.personId) ?? 'a person'}`,
              hint: { text: `${task.takenBy ? '' : 'No owner yet. '}${dueWords(rule, standing)}` },
            })),
            { hint: 'Your own, and those without an owner. They have no owner until a colleague takes them on' },
          ),
        ]
      : [ask.heading('tasks', '', 'You have no open actions to hand over.')]),
    ask.formId(id),
  ],
  button: 'Hand over',
});

export type ShownHandover = {
  readonly handover: Handover;
  readonly heard: readonly HandoverReceipt[];
  readonly tasks: readonly DueTask[];
  readonly called: PersonNames;
  readonly names: MemberNames;
  /** Whether the reader may print it. */
  readonly prints: boolean;
  readonly memberId: string;
};

export function handoverPage({ handover, heard, tasks, called, names, prints, memberId }: ShownHandover): CasePage {
  const read = heard.some((one) => one.memberId === memberId);
  const left = tasks.filter(({ task }) => !task.doneAt && !task.takenBy).length;
  return {
    title: `Handover of ${getMemberName(names, handover.authorId)}`,
    caption: capital(formatHour(handover.madeAt)),
    back: { href: handoverPaths.handovers(), text: 'Handovers' },
    actions: [
      ...(read || handover.authorId === memberId
        ? []
        : [{ post: handoverPaths.acknowledge(handover.id), text: 'I have read this' }]),
      ...(prints ? [{ href: handoverPaths.paper(handover.id), text: 'Print the handover', secondary: true }] : []),
    ],
    sections: [
      {
        kind: 'words',
        title: 'Notes for the next shift',
        lead: handover.words.split(/\r?\n/).filter((line) => line.trim() !== ''),
      },
      {
        kind: 'table',
        caption: left > 0 ? `Handed over: ${countWord(left)} not taken on yet` : 'Handed over',
        stack: true,
        columns: ['Information', 'Person', 'When', 'Owner'].map((text) => ({ text })),
        rows: tasks.map(({ task, rule, standing }) => [
          { text: task.what, href: actionPaths.action(task.id) },
          { text: called.get(task.personId) ?? 'a person' },
          { text: dueWords(rule, standing) },
          { text: task.doneAt ? 'ended' : task.takenBy ? getMemberName(names, task.takenBy) : 'No owner yet' },
        ]),
        empty: 'No task was handed on with this.',
      },
      {
        kind: 'list',
        title: 'Read by',
        items:
          heard.length > 0
            ? heard.map(({ memberId: id, readAt }) => ({ text: `${getMemberName(names, id)}, ${formatHour(readAt)}` }))
            : [{ text: 'No one has confirmed it yet' }],
      },
    ],
  };
}

/** Every time limit shows who compared it, or that nobody has. Readers then know how far to rely on it. */
export const clocksPage = (rules: readonly TaskRule[], compares: boolean): SectionsPage => ({
  title: 'Health deadlines',
  back: { href: actionPaths.actions(), text: 'Actions' },
  lead: [
    'These times show how long after an exposure or assault a person can still ask for treatment or samples. A nurse keeps these times up to date. They are not advice. When the time for a treatment or sample has passed, the person can still get other help.',
    'Safelight does not check these times. A nurse of your agency compares them with the current guideline and records the comparison here.',
  ],
  actions: compares ? [{ href: deadlinePaths.compare(), text: 'Record a comparison' }] : [],
  sections: rules.map((rule) => ({
    kind: 'list',
    title: `${rule.name}: ${formatTerm(rule)}`,
    items: checkItems(rule),
  })),
});

export type ComparisonStart = {
  readonly rules: readonly TaskRule[];
  readonly id: string;
  readonly today: string;
  /** The clock that a link chose. */
  readonly clock?: string | undefined;
  /** Whether this is a health agency, which alone compares them. */
  readonly nurse: boolean;
};

export const comparePage = ({ rules, id, today, clock, nurse }: ComparisonStart): FormPage => ({
  title: 'Compare a deadline with its guideline',
  ...backTo(deadlinePaths.deadlines(), 'Health deadlines'),
  action: deadlinePaths.compare(),
  lead: [
    'This form is for a nurse. Have the professional guideline in front of you when you answer. Your answer applies if your agency starts the time limit on or after the date below. This includes time limits that have already started.',
  ],
  ...(!nurse && { closed: true, warning: notHealth }),
  fields: (ask) => [
    ask.choose(
      'clock',
      'Which clock',
      rules.map((rule) => ({ value: rule.id, text: `${rule.name}, here ${formatTerm(rule)}` })),
      { value: clock },
    ),
    ask.one('says', 'The guideline', optionsOf(comparisonResults, comparisonText)),
    ask.count('hours', 'Hours', { hint: 'Only if the guideline gives other hours' }),
    ask.text('source', 'Your reading', { hint: 'Title, edition, page' }),
    ask.day('validFrom', 'In force from', { value: today, hint: `Today is ${longDay(today)}` }),
    ask.formId(id),
  ],
  button: 'Save what I read',
});
