/** The draft as a PDF: in the order of the form, long answers over several pages, letters that no font here draws given by number. */
import type { PrintedForm } from '../../nrm/index.ts';
import { type Font, readFont } from './font.ts';
import { type Line, pageSize, type Run, writePdf } from './pdf-file.ts';

const files = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek'];
let fonts: readonly Font[] | undefined;
/** Read at first use, because most processes never make a PDF. */
const allFonts = (): readonly Font[] => {
  fonts ??= files.map((name) =>
    readFont(`NotoSans-${name}`, new URL(`./fonts/noto-sans-${name}.woff`, import.meta.url)),
  );
  return fonts;
};

const margin = 56;
const width = pageSize.width - 2 * margin;
const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

/** Replaces letters that no font here draws. */
const missingGlyphText = '[…]';

type Letter = { readonly font: number; readonly glyph: number; readonly letters: string; readonly wide: number };

function letterOf(letters: string): Letter | undefined {
  for (const [font, one] of allFonts().entries()) {
    const glyph = one.glyphOf(letters.codePointAt(0) ?? 0);
    if (glyph !== undefined && [...letters].length === 1) return { font, glyph, letters, wide: one.widthOf(glyph) };
  }
  return undefined;
}

/** Whether the fonts here can draw the whole text. */
export const isDrawn = (text: string): boolean =>
  [...text.normalize('NFC')].every((letter) => isInvisible(letter) || letterOf(letter) !== undefined);

/** Characters without a shape of their own. */
const isInvisible = (letter: string): boolean => /[\p{Cf}\t\r]/u.test(letter);

/** The letters of a word; a run that cannot be drawn becomes one placeholder. */
function lettersOf(word: string): Letter[] {
  const found: Letter[] = [];
  let gap = false;
  for (const letter of word.normalize('NFC')) {
    if (isInvisible(letter)) continue;
    const known = letterOf(letter);
    if (known) found.push(known);
    else if (!gap) found.push(...lettersOf(missingGlyphText));
    gap = known === undefined;
  }
  return found;
}

const wideOf = (letters: readonly Letter[]): number => letters.reduce((sum, { wide }) => sum + wide, 0);

/** Breaks at spaces; a word longer than a line breaks at the line end. */
export function linesOf(text: string, size: number, most = width): Letter[][] {
  const limit = (most * 1000) / size;
  const space = lettersOf(' ');
  const lines: Letter[][] = [[]];
  for (const word of text.split(/ +/)) {
    let left = lettersOf(word);
    const line = lines.at(-1) as Letter[];
    const joined = line.length > 0 ? [...line, ...space, ...left] : left;
    if (wideOf(joined) <= limit) {
      lines[lines.length - 1] = joined;
      continue;
    }
    if (line.length > 0) lines.push([]);
    while (wideOf(left) > limit) {
      let fits = 1;
      while (wideOf(left.slice(0, fits + 1)) <= limit) fits += 1;
      lines[lines.length - 1] = left.slice(0, fits);
      lines.push([]);
      left = left.slice(fits);
    }
    lines[lines.length - 1] = left;
  }
  return lines;
}

function runsOf(letters: readonly Letter[]): Run[] {
  const runs: { font: number; glyphs: { glyph: number; letters: string }[] }[] = [];
  for (const { font, glyph, letters: text } of letters) {
    const last = runs.at(-1);
    if (last?.font === font) last.glyphs.push({ glyph, letters: text });
    else runs.push({ font, glyphs: [{ glyph, letters: text }] });
  }
  return runs;
}

type Style = { readonly size: number; readonly grey: number; readonly before: number };
const styles = {
  title: { size: 18, grey: 0, before: 0 },
  note: { size: 10, grey: 0.35, before: 4 },
  section: { size: 14, grey: 0, before: 20 },
  asks: { size: 9, grey: 0.35, before: 9 },
  says: { size: 11, grey: 0, before: 2 },
  blank: { size: 11, grey: 0.45, before: 2 },
} as const satisfies Record<string, Style>;

/** Lines from top to bottom of a page, then on the next. */
class PageWriter {
  readonly pages: Line[][] = [[]];
  #y = pageSize.height - margin - 14;

  /** `together`: the space needed below the first line, so that no heading is alone at the end of a page. */
  write(text: string, { size, grey, before }: Style, together = 0): void {
    for (const [index, letters] of linesOf(text, size).entries()) {
      this.#y -= (index === 0 ? before : 0) + size * 1.35;
      if (this.#y - (index === 0 ? together : 0) < margin + 10) {
        this.pages.push([]);
        this.#y = pageSize.height - margin - 14 - size * 1.35;
      }
      this.pages.at(-1)?.push({ x: margin, y: this.#y, size, grey, runs: runsOf(letters) });
    }
  }
}

const smallPrint = (text: string, y: number): Line => ({
  x: margin,
  y,
  size: 8,
  grey: 0.35,
  runs: runsOf(lettersOf(text)),
});

export function pdfOf({ title, note, sections }: PrintedForm): Buffer {
  const sheets = new PageWriter();
  sheets.write(title, styles.title);
  sheets.write(note, styles.note);
  for (const section of sections) {
    sheets.write(section.title, styles.section, 60);
    for (const { asks, says, blank, foreign } of section.rows) {
      sheets.write(asks, styles.asks, 18);
      if (blank) sheets.write(blank, styles.blank);
      for (const line of says) sheets.write(line, styles.says);
      if (foreign && !says.every(isDrawn))
        sheets.write(
          `${foreign.script} letters that this paper cannot draw${foreign.codes ? `; by their numbers in Unicode: ${foreign.codes}` : ': print the page of the draft, which shows them'}`,
          styles.note,
        );
    }
  }
  const pages = sheets.pages.map((lines, index) => [
    smallPrint(marking, pageSize.height - margin + 8),
    ...lines,
    smallPrint(`${title}. Page ${index + 1} of ${sheets.pages.length}. ${marking}`, margin - 20),
  ]);
  return writePdf(title, allFonts(), pages);
}
