/** Reads a WOFF font: which letters it draws, how wide each is, and its bytes for a PDF. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

export type Font = {
  readonly name: string;
  /** The glyph that draws a letter; undefined if there is none. */
  readonly glyphOf: (letter: number) => number | undefined;
  /** In thousandths of the font size. */
  readonly widthOf: (glyph: number) => number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** The font file rebuilt without compression. */
  readonly bytes: Buffer;
};

type Tables = ReadonlyMap<string, Buffer>;

/** `WOFF` 1.0: a directory of tables, each compressed separately. */
function tablesOf(file: Buffer): Tables {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('no WOFF file');
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < file.readUInt16BE(12); index += 1) {
    const entry = 44 + index * 20;
    const [at, packed, whole] = [4, 8, 12].map((field) => file.readUInt32BE(entry + field)) as [number, number, number];
    const bytes = file.subarray(at, at + packed);
    tables.set(file.toString('latin1', entry, entry + 4), packed < whole ? inflateSync(bytes) : bytes);
  }
  return tables;
}

const kept = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'];

/** Keeps the tables for drawing, and drops those that only word processors need. */
function assembleFont(tables: Tables): Buffer {
  const names = kept.filter((name) => tables.has(name));
  const power = 2 ** Math.floor(Math.log2(names.length));
  const head = Buffer.alloc(12 + names.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(names.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((names.length - power) * 16, 10);
  const parts = [head];
  let at = head.length;
  for (const [index, name] of names.entries()) {
    const bytes = tables.get(name) as Buffer;
    const entry = 12 + index * 16;
    head.write(name, entry, 'latin1');
    head.writeUInt32BE(at, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}

/** Letters by glyph, from a format 4 or 12 table. */
function lettersOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 12) groupsOf(cmap, at, glyphs);
    if (format === 4) segmentsOf(cmap, at, glyphs);
  }
  return glyphs;
}

function groupsOf(cmap: Buffer, at: number, glyphs: Map<number, number>): void {
  for (let group = 0; group < cmap.readUInt32BE(at + 12); group += 1) {
    const entry = at + 16 + group * 12;
    const [first, last, glyph] = [0, 4, 8].map((field) => cmap.readUInt32BE(entry + field)) as [number, number, number];
    for (let letter = first; letter <= last; letter += 1) glyphs.set(letter, glyph + letter - first);
  }
}

function segmentsOf(cmap: Buffer, at: number, glyphs: Map<number, number>): void {
  const twice = cmap.readUInt16BE(at + 6);
  const ends = at + 14;
  const [starts, deltas, ranges] = [ends + twice + 2, ends + 2 * twice + 2, ends + 3 * twice + 2];
  for (let field = 0; field < twice; field += 2) {
    const [first, last] = [cmap.readUInt16BE(starts + field), cmap.readUInt16BE(ends + field)];
    const [delta, range] = [cmap.readUInt16BE(deltas + field), cmap.readUInt16BE(ranges + field)];
    for (let letter = first; letter <= last && letter !== 0xffff; letter += 1) {
      const read = range === 0 ? letter : cmap.readUInt16BE(ranges + field + range + 2 * (letter - first));
      const glyph = range !== 0 && read === 0 ? 0 : (read + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(letter, glyph);
    }
  }
}

export function readFont(name: string, path: URL): Font {
  const tables = tablesOf(readFileSync(path));
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`${name} has no table ${tag}`);
    return found;
  };
  const [head, hhea, hmtx] = [table('head'), table('hhea'), table('hmtx')];
  const inThousandths = (value: number): number => Math.round((value * 1000) / head.readUInt16BE(18));
  const measured = hhea.readUInt16BE(34);
  const glyphs = lettersOf(table('cmap'));
  return {
    name,
    glyphOf: (letter) => glyphs.get(letter),
    widthOf: (glyph) => inThousandths(hmtx.readUInt16BE(Math.min(glyph, measured - 1) * 4)),
    ascent: inThousandths(hhea.readInt16BE(4)),
    descent: inThousandths(hhea.readInt16BE(6)),
    box: [36, 38, 40, 42].map((field) => inThousandths(head.readInt16BE(field))) as [number, number, number, number],
    bytes: assembleFont(tables),
  };
}
