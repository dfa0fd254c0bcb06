/** A number as a source printed it, with its qualifier. Pure. Source: domain.md 4.5, figures with “more than”, “almost”, “around”. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** The words of the page, by what the number may be. */
export const qualifiers = ['exact', 'at least', 'more than', 'about', 'almost', 'up to', 'fewer than'] as const;
export type Qualifier = (typeof qualifiers)[number];

/** `printed` is the cell as it was; words alone stay words. What a source does not state is absent, and never 0. */
export type PublishedNumber =
  | { readonly kind: 'number'; readonly value: number; readonly qualifier: Qualifier; readonly printed: string }
  | { readonly kind: 'words'; readonly words: string };

const before: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:at least|no fewer than|not fewer than|minimum of|≥)\s*/, 'at least'],
  [/^(?:more than|over|above|upwards of|>)\s*/, 'more than'],
  [/^(?:almost|nearly|just under|close to)\s*/, 'almost'],
  [/^(?:about|around|approximately|approx\.?|circa|c\.|ca\.|roughly|some|~)\s*/, 'about'],
  [/^(?:up to|at most|no more than|≤)\s*/, 'up to'],
  [/^(?:fewer than|less than|under|<)\s*/, 'fewer than'],
];
const after: readonly (readonly [RegExp, Qualifier])[] = [[/\s*(?:\+|or more|and more)$/, 'at least']];

const plainNumber = /^(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2})$/;
const millions = /^(\d{1,3}(?:\.\d{1,3})?) million$/;

const longestWords = 60;

function readValue(text: string): number | undefined {
  if (plainNumber.test(text)) return Number(text.replaceAll(/[, ]/g, ''));
  const [, million] = millions.exec(text) ?? [];
  return million === undefined ? undefined : Math.round(Number(million) * 1_000_000);
}

/** Undefined for an empty cell. Refuses digits that are no number, so that none is guessed. */
export function readPublishedNumber(cell: string): Result<PublishedNumber | undefined, 'no number' | 'long words'> {
  const printed = cell.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim();
  if (printed === '') return accept(undefined);
  const said = printed.toLowerCase();
  const prefix = before.find(([pattern]) => pattern.test(said));
  const rest = prefix ? said.replace(prefix[0], '') : said;
  const suffix = prefix ? undefined : after.find(([pattern]) => pattern.test(rest));
  const value = readValue(suffix ? rest.replace(suffix[0], '') : rest);
  if (value !== undefined)
    return accept({ kind: 'number', value, qualifier: prefix?.[1] ?? suffix?.[1] ?? 'exact', printed });
  if (/\p{N}/u.test(printed)) return refuse('no number');
  return printed.length > longestWords ? refuse('long words') : accept({ kind: 'words', words: printed });
}

/** “more than 124,000”; a number without a qualifier of its own may have one in the note. */
export const formatPublished = (one: PublishedNumber): string =>
  one.kind === 'words'
    ? one.words
    : `${one.qualifier === 'exact' ? '' : `${one.qualifier} `}${one.value.toLocaleString('en-GB')}`;

/** The counts that may stand behind a printed number. “About” is read as a tenth more or less: no source says. */
function getRange(one: Extract<PublishedNumber, { kind: 'number' }>): readonly [least: number, most: number] {
  const { value, qualifier } = one;
  const tenth = Math.ceil(value / 10);
  switch (qualifier) {
    case 'exact':
      return [value, value];
    case 'at least':
      return [value, Number.POSITIVE_INFINITY];
    case 'more than':
      return [value + 1, Number.POSITIVE_INFINITY];
    case 'about':
      return [value - tenth, value + tenth];
    case 'almost':
      return [value - tenth, value - 1];
    case 'up to':
      return [0, value];
    case 'fewer than':
      return [0, value - 1];
  }
}

export type Agreement = 'same' | 'may agree' | 'differ';

/** Whether two sources can both be right. “Almost 125,000” and 126,927 cannot. */
export function comparePublished(one: PublishedNumber, other: PublishedNumber): Agreement {
  if (one.kind === 'words' || other.kind === 'words')
    return one.kind === other.kind && formatPublished(one).toLowerCase() === formatPublished(other).toLowerCase()
      ? 'same'
      : 'may agree';
  if (one.value === other.value && one.qualifier === other.qualifier) return 'same';
  const [[least, most], [otherLeast, otherMost]] = [getRange(one), getRange(other)];
  return least <= otherMost && otherLeast <= most ? 'may agree' : 'differ';
}

const words = 'more than|over|above|almost|nearly|about|around|approximately|at least|up to';
/** Quoted, or before a number: “about” alone says nothing of a figure. */
const roundingWords = new RegExp(`['‘“"](?:${words})\\b|\\b(?:${words})(?= \\d)|\\brounded\\b`, 'i');

/** The word in a note by which numbers without a qualifier may be rounded: “checks published as ‘more than’”. */
export const findRoundingWord = (note: string): string | undefined =>
  roundingWords
    .exec(note)?.[0]
    .replaceAll(/['‘“"]/g, '')
    .toLowerCase();
