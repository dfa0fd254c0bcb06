/** Reads a workbook (XLSX) back: unzips it and reads its XML, without the library that wrote it. */
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';

/** The files of a zip archive by their names, from its directory at the end. */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'a zip archive ends with its directory');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let number = archive.readUInt16LE(end + 10); number > 0; number -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const begins = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(begins, begins + archive.readUInt32LE(at + 20));
    files.set(name, archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

const main = { s: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main' };

export type ReadSheet = { readonly name: string; readonly rows: readonly (readonly (string | number)[])[] };
export type ReadWorkbook = {
  readonly sheets: readonly ReadSheet[];
  /** Cells that hold a formula: there must be none. */
  readonly formulas: number;
  readonly names: readonly string[];
};

/** As a spreadsheet reads it: `_x000D_` is one letter. */
const readEscapes = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const columnOf = (address: string): number =>
  [...address.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

export function readWorkbook(bytes: Buffer): ReadWorkbook {
  const files = unzip(bytes);
  const parse = (name: string): XmlElement => XmlDocument.fromBuffer(files.get(name) ?? Buffer.alloc(0)).root;
  const shared = parse('xl/sharedStrings.xml')
    .find('s:si', main)
    .map((one) => readEscapes(one.content));
  let formulas = 0;
  const sheets = parse('xl/workbook.xml')
    .find('s:sheets/s:sheet', main)
    .map((sheet, index) => {
      const root = parse(`xl/worksheets/sheet${index + 1}.xml`);
      formulas += root.find('//s:f', main).length;
      const rows = root.find('s:sheetData/s:row', main).map((row) => {
        const cells: (string | number)[] = [];
        for (const cell of row.find('s:c', main)) {
          const value = cell.get('s:v', main)?.content ?? '';
          const isShared = cell.get('@t')?.content === 's';
          const read = isShared ? (shared[Number(value)] ?? '') : value === '' ? '' : Number(value);
          cells[columnOf(cell.get('@r')?.content ?? 'A1')] = read;
        }
        return Array.from(cells, (cell) => cell ?? '');
      });
      return { name: sheet.get('@name')?.content ?? '', rows };
    });
  return { sheets, formulas, names: [...files.keys()] };
}
