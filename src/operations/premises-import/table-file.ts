/** Reads a CSV file as rows of cells: UTF-8 with or without its mark, commas or semicolons, quoted cells, any line ends. */
import { withoutControls } from '../../platform/controls.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export const maxTableBytes = 2_000_000;
export const maxTableLines = 1_000;

export type TableRefusal = 'not UTF-8' | 'quotation mark' | 'no lines' | 'too many lines';

/** `number` counts as a spreadsheet does: the names of the columns are line 1. */
export type TableLine = { readonly number: number; readonly cells: readonly string[] };
export type Table = { readonly columns: readonly string[]; readonly lines: readonly TableLine[] };

/** Spreadsheets of countries with a decimal comma write semicolons. The first line says which. */
function findSeparator(text: string): ',' | ';' {
  const [first = ''] = text.split(/[\r\n]/, 1);
  return first.split(';').length > first.split(',').length ? ';' : ',';
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
  const text = decode(bytes);
  if (text === undefined) return refuse('not UTF-8');
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
