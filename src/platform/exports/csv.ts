/** Tables for spreadsheets: every cell quoted, and none that a spreadsheet would run. */

/** A spreadsheet takes a cell that begins so for a formula; an apostrophe before it says that it is text. */
const escapeFormula = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

const quoted = (cell: string | number): string =>
  typeof cell === 'number' ? String(cell) : `"${escapeFormula(cell).replaceAll('"', '""')}"`;

/** Rows of cells as RFC 4180 writes them. */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

/** A name for a file: what letters and digits the text has. */
export const toFileName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'unnamed';
