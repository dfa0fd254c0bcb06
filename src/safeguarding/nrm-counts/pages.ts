/** The count of concerns as a page, a table for a spreadsheet and data: each with the same figures. */
import { exploitationCodes } from '../../nrm/index.ts';
import { toCsv } from '../../platform/exports/csv.ts';
import { exportPage } from '../../platform/exports/export-reason.ts';
import type { FormPage, SectionsPage } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { countShapes } from '../nrm-drafts/forms.ts';
import { marking } from '../nrm-drafts/route-question-pages.ts';
import { mostCounted } from '../nrm-drafts/store.ts';
import { type Cell, countKinds, roundedCountWords, smallestShown } from './nrm-counts.ts';

export type Count = {
  readonly year: string;
  readonly agencyName: string;
  readonly cells: readonly Cell[];
  /** Whether there are more concerns than are counted. */
  readonly more: boolean;
};

const cellWords = ({ kind, word }: Cell): string =>
  kind === 'form of exploitation' ? (exploitationCodes.types.find(({ key }) => key === word)?.says ?? word) : word;

const rules = [
  `This table counts people with an NRM referral that your agency started in the year. A person counts once in each row. A person with more than one form of exploitation counts in more than one row.`,
  `Every figure from 0 to ${smallestShown - 1} is shown as “fewer than ${smallestShown}”. Other figures are rounded down to a multiple of ${smallestShown}. This stops anybody from working out small figures by subtraction.`,
];

export function countPage({ year, agencyName, cells, more }: Count, years: readonly string[]): SectionsPage {
  return {
    title: `NRM referrals, ${year}`,
    caption: agencyName,
    back: { href: nrmPaths.referrals(), text: 'NRM referrals' },
    lead: [
      ...rules,
      ...(more ? [`Only the latest ${mostCounted.toLocaleString('en-GB')} NRM referrals are counted.`] : []),
    ],
    actions: [
      { href: withQuery(nrmPaths.countsExport(), { year }), text: 'Take it along' },
      ...years
        .filter((one) => one !== year)
        .map((one) => ({ href: withQuery(nrmPaths.counts(), { year: one }), text: one, secondary: true })),
    ],
    sections: countKinds.map((kind) => ({
      kind: 'table' as const,
      caption: capital(kind),
      stack: true,
      columns: [{ text: 'Counted' }, { text: 'People' }],
      rows: cells
        .filter((cell) => cell.kind === kind)
        .map((cell) => [{ text: capital(cellWords(cell)) }, { text: capital(roundedCountWords(cell.people)) }]),
    })),
  };
}

export const exportCountPage = (year: string, years: readonly string[]): FormPage =>
  exportPage({
    marking,
    title: 'Export this count',
    caption: 'NRM referrals',
    action: nrmPaths.countsExport(),
    back: { href: withQuery(nrmPaths.counts(), { year }), text: 'NRM referrals' },
    lead: ['The file holds the figures that the page shows. The file does not show who is counted.'],
    fields: (ask) => [
      ask.choose('year', 'Year', years, { value: year }),
      ask.one(
        'shape',
        'As what?',
        Object.entries(countShapes).map(([value, text]) => ({ value, text: capital(text) })),
      ),
    ],
  });

export const countCsv = ({ year, agencyName, cells }: Count): string =>
  toCsv([
    ['Kind', 'Counted', 'In words', 'People'],
    ...cells.map((cell) => [cell.kind, cell.word, cellWords(cell), roundedCountWords(cell.people)]),
    ['Note', '', `${agencyName}, ${year}`, rules.join(' ')],
  ]);

export const countJson = ({ year, agencyName, cells, more }: Count): string =>
  JSON.stringify(
    {
      agency: agencyName,
      year,
      rules,
      complete: !more,
      cells: cells.map((cell) => ({ ...cell, inWords: cellWords(cell) })),
    },
    null,
    2,
  );
