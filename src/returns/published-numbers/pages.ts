/** The page of the ledger: every number that a signed return or a release gave, with a search. */
import type { ListPage } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { type Indicator, indicators } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { formatQuantityText } from '../figure-words.ts';
import { readCell, sayPublic } from './public-state.ts';
import type { PublishedNumber, ReleasedNumber } from './store.ts';

type LedgerPage = ListPage & { readonly address: string; readonly words: string };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/published-numbers/ledger': LedgerPage;
  }
}

export const publishedNumbersLink = { href: returnPaths.ledger(), text: 'Published numbers' } as const;

/** The indicators whose name holds these words. */
export const findIndicators = (words: string): Indicator[] =>
  (Object.keys(indicators) as Indicator[]).filter((key) =>
    `${key} ${indicators[key]}`.toLowerCase().includes(words.toLowerCase()),
  );

/** A part of a return as people read it; the words of a release stay as they are. */
const formatCell = (part: string): string => readCell(part)?.join(', ') ?? part;

const nameOf = (indicator: string): string => capital(indicators[indicator as Indicator] ?? indicator);

export type LedgerView = {
  readonly words: string;
  /** Press officers read what releases gave, and nothing of a return. */
  readonly mayReadReturns: boolean;
  readonly mayReadReleases: boolean;
  readonly pages: Pages;
  readonly released: readonly ReleasedNumber[];
  readonly now: Date;
};

export const ledgerPage = (
  numbers: readonly PublishedNumber[],
  { words, mayReadReturns, mayReadReleases, pages, released, now }: LedgerView,
): LedgerPage => ({
  title: 'Published numbers',
  lead: mayReadReturns
    ? [
        'Every number that a signed return or a release of your agency’s operations has given. A number of a signed return is not public until a release gives it.',
        'Numbers of withdrawn releases stay here, because people may still know them.',
      ]
    : [
        'Every number that a release of your agency’s operations has given. Numbers of withdrawn releases stay here, because people may still know them.',
      ],
  address: returnPaths.ledger(),
  words,
  list: {
    kind: 'table',
    caption: 'Published numbers',
    columns: ['Figure', 'Part', 'Number', 'Given in', 'Date', 'Public?'].map((text) => ({ text })),
    rows: numbers.map((number) => {
      const { indicator, part, quantity, source, sourceId, version, codeName, at } = number;
      return [
        { text: nameOf(indicator) },
        { text: formatCell(part) },
        { text: formatQuantityText(quantity) },
        source === 'release'
          ? {
              text: `Release, version ${version}`,
              hidden: `of ${codeName}`,
              ...(mayReadReleases && { href: releasePaths.release(sourceId) }),
            }
          : {
              text: `Return ${version} of ${codeName}`,
              ...(mayReadReturns && { href: returnPaths.return(sourceId) }),
            },
        { text: formatDateTime(at) },
        sayPublic(number, released, now),
      ];
    }),
    empty:
      words === ''
        ? mayReadReturns
          ? 'No numbers yet. When a return of an operation that your agency leads is signed, its numbers are listed here.'
          : 'Nothing has been published yet. When a release of an operation that your agency leads is published, its numbers are listed here.'
        : 'No number matches these words. Use fewer words.',
    pages,
  },
});
