/** Reads a CSV file as rows of cells: UTF-8 with or without its mark, commas or semicolons, quoted cells, any line ends. */

import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { withoutControls } from '../controls.ts';

export const maxTableBytes = 2_000_000;
export const maxTableLines = 1_000;

/** What a file can hold before anything expensive is done with it: reading is one step, and nothing else is answered meanwhile. Excel writes empty lines, and cells hold commas and line ends. */
const maxRawLines = 20_000;
const maxSeparators = 100_000;
const maxColumns = 100;
const maxLineLetters = 50_000;

export type TableRefusal =
  | 'not UTF-8'
  | 'quotation mark'
  | 'no lines'
  | 'too many lines'
  | 'too many columns'
  | 'long line';

/** What is wrong with the names of the columns. */
export type ColumnProblem = { readonly kind: 'unknown' | 'twice' | 'missing'; readonly names: readonly string[] };
/** What is wrong in a line. `column` is the name in the file; undefined for the whole line. */
export type LineProblem = { readonly number: number; readonly column: string | undefined; readonly what: string };

/** `number` counts as a spreadsheet does: the names of the columns are line 1. */
export type TableLine = { readonly number: number; readonly cells: readonly string[] };
export type Table = { readonly columns: readonly string[]; readonly lines: readonly TableLine[] };

/** Spreadsheets of countries with a decimal comma write semicolons. The first line says which. */
function findSeparator(text: string): ',' | ';' {
  const [first = ''] = text.split(/[\r\n]/, 1);
  return first.split(';').length > first.split(',').length ? ';' : ',';
}

/** Without the empty lines at its end. By a loop: an expression would look at each of them again and again. */
function cutEmptyEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n,;'.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** One pass over the text; the end of a line in Windows counts as two. A line end within a cell counts as one, so that a quotation mark changes nothing. */
function findTooMuch(text: string): TableRefusal | undefined {
  let lines = 1;
  let separators = 0;
  let begins = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = at === text.length ? '\n' : text[at];
    if (letter === ',' || letter === ';') separators += 1;
    if (letter !== '\n' && letter !== '\r') continue;
    if (at - begins > maxLineLetters) return 'long line';
    if (begins === 0 && separators >= maxColumns) return 'too many columns';
    lines += 1;
    begins = at + 1;
  }
  if (lines - 1 > maxRawLines) return 'too many lines';
  return separators > maxSeparators ? 'too many columns' : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines without any content are left out, but counted. Cells are trimmed, and stay text whatever they begin with. */
export async function readTable(bytes: Uint8Array): Promise<Result<Table, TableRefusal>> {
  const whole = decode(bytes);
  if (whole === undefined) return refuse('not UTF-8');
  const text = cutEmptyEnd(whole);
  const tooMuch = findTooMuch(text);
  if (tooMuch) return refuse(tooMuch);
  const { parse } = await import('csv-parse/sync'); // Loaded when the first list comes.
  let rows: string[][];
  try {
    rows = parse(text, { delimiter: findSeparator(text), relax_column_count: true, relax_quotes: true });
  } catch {
    return refuse('quotation mark');
  }
  const cleaned = rows.map((cells) => cells.map((cell) => withoutControls(cell).trim()));
  const [columns, ...rest] = cleaned;
  const lines = rest.flatMap((cells, index) =>
    cells.some((cell) => cell !== '') ? [{ number: index + 2, cells }] : [],
  );
  if (!columns || lines.length === 0) return refuse('no lines');
  return lines.length > maxTableLines ? refuse('too many lines') : accept({ columns, lines });
}
