/** Pages of a coordinator's weeks: the list, and one week with its reporters and parts. */
import type { ListPage, Section, SectionsPage } from '../../../platform/rendering/pages.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { counted, listOf, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { returnPaths } from '../../../vocabulary/paths/returns.ts';
import { nameOfCountry } from '../countries.ts';
import type { Judged, ReporterLine, ReporterState } from '../inbox/inbox.ts';
import type { NewerReturn, ReadWeek } from '../inbox/reading-week.ts';
import type { RollUp } from '../inbox/roll-up.ts';
import { levelWords, stateTags } from '../inbox/words.ts';
import type { NamedWeek } from '../store.ts';
import { partsSections } from './parts-pages.ts';
import { describeDoubled } from './totals-pages.ts';

const columns = (...names: string[]) => names.map((text) => ({ text }));

const hasParts = (weeks: readonly NamedWeek[]): boolean => weeks.some(({ parentId }) => parentId !== null);

export const weeksPage = (weeks: readonly NamedWeek[], signedHere: number): ListPage => ({
  title: 'Returns from partnerships',
  lead: ['Partnerships send you signed returns. Safelight checks each one and adds up the week.'],
  actions: [{ href: exchangePaths.addWeek(), text: 'Add a week' }],
  links: [
    { href: exchangePaths.keys(), text: 'Keys of partnerships' },
    { href: exchangePaths.ownKey(), text: 'Your own key' },
    ...(signedHere > 0
      ? [
          {
            href: returnPaths.list(),
            text: `${counted(signedHere, 'signed return')} of operations that your agency takes part in`,
          },
        ]
      : []),
  ],
  list: {
    kind: 'table',
    caption: 'Weeks',
    columns: columns('Week', ...(hasParts(weeks) ? ['Part of'] : []), 'Dates', 'Deadline', 'Reporters'),
    rows: weeks.map(({ id, parentId, name, startsOn, endsOn, deadline, reporters }) => [
      { text: name, href: exchangePaths.week(id) },
      ...(hasParts(weeks) ? [{ text: weeks.find((one) => one.id === parentId)?.name ?? '' }] : []),
      { text: dayRange(startsOn, endsOn) },
      { text: formatDateTime(deadline) },
      { text: reporters.length },
    ]),
    empty: 'No weeks yet. Add the first, with its dates and the reporters that you expect.',
  },
});

const order: readonly ReporterState[] = [
  'contradictory',
  'not counted',
  'key not registered',
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

export const describeCounted = ({ counted, reporter, inPart }: ReporterLine, included: RollUp['included']): string => {
  const parts = counted.map(
    ({ document: { operation, version, stage } }) => `${operation.name}: version ${version}, ${stage}`,
  );
  const within = included.find(
    ({ what }) => what.reporter.name === reporter.name && what.reporter.country === reporter.country,
  );
  return [
    ...parts,
    ...(inPart === undefined ? [] : [`In ${inPart}`]),
    ...(within ? [`Included in the return of ${within.within.name}`] : []),
  ].join('. ');
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
  id: 'reporters',
  kind: 'table',
  caption: 'Reporters',
  stack: true,
  columns: columns('Reporter', 'State', 'Level', 'What counts', 'Own dates'),
  rows: [...lines].sort(byUrgency).map((line) => [
    { text: nameReporter(line) },
    stateTags[line.state],
    { text: describeLevel(line) },
    line.unregistered === undefined
      ? { text: describeCounted(line, included) || 'Nothing yet' }
      : {
          text: 'A return came in this name. Register its key, so that it counts',
          href: exchangePaths.document(line.unregistered),
        },
    { text: describeWindow(line) },
  ]),
  empty: 'No reporters yet. Change the week to add the reporters that you expect.',
});

export const countStates = (lines: readonly ReporterLine[]) =>
  order
    .map((state) => ({ state, many: lines.filter((line) => line.state === state).length }))
    .filter(({ many }) => many > 0)
    .map(({ state, many }) => ({ label: stateTags[state].text, value: many }));

export type WeekView = Pick<
  ReadWeek,
  'week' | 'parent' | 'judged' | 'newer' | 'alone' | 'rolled' | 'parts' | 'contradicted'
> & {
  readonly documents: number;
  /** Documents that fail a check. */
  readonly faulty: number;
  readonly openPairs: number;
  /** The whole address for programs. */
  readonly sendTo: string;
};

const describeNewer = ({ came: { document }, to }: NewerReturn): string[] =>
  document
    ? [
        `Version ${document.version} of ${document.operation.name} by ${document.reporter.name} came to ${to.name}. It is newer than the version here, and counts here too.`,
      ]
    : [];

export const weekPage = ({
  week,
  parent,
  judged,
  rolled,
  alone,
  parts,
  contradicted,
  newer,
  documents,
  faulty,
  openPairs,
  sendTo,
}: WeekView): SectionsPage => ({
  title: week.name,
  caption: week.nationalOperation ?? 'Returns from partnerships',
  back: { href: exchangePaths.weeks(), text: 'All weeks' },
  lead: [
    `${dayRange(week.startsOn, week.endsOn)}. The deadline is ${formatDateTime(week.deadline)}.`,
    ...describeDoubled(rolled.added),
    ...newer.flatMap(describeNewer),
  ],
  actions: [
    { href: exchangePaths.upload(week.id), text: 'Add returns' },
    { href: exchangePaths.totals(week.id), text: 'Totals of the week', secondary: true },
    { href: exchangePaths.changeWeek(week.id), text: 'Change the week', secondary: true },
    { href: exchangePaths.export(week.id), text: 'Export the week', secondary: true },
  ],
  sections: [
    ...(parts.length > 0 && judged.lines.length === 0
      ? []
      : [{ kind: 'figures' as const, title: 'Where it stands', items: countStates(judged.lines) }]),
    {
      kind: 'list',
      items: [
        ...(parent ? [{ href: exchangePaths.week(parent.id), text: `Part of: ${parent.name}` }] : []),
        {
          href: exchangePaths.documents(week.id),
          text: `Every document: ${documents}${faulty > 0 ? `, of which ${faulty} ${plural(faulty, 'needs', 'need')} attention` : ''}`,
        },
        {
          href: exchangePaths.joint(week.id),
          text: `Joint visits: ${openPairs} likely ${plural(openPairs, 'pair', 'pairs')} to decide`,
        },
        { href: exchangePaths.map(week.id), text: 'Maps of the week' },
        { href: exchangePaths.tasking(week.id), text: 'Download the tasking for partnerships, signed by you (JSON)' },
      ],
    },
    ...partsSections({ parts, contradicted }),
    reportersTable(judged, alone ?? rolled),
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
