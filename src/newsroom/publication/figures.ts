/** The figures of a published release as rows of a table, as CSV and as JSON: what the approved text states, and no more. Pure. */
import { toCsv } from '../../platform/exports/csv.ts';
import type { Quantity } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import type { Publication } from './store.ts';

export type FigureRow = {
  /** What is counted, and which part of it. */
  readonly counted: string;
  readonly definition: string;
  /** As published, its qualifier before it. */
  readonly published: string;
};

/** Takes a stated quantity, gives it in figures: "8", "at least 5", "several", "not known". */
export function publishedQuantity(quantity: Quantity): string {
  if (quantity.kind === 'words') return quantity.words;
  if (quantity.kind === 'not known') return 'not known';
  const number = quantity.value.toLocaleString('en-GB');
  return quantity.qualifier === 'exact' ? number : `${quantity.qualifier} ${number}`;
}

/** Takes a figure of a release, gives its row in a table for readers. */
export const figureRow = ({ name, part, definition, quantity }: StatedFigure): FigureRow => ({
  counted: capital(part === null ? name : `${name}, ${part}`),
  definition,
  published: publishedQuantity(quantity),
});

/** What keeps a figure true when it is quoted. Takes nothing from a return. */
export const figureNotes = [
  'The words “at least” and “about” are part of a figure. If you quote the figure, quote these words too.',
  'A number with “about” was rounded to the nearest five, or was not counted exactly.',
  'A figure that is missing from the table was not published. A missing figure does not mean zero.',
] as const;

type FiguresOf = Pick<
  Publication,
  'figures' | 'title' | 'area' | 'issuedBy' | 'version' | 'dated' | 'changedAt' | 'corrections'
>;

const qualifierOf = (quantity: Quantity): string =>
  quantity.kind === 'number' ? quantity.qualifier : quantity.kind === 'words' ? 'in words' : 'not known';

const csvColumns = [
  'figure',
  'counted',
  'part',
  'number',
  'qualifier',
  'as published',
  'definition',
  'edition of definitions',
  'release',
  'version of release',
  'published',
] as const;

/** Takes a published release and its address, gives a table for spreadsheets: a row for each figure. Text that a spreadsheet would run is disarmed. */
export const figuresCsv = ({ figures, version, dated }: FiguresOf, url: string): string =>
  toCsv([
    csvColumns,
    ...figures.map(({ key, name, part, quantity, definition, edition }) => [
      key,
      name,
      part ?? '',
      quantity.kind === 'number' ? quantity.value : '',
      qualifierOf(quantity),
      publishedQuantity(quantity),
      definition,
      edition,
      url,
      version,
      dated.toISOString(),
    ]),
  ]);

/** When its text was last changed for readers: under an embargo that is no earlier than when they could read it. */
export const changedSince = ({ dated, changedAt }: Pick<Publication, 'dated' | 'changedAt'>): Date =>
  changedAt < dated ? dated : changedAt;

/** The figures as the JSON prints them; `number` is null where a figure is published in words. */
export const printedFigures = (figures: FiguresOf['figures']): readonly object[] =>
  figures.map(({ key, name, part, quantity, definition, edition }) => ({
    figure: key,
    counted: name,
    part,
    number: quantity.kind === 'number' ? quantity.value : null,
    qualifier: qualifierOf(quantity),
    published: publishedQuantity(quantity),
    definition,
    edition,
  }));

/** Takes a published release, its address and the certificate of its figures, gives the same as JSON. */
export const figuresJson = (
  publication: FiguresOf,
  url: string,
  certificate?: { readonly text: string; readonly key: string },
): string => {
  const { figures, title, area, issuedBy, version, dated, corrections } = publication;
  return `${JSON.stringify({
    release: { url, title, area, issuedBy, version, published: dated, changed: changedSince(publication), corrections },
    notes: figureNotes,
    figures: printedFigures(figures),
    certificate: certificate ?? null,
  })}\n`;
};
