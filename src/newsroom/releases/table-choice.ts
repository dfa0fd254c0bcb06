/** Which figures stand in the table under a release: every one that the text states or needs, without those that its writer left out. Pure. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers } from '../../platform/forms/forms.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { figureRow } from '../publication/figures.ts';

/** The rows that are published, and those that may be and are not. */
export type FigureTable = { readonly figures: readonly StatedFigure[]; readonly leftOut: readonly StatedFigure[] };

/** The name of a row, as it is stored: its figure, and its part where it has one. */
export const rowKey = ({ key, part }: Pick<StatedFigure, 'key' | 'part'>): string =>
  part === null ? key : `${key}: ${part}`;

/** Takes all rows that may be published, and the keys of those that are left out. */
export const divideTable = (rows: readonly StatedFigure[], leftOut: readonly string[]): FigureTable => ({
  figures: rows.filter((row) => !leftOut.includes(rowKey(row))),
  leftOut: rows.filter((row) => leftOut.includes(rowKey(row))),
});

/** What is counted in each row, in words: “Visits with a recorded sign of control”. */
export const rowNames = (rows: readonly StatedFigure[]): string[] => rows.map((row) => figureRow(row).counted);

const mostRows = 200;
const mostLetters = 200;

/** A form that was sent with nothing ticked does not name its ticks, so it says which rows it offered. */
export const offeredName = 'tableOffers';
const tickedName = 'table';

/** The ticks of the edit form: every row is ticked to begin with. None where the release has no figure. */
export const tableFields = (ask: FieldBuilder, { figures, leftOut }: FigureTable): Field[] => {
  const rows = [...figures, ...leftOut];
  if (rows.length === 0) return [];
  return [
    ask.many(
      tickedName,
      'Figures in the table under the release',
      rows.map((row) => ({ value: rowKey(row), text: `${figureRow(row).counted}: ${figureRow(row).published}` })),
      {
        value: figures.map(rowKey),
        hint: 'Take the tick away to leave a figure out of the public page, the CSV and the JSON. If the text still states it, change the text too. Figures that you add to the text now are in the table.',
      },
    ),
    ask.hidden(offeredName, JSON.stringify(rows.map(rowKey))),
  ];
};

/** The rows that are left out after a save. What the form did not offer, or the table does not know, stays as it was. */
export function leftOutAfter(before: readonly string[], typed: Answers, { figures, leftOut }: FigureTable): string[] {
  const known = new Set([...figures, ...leftOut].map(rowKey));
  const offered = readOffered(typed[offeredName]).filter((key) => known.has(key));
  const ticked = [typed[tickedName] ?? []].flat().map(String);
  return [...before.filter((key) => !offered.includes(key)), ...offered.filter((key) => !ticked.includes(key))];
}

function readOffered(sent: unknown): string[] {
  if (typeof sent !== 'string') return [];
  try {
    const read: unknown = JSON.parse(sent);
    return Array.isArray(read)
      ? read.slice(0, mostRows).flatMap((key) => (typeof key === 'string' && key.length <= mostLetters ? [key] : []))
      : [];
  } catch {
    return [];
  }
}

/** The ticks as they were sent, for a form that is shown again. */
export const ticksOf = (typed: Answers): Answers =>
  typeof typed[offeredName] === 'string' ? { [tickedName]: typed[tickedName], [offeredName]: typed[offeredName] } : {};
