/** The page of a week's breakdowns: each part added over all returns, with what was rounded and what does not add up. */
import type { Section, SectionsPage, StateItem } from '../../../platform/rendering/pages.ts';
import { type Breakdown, breakdowns } from '../../../vocabulary/figures.ts';
import { capital, listOf, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { formatPart } from '../../figure-words.ts';
import type { AddedBreakdown, Range, WrongChild } from '../inbox/breakdowns.ts';
import { wordFigure } from '../inbox/words.ts';
import type { NamedWeek } from '../store.ts';

const number = (value: number): string => value.toLocaleString('en-GB');

/** “not known”, “7”, “at least 7”, “about 7”, “between 1 and 33 (about 15 as sent)”. */
export function formatRange({ least, most, about }: Range): string {
  if (most === null) return least === 0 ? 'not known' : `at least ${number(least)}`;
  if (least === most) return about === null ? number(least) : `about ${number(least)}`;
  const range = `between ${number(least)} and ${number(most)}`;
  return about === null ? range : `${range} (about ${number(about)} as sent)`;
}

const nameBreakdown = (breakdown: Breakdown): string => `by ${listOf(breakdowns[breakdown])}`;
export const titleOf = ({ indicator, breakdown }: Pick<AddedBreakdown, 'indicator' | 'breakdown'>): string =>
  `${wordFigure(indicator)}, ${nameBreakdown(breakdown)}`;

/** Of a week of many countries the largest towns are enough for a page. */
export const mostParts = 60;

/** What must be known before its sums are read. */
export function describeBreakdown({ parts, given, asked, isProtected }: AddedBreakdown): string[] {
  const rest = parts.length - mostParts;
  return [
    `${given} of ${asked} ${plural(asked, 'return')} with this figure ${plural(given, 'gives', 'give')} this breakdown.`,
    ...(isProtected ? ['Each return rounded these numbers, so a sum is a range.'] : []),
    ...(rest > 0 ? [`${number(rest)} smaller parts are not shown.`] : []),
  ];
}

function tableOf(one: AddedBreakdown): Section[] {
  const { parts, breakdown } = one;
  return [
    {
      kind: 'words',
      title: titleOf(one),
      lead: describeBreakdown(one),
    },
    {
      kind: 'table',
      caption: titleOf(one),
      captionClasses: 'govuk-visually-hidden',
      columns: [{ text: capital(listOf(breakdowns[breakdown])) }, { text: 'Total', numeric: true }],
      rows: parts
        .slice(0, mostParts)
        .map(({ of, sum }) => [{ text: formatPart(breakdown, of) }, { text: formatRange(sum) }]),
    },
  ];
}

export type BreakdownsView = {
  readonly week: NamedWeek;
  readonly added: readonly AddedBreakdown[];
  readonly wrongChildren: readonly WrongChild[];
};

/** Which parts and totals do not agree. */
export const listFaults = ({
  added,
  wrongChildren,
}: Pick<BreakdownsView, 'added' | 'wrongChildren'>): (StateItem & { readonly title: string })[] => [
  ...added
    .filter(({ isWrong }) => isWrong)
    .map((one) => ({
      kind: 'unwise' as const,
      title: titleOf(one),
      text: 'The parts do not add up to the total of the week. Ask the reporters for new versions.',
    })),
  ...wrongChildren.map(({ child, parent }) => ({
    kind: 'unwise' as const,
    title: wordFigure(child),
    text: `This is more than “${wordFigure(parent)}”, which it is a part of. Ask the reporters for new versions.`,
  })),
];

export const allAgree = 'Parts and totals agree, and no figure is more than the one that it is a part of.';

export function breakdownsPage(view: BreakdownsView): SectionsPage {
  const { week, added } = view;
  const found = listFaults(view);
  return {
    title: 'Breakdowns of the week',
    caption: week.name,
    back: { href: exchangePaths.totals(week.id), text: 'Totals of the week' },
    lead: [
      'Each part is the sum of all returns that count. A return that is included in another is not added again.',
      'A sum is “between” two numbers where returns may count the same twice, and “about” where one is rounded. A joint visit counts once.',
    ],
    sections: [
      {
        kind: 'states',
        title: 'Do the parts and the totals agree?',
        items:
          found.length > 0
            ? found
            : [
                {
                  kind: 'good',
                  text: allAgree,
                },
              ],
      },
      ...added.flatMap(tableOf),
      ...(added.length === 0 ? [{ kind: 'words' as const, lead: ['No return that counts has a breakdown yet.'] }] : []),
    ],
  };
}
