/** What a page says of the parts of a week: each with its own dates, and the reporters that are late or missing. */
import type { Section } from '../../../platform/rendering/pages.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import type { ReporterLine, ReporterState } from '../inbox/inbox.ts';
import type { ReadWeek, WeekPart } from '../inbox/reading-week.ts';
import type { Totals } from '../inbox/roll-up.ts';
import { nameReturn, nameWindow } from './names.ts';

type Parted = Pick<ReadWeek, 'parts' | 'alone' | 'contradicted'>;

const mostNames = 5;
const some = (names: readonly string[], separator: string): string => {
  const more = names.length - mostNames;
  return [...names.slice(0, mostNames), ...(more > 0 ? [`${more} more`] : [])].join(separator);
};

/** Its own dates as returns that count say them. */
export const describeWindows = ({ rolled }: Pick<WeekPart, 'rolled'>): string =>
  some([...rolled.byWindow.keys()].map(nameWindow), '; ') || 'No return counts yet';

const inState = (lines: readonly ReporterLine[], ...states: readonly ReporterState[]): string =>
  some(
    lines.filter(({ state }) => states.includes(state)).map(({ reporter }) => reporter.name),
    ', ',
  ) || 'None';

export const partColumns = [
  ...['Dates', 'Own dates of its returns', 'Deadline', 'Reporters with a return that counts'],
  ...['Late', 'Missing', 'Not counted'],
] as const;

/** In the order of the columns. */
export function describePart({ week, judged, rolled }: WeekPart): readonly string[] {
  const expected = judged.lines.filter((line) => line.expected);
  const having = expected.filter(({ counted }) => counted.length > 0).length;
  return [
    dayRange(week.startsOn, week.endsOn),
    describeWindows({ rolled }),
    formatDateTime(week.deadline),
    `${having} of ${expected.length}`,
    inState(judged.lines, 'late'),
    inState(judged.lines, 'missing'),
    inState(judged.lines, 'contradictory', 'not counted', 'key not registered'),
  ];
}

/** On the page of the larger week; nothing where it has no parts. */
export const partsSections = ({ parts, contradicted }: Pick<Parted, 'parts' | 'contradicted'>): Section[] =>
  parts.length === 0
    ? []
    : [
        ...contradictionSection(contradicted),
        {
          kind: 'table',
          caption: 'Parts of the week',
          stack: true,
          columns: ['Part', ...partColumns].map((text) => ({ text })),
          rows: parts.map((part) => [
            { text: part.week.name, href: exchangePaths.week(part.week.id) },
            ...describePart(part).map((text) => ({ text })),
          ]),
        },
      ];

const contradictionSection = (contradicted: Parted['contradicted']): Section[] =>
  contradicted.length === 0
    ? []
    : [
        {
          kind: 'states',
          items: [
            {
              kind: 'unwise',
              title: 'Returns that two parts do not agree on',
              text: `${some(contradicted.map(nameReturn), '; ')}. ${plural(contradicted.length, 'It came', 'They came')} to two weeks and ${plural(contradicted.length, 'says', 'say')} different things, or came from two reporters. The total leaves ${plural(contradicted.length, 'it', 'them')} out. Ask the partnership for a new version.`,
            },
          ],
        },
      ];

export const ownReturns = 'Returns to the week itself';
/** The totals of each part as its own page adds them, and of returns to the week itself. */
export const totalsByPart = ({ parts, alone }: Pick<Parted, 'parts' | 'alone'>): ReadonlyMap<string, Totals> =>
  new Map([
    ...(alone && alone.added.length > 0 ? [[ownReturns, alone.totals] as const] : []),
    ...parts.map(
      ({ week, rolled }) => [`${week.name}, ${dayRange(week.startsOn, week.endsOn)}`, rolled.totals] as const,
    ),
  ]);

/** Why the parts can be more than the whole. */
export const partsNote =
  'Each part as its own page adds it. In the total of the week, a return that came to two weeks and a joint visit of two parts count once.';
