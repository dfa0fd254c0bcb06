/** What people wrote, made ready for paper: its fonts, language and direction, and what no font draws. */
import { withoutControls } from '../controls.ts';
import { draws } from './font-files.ts';
import { leadingScript, mainFont, type PaperFont, paperFonts, scriptOf } from './scripts.ts';

/** Lines that follow each other in one script, as `said` in `paper.typ` reads them. */
export type PaperPart = {
  readonly lines: readonly string[];
  readonly fonts: readonly string[];
  /** `und` (not determined) where the script alone does not tell the language. */
  readonly language: string;
  readonly fromTheRight: boolean;
};
export type PaperText = {
  readonly parts: readonly PaperPart[];
  /** The letters that no font draws, once each. */
  readonly missing: readonly string[];
};

/** Stands where letters are missing. */
export const missingMark = '[…]';

/** Letters without a shape, but for joiners, marks of direction, and the signs of Arabic that are seen. */
const unseen = /[[\p{Cf}\p{Variation_Selector}]--[\u0600-\u0605\u061c\u06dd\u08e2\u200c-\u200f]]/gv;

const prepare = (line: string): string =>
  withoutControls(line.normalize('NFC'))
    .replace(/[\t\u00a0\u2007\u202f]/g, ' ')
    .replace(unseen, '');

/** A letter with the marks on it: one font must draw all of it. */
const cluster = /\P{M}\p{M}*|\p{M}+/gu;
const isPlain = (text: string): boolean => /^[\x20-\x7e\xa1-\xac\xae-\u017f]*$/.test(text);
/** No language puts so many marks on a letter; thousands of them would take a gigabyte of memory. */
const mostMarks = 12;
const needsNoGlyph = /[\u061c\u200c-\u200f]/;

function fontOf(letters: string): PaperFont | undefined {
  const codes = [...letters].filter((one) => !needsNoGlyph.test(one)).map((one) => one.codePointAt(0) ?? 0);
  if (codes.length > mostMarks) return undefined;
  const drawsAll = (font: PaperFont): boolean => codes.every((code) => draws(font, code));
  if (drawsAll(mainFont)) return mainFont;
  const own = scriptOf(letters)?.font;
  return own && drawsAll(own) ? own : paperFonts.find(drawsAll);
}

/** Long words would leave the page, so they may break after so many letters. */
const longestWord = 30;
const breakPoint = '\u200b';
/** Typst finds the ends of words in these scripts, which have no spaces. */
const longWord = new RegExp(
  `[^\\s\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]{${longestWord + 1},}`,
  'gu',
);
const piece = new RegExp(`(?:\\P{M}\\p{M}*){${longestWord}}(?=.)`, 'gsu');
/** Without a word that it knows, Typst finds no end. */
const endless = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}]{300,}/gu;
const breakLongWords = (text: string): string => {
  const breakUp = (word: string): string => word.replace(piece, (part) => part + breakPoint);
  return text.replace(longWord, breakUp).replace(endless, breakUp);
};

function toPart(line: string, missing: Set<string>): PaperPart {
  const prepared = prepare(line);
  const found = new Set<PaperFont>();
  let gap = false;
  const drawn = isPlain(prepared)
    ? prepared
    : prepared.replace(cluster, (letters) => {
        const font = fontOf(letters);
        if (font) found.add(font);
        else missing.add(letters);
        const mark = gap ? '' : missingMark;
        gap = font === undefined;
        return font ? letters : mark;
      });
  const script = leadingScript(drawn);
  const fonts = new Set([script?.font ?? mainFont, mainFont, ...found]);
  return {
    lines: [breakLongWords(drawn)],
    fonts: [...fonts].map(({ family }) => family),
    language: script ? (script.language ?? 'und') : 'en',
    fromTheRight: script?.fromTheRight === true,
  };
}

const looksLike = (one: PaperPart, other: PaperPart): boolean =>
  one.language === other.language && one.fromTheRight === other.fromTheRight && one.fonts.join() === other.fonts.join();

function joinAlike(parts: readonly PaperPart[]): PaperPart[] {
  const joined: (PaperPart & { readonly lines: string[] })[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && looksLike(last, part)) last.lines.push(...part.lines);
    else joined.push({ ...part, lines: [...part.lines] });
  }
  return joined;
}

/** Lines as people wrote them. Empty lines that follow each other become one; letters that cannot be shown are replaced. */
export function toPaperText(text: string | readonly string[]): PaperText {
  const missing = new Set<string>();
  const lines = [text].flat().flatMap((one) => one.split(/\r\n|[\n\r\u2028\u2029]/));
  const kept = lines.filter((line, index) => line.trim() !== '' || (lines[index - 1] ?? '').trim() !== '');
  return { parts: joinAlike(kept.map((line) => toPart(line, missing))), missing: [...missing] };
}
