/** Where the fonts lie, and which letters each of them draws. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { headingFontFile, type PaperFont, paperFonts } from './scripts.ts';

const installed = join(import.meta.dirname, '../../../node_modules');

/** In the bundle the fonts are in its own folder. */
function fontPath(file: string): string {
  const built = join(import.meta.dirname, 'fonts', basename(file));
  return existsSync(built) ? built : join(installed, file);
}

export const fontPaths = (): string[] => [headingFontFile, ...paperFonts.map(({ file }) => file)].map(fontPath);

/** Reads a part of a file; fonts are large, and only one of their tables is wanted. */
function readPart(file: number, at: number, length: number): DataView {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new Error('a font file ends too early');
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** The table that says which glyph draws a letter (OpenType, `cmap`). */
function readLetterTable(path: string): DataView {
  const file = openSync(path, 'r');
  try {
    const count = readPart(file, 4, 2).getUint16(0);
    const directory = readPart(file, 12, count * 16);
    for (let entry = 0; entry < directory.byteLength; entry += 16)
      if (directory.getUint32(entry) === 0x636d6170)
        return readPart(file, directory.getUint32(entry + 8), directory.getUint32(entry + 12));
  } finally {
    closeSync(file);
  }
  throw new Error('a font file has no table of letters');
}

const letterLimit = 0x30000;

/** A bit for each letter that the font draws. */
function lettersIn(table: DataView): Uint8Array {
  const letters = new Uint8Array(letterLimit / 8);
  const add = (letter: number): void => {
    if (letter < letterLimit) letters[letter >> 3] = (letters[letter >> 3] ?? 0) | (1 << (letter & 7));
  };
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const at = table.getUint32(4 + index * 8 + 4);
    const format = table.getUint16(at);
    if (format === 4) addSegments(table, at, add);
    if (format === 12) addGroups(table, at, add);
  }
  return letters;
}

function addGroups(table: DataView, at: number, add: (letter: number) => void): void {
  for (let entry = at + 16, left = table.getUint32(at + 12); left > 0; left -= 1, entry += 12)
    for (let letter = table.getUint32(entry); letter <= table.getUint32(entry + 4); letter += 1) add(letter);
}

function addSegments(table: DataView, at: number, add: (letter: number) => void): void {
  const twice = table.getUint16(at + 6);
  for (let segment = 0; segment < twice; segment += 2) {
    const start = table.getUint16(at + 16 + twice + segment);
    const place = at + 16 + 3 * twice + segment;
    const range = table.getUint16(place);
    const delta = table.getUint16(at + 16 + 2 * twice + segment);
    for (let letter = start; letter <= table.getUint16(at + 14 + segment) && letter !== 0xffff; letter += 1) {
      const glyph = range === 0 ? letter : table.getUint16(place + range + 2 * (letter - start));
      if (range === 0 ? ((glyph + delta) & 0xffff) !== 0 : glyph !== 0) add(letter);
    }
  }
}

const known = new Map<PaperFont, Uint8Array>();

/** Whether the font draws a letter. Each font is read once, when its first letter is asked for. */
export function draws(font: PaperFont, letter: number): boolean {
  const letters = known.get(font) ?? lettersIn(readLetterTable(fontPath(font.file)));
  known.set(font, letters);
  return letter < letterLimit && ((letters[letter >> 3] ?? 0) & (1 << (letter & 7))) !== 0;
}
