/** Workbooks for spreadsheets (XLSX): text stays text, whatever it begins with, and a number is a number. */

/** Null is an empty cell: a gap, which is not 0. */
export type WorkbookCell = string | number | null;
export type WorkbookSheet = {
  readonly name: string;
  /** The first row names the columns. */
  readonly rows: readonly (readonly WorkbookCell[])[];
  /** In letters, column by column. */
  readonly widths?: readonly number[];
};

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The number format "text": a spreadsheet that edits the cell makes no formula of it either. */
const textFormat = '@';

const escapeLetter = (letter: string): string =>
  `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** What a workbook would read otherwise than it was typed: an escape, a carriage return, and a name of `Object` that the library looks up instead. */
function escapeText(text: string): string {
  const escaped = text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll('\r', '_x000D_');
  return escaped in {} ? escapeLetter(escaped.charAt(0)) + escaped.slice(1) : escaped;
}

function toCell(cell: WorkbookCell, isHead: boolean) {
  if (cell === null) return null;
  if (typeof cell === 'string')
    return {
      value: escapeText(cell),
      type: String,
      format: textFormat,
      wrap: true,
      ...(isHead && { fontWeight: 'bold' as const }),
    };
  if (!Number.isFinite(cell)) throw new Error('a workbook holds no such number');
  return { value: cell, type: Number };
}

/** Several tables as one file. Names of sheets have at most 31 letters. */
export async function toWorkbook(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node'); // Loaded when the first workbook is made.
  return writeWorkbook(
    sheets.map(({ name, rows, widths = [] }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: widths.map((width) => ({ width })),
      data: rows.map((cells, index) => cells.map((cell) => toCell(cell, index === 0))),
    })),
  ).toBuffer();
}
