/** Pages of a coordinator's weeks: the list, the form, and one week with its reporters. */
import type { Answers, FormErrors } from '../../../platform/forms/forms.ts';
import {
  backTo,
  type FormPage,
  type ListPage,
  type Section,
  type SectionsPage,
} from '../../../platform/rendering/pages.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { dayOf, timeOf } from '../../../vocabulary/calendar/wall-clock.ts';
import { exploitations } from '../../../vocabulary/exploitation.ts';
import { listOf, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { nameOfCountry } from '../countries.ts';
import { maxReporterText } from '../forms.ts';
import type { Judged, ReporterLine, ReporterState } from '../inbox/inbox.ts';
import type { RollUp } from '../inbox/roll-up.ts';
import { levelWords, stateTags } from '../inbox/words.ts';
import type { NamedWeek } from '../store.ts';
import { formatReporterLine } from './reporter-lines.ts';
import { describeDoubled } from './totals-pages.ts';

const columns = (...names: string[]) => names.map((text) => ({ text }));

export const weeksPage = (weeks: readonly NamedWeek[]): ListPage => ({
  title: 'Returns from partnerships',
  lead: ['Partnerships send you signed returns. Safelight checks each one and adds up the week.'],
  actions: [{ href: exchangePaths.addWeek(), text: 'Add a week' }],
  links: [
    { href: exchangePaths.keys(), text: 'Keys of partnerships' },
    { href: exchangePaths.ownKey(), text: 'Your own key' },
  ],
  list: {
    kind: 'table',
    caption: 'Weeks',
    columns: columns('Week', 'Dates', 'Deadline', 'Reporters'),
    rows: weeks.map(({ id, name, startsOn, endsOn, deadline, reporters }) => [
      { text: name, href: exchangePaths.week(id) },
      { text: dayRange(startsOn, endsOn) },
      { text: formatDateTime(deadline) },
      { text: reporters.length },
    ]),
    empty: 'No weeks yet. Add the first, with its dates and the reporters that you expect.',
  },
});

type Sent = { readonly typed: Answers | undefined; readonly errors: FormErrors };

export function weekFormPage(week: NamedWeek | undefined, edition: string, { typed, errors }: Sent): FormPage {
  const asksAboutName = errors.noPerson !== undefined || typed?.noPerson !== undefined;
  return {
    title: week ? 'Change the week' : 'Add a week',
    caption: week?.name,
    ...backTo(week ? exchangePaths.week(week.id) : exchangePaths.weeks(), week ? 'The week' : 'All weeks'),
    fields: (ask) => [
      ask.text('name', 'Name of the week', { value: week?.name }),
      ask.text('nationalOperation', 'National or European operation (optional)', { value: week?.nationalOperation }),
      ask.day('startsOn', 'First day', { value: week?.startsOn }),
      ask.day('endsOn', 'Last day', {
        value: week?.endsOn,
        hint: 'The official dates. A force can work longer: its return counts where its own dates meet these.',
      }),
      ask.day('deadline', 'Day of the deadline', { value: week && dayOf(week.deadline) }),
      ask.time('deadlineTime', 'Time of the deadline', { value: week && timeOf(week.deadline) }),
      ask.text('definitions', 'Editions of definitions that count', {
        value: week?.definitions.join(', ') ?? edition,
        hint: 'Separate several with commas. Returns by other definitions are kept and not counted.',
      }),
      ask.text('area', 'Area (optional)', {
        value: week?.area,
        hint: 'Where the partnerships should work, like Hertfordshire. Their plans start with it.',
      }),
      ask.many('focus', 'Focus (optional)', exploitations, { value: week?.focus }),
      ask.words('tasking', 'Tasking (optional)', {
        value: week?.tasking,
        most: 8_000,
        rows: 6,
        hint: 'Say what the partnerships should do. They get it signed by you. Do not name people, their birthdays or their addresses.',
      }),
      ...(asksAboutName
        ? [
            ask.many('noPerson', 'Names in the tasking', [
              { value: 'yes', text: 'I read the tasking again: it names no person' },
            ]),
          ]
        : []),
      ask.words('reporters', 'Expected reporters', {
        value: week?.reporters.map(formatReporterLine).join('\n'),
        most: maxReporterText,
        rows: 10,
        hint: 'One on each line: country; level; name. The level is force, partnership or country. Like “GB; force; Lea Vale Constabulary”. If a partnership’s return includes a force, add its name at the end of the line of the force.',
      }),
    ],
  };
}

const order: readonly ReporterState[] = [
  'contradictory',
  'not counted',
  'missing',
  'late',
  'waiting',
  'nil',
  'received',
];

/** What needs somebody first. */
export const byUrgency = (a: ReporterLine, b: ReporterLine): number =>
  order.indexOf(a.state) - order.indexOf(b.state) ||
  a.reporter.country.localeCompare(b.reporter.country) ||
  a.reporter.name.localeCompare(b.reporter.name);

export const describeCounted = ({ counted, reporter }: ReporterLine, included: RollUp['included']): string => {
  const parts = counted.map(
    ({ document: { operation, version, stage } }) => `${operation.name}: version ${version}, ${stage}`,
  );
  const within = included.find(
    ({ what }) => what.reporter.name === reporter.name && what.reporter.country === reporter.country,
  );
  return [...parts, ...(within ? [`Included in the return of ${within.within.name}`] : [])].join('. ');
};

export const describeWindow = ({ counted }: ReporterLine): string =>
  counted.map(({ document: { week } }) => dayRange(week.localWindow.from, week.localWindow.until)).join('; ');

export const nameReporter = ({ reporter, expected }: ReporterLine): string =>
  `${reporter.name}, ${nameOfCountry(reporter.country)}${expected ? '' : ' (not expected)'}`;

/** The name of a force and that of its partnership can be one: the coordinator reads which of them sent the return. */
export function describeLevel({ reporter, counted }: ReporterLine): string {
  const sent = new Set(counted.map(({ document }) => document.reporter.level));
  sent.delete(reporter.level);
  const others = [...sent].map((level) => levelWords[level]);
  const expected = levelWords[reporter.level];
  return others.length > 0 ? `${expected} expected, ${listOf(others)} in the return: ask which is right` : expected;
}

const reportersTable = ({ lines }: Judged, { included }: RollUp): Section => ({
  kind: 'table',
  caption: 'Reporters',
  stack: true,
  columns: columns('Reporter', 'State', 'Level', 'What counts', 'Own dates'),
  rows: [...lines]
    .sort(byUrgency)
    .map((line) => [
      { text: nameReporter(line) },
      stateTags[line.state],
      { text: describeLevel(line) },
      { text: describeCounted(line, included) || 'Nothing yet' },
      { text: describeWindow(line) },
    ]),
  empty: 'No reporters yet. Change the week to add the reporters that you expect.',
});

export const countStates = (lines: readonly ReporterLine[]) =>
  order
    .map((state) => ({ state, many: lines.filter((line) => line.state === state).length }))
    .filter(({ many }) => many > 0)
    .map(({ state, many }) => ({ label: stateTags[state].text, value: many }));

export type WeekView = {
  readonly week: NamedWeek;
  readonly judged: Judged;
  readonly rolled: RollUp;
  readonly documents: number;
  /** Documents that fail a check. */
  readonly faulty: number;
  readonly openPairs: number;
  /** The whole address for programs. */
  readonly sendTo: string;
};

export const weekPage = ({ week, judged, rolled, documents, faulty, openPairs, sendTo }: WeekView): SectionsPage => ({
  title: week.name,
  caption: week.nationalOperation ?? 'Returns from partnerships',
  back: { href: exchangePaths.weeks(), text: 'All weeks' },
  lead: [
    `${dayRange(week.startsOn, week.endsOn)}. The deadline is ${formatDateTime(week.deadline)}.`,
    ...describeDoubled(rolled.added),
  ],
  actions: [
    { href: exchangePaths.upload(week.id), text: 'Add returns' },
    { href: exchangePaths.totals(week.id), text: 'Totals of the week', secondary: true },
    { href: exchangePaths.changeWeek(week.id), text: 'Change the week', secondary: true },
    { href: exchangePaths.export(week.id), text: 'Export the week', secondary: true },
  ],
  sections: [
    { kind: 'figures', title: 'Where it stands', items: countStates(judged.lines) },
    {
      kind: 'list',
      items: [
        {
          href: exchangePaths.documents(week.id),
          text: `Every document: ${documents}, of which ${faulty} ${plural(faulty, 'fails', 'fail')} a check`,
        },
        {
          href: exchangePaths.joint(week.id),
          text: `Joint visits: ${openPairs} likely ${plural(openPairs, 'pair', 'pairs')} to decide`,
        },
        { href: exchangePaths.map(week.id), text: 'Maps of the week' },
        { href: exchangePaths.tasking(week.id), text: 'Download the tasking for partnerships, signed by you (JSON)' },
      ],
    },
    reportersTable(judged, rolled),
    {
      kind: 'words',
      title: 'Sending by a program',
      lead: [
        'A partnership’s program can send its signed return to this address by HTTPS. It needs no account: the signature is checked. The tasking names the address too.',
        sendTo,
      ],
    },
  ],
});
