/**
 * A number in a text is a placeholder bound to a figure of the return. Five ways to write one:
 *
 *   {{premises.visited}}                           eight           the figure alone
 *   {{premises.visited|address was|addresses were}}  eight addresses were   with words that agree: one, then many
 *   {{arrests.made|person was|people were|nobody was}}  nobody was  and, third, what to say for nought
 *   {{premises.visited.byTown}}                    four in Watford and one in Luton   its parts
 *   {{premises.visited.byTown|names}}              in Luton and Watford   its parts by name alone
 *
 * `{{week.dates}}`, `{{week.localDates}}` and `{{week.countries}}` say when and how many took part. A capital comes by
 * itself at the start of a sentence, and words for "not known" too. Nothing else may stand in braces.
 */

import { dayRange } from '../../vocabulary/calendar/days.ts';
import {
  type Breakdown,
  breakdownsOf,
  exactly,
  type Indicator,
  indicators,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import { countedBy, meanings, nounsIn, type Thing } from '../release-check/nouns.ts';
import { numbersIn } from '../release-check/numbers.ts';
import {
  beginsSentence,
  carriesVerb,
  countWithWords,
  formatPartNames,
  formatParts,
  quantityAlone,
  quantityAsPart,
  quantityBeforeWord,
} from './english.ts';
import { blocksOf } from './markdown.ts';
import { mayStandForNought } from './nought-words.ts';
import { describeKey, type PublishableReturn } from './public-figures.ts';
import type { FigureKey } from './publication-policy.ts';

export const weekNames = ['week.dates', 'week.localDates', 'week.countries'] as const;
type WeekName = (typeof weekNames)[number];

export type Piece = {
  readonly start: number;
  readonly end: number;
  /** As printed; for a problem, words that no release could go out with. */
  readonly text: string;
  readonly key?: FigureKey | WeekName;
  /** So many letters at the beginning come from the figure. The rest are words of a writer. */
  readonly own?: number;
  /** The words that a writer gave for one, for many and for nought, printed or not. */
  readonly forms?: readonly string[];
  /** It prints the names of the parts, and no number. */
  readonly isNames?: boolean;
  /** What is wrong and what to do. */
  readonly problem?: string;
};

export const missingFigureText = '(figure missing)';

/** The text cut into words as typed and placeholders filled in. */
export function fillPlaceholders(text: string, publishable: PublishableReturn): Piece[] {
  const pieces: Piece[] = [];
  let said = '';
  const add = (piece: Piece): void => {
    pieces.push(piece);
    said += piece.text;
  };
  for (const { start, end, inside } of slotsIn(text)) {
    if (inside === undefined) {
      if (/[{}]/.test(text.slice(start, end))) {
        add({
          start,
          end,
          text: missingFigureText,
          problem: 'A curly bracket stands here without a figure. Take it out, or take a figure from the list.',
        });
      } else add({ start, end, text: text.slice(start, end) });
      continue;
    }
    const spoken = resolvePlaceholder(inside, text.slice(end), said, publishable);
    if ('problem' in spoken) add({ start, end, text: missingFigureText, problem: spoken.problem });
    else add({ start, end, ...spoken, text: beginsSentence(said) ? capital(spoken.text) : spoken.text });
  }
  return pieces;
}

type Slot = { readonly start: number; readonly end: number; readonly inside?: string };

function slotsIn(text: string): Slot[] {
  const slots: Slot[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{([^{}]*)\}\}|[{}]+/g)) {
    if (match.index > end) slots.push({ start: end, end: match.index });
    end = match.index + match[0].length;
    slots.push({ start: match.index, end, ...(match[1] === undefined ? {} : { inside: match[1] }) });
  }
  if (end < text.length) slots.push({ start: end, end: text.length });
  return slots;
}

type Problem = { readonly problem: string };
type PrintedWords = Required<Pick<Piece, 'text' | 'own'>> & Pick<Piece, 'forms' | 'isNames'>;
type ResolvedPlaceholder = ({ readonly key: FigureKey | WeekName } & PrintedWords) | Problem;
const ownWords = (text: string): PrintedWords => ({ text, own: text.length });

function resolvePlaceholder(
  inside: string,
  after: string,
  before: string,
  publishable: PublishableReturn,
): ResolvedPlaceholder {
  const [name = '', ...options] = inside.split('|').map((part) => part.trim());
  if ((weekNames as readonly string[]).includes(name))
    return resolveWeek(name as WeekName, options, after, before, publishable);
  const [room, thing, breakdown, more] = name.split('.');
  const indicator = `${room}.${thing}` as Indicator;
  if (!(indicator in indicators) || more !== undefined) return { problem: unknownName(name) };
  if (breakdown === undefined) return resolveFigure(indicator, options, after, before, publishable);
  return resolveParts(indicator, breakdown as Breakdown, options, publishable);
}

function resolveFigure(
  indicator: Indicator,
  options: readonly string[],
  after: string,
  before: string,
  publishable: PublishableReturn,
): ResolvedPlaceholder {
  const figure = publishable.figures[indicator];
  if (!figure) return { problem: explainWithheld(indicator, publishable) };
  const text = resolveQuantity(figure.total, indicator, meanings[indicator].things, options, after, before);
  return 'problem' in text ? text : { key: indicator, ...text };
}

function resolveQuantity(
  quantity: Quantity,
  name: string,
  things: readonly Thing[],
  options: readonly string[],
  after: string,
  before: string,
): PrintedWords | Problem {
  const [one, many, none] = options;
  if (one === undefined) {
    const noun = nounsIn(/^[^.,;:!?]*/.exec(after)?.[0] ?? '', 3)[0];
    if (noun && !things.includes(noun.thing)) return wrongNounProblem(name, noun.word);
    const isOne = quantity.kind === 'number' && quantity.value === 1;
    if (noun && noun.number !== 'either' && (noun.number === 'one') !== isOne) {
      return {
        problem: `The number does not agree with "${noun.word}". Take the figure with its noun from the list instead.`,
      };
    }
    if (!/^\s+[A-Za-z]/.test(after)) return ownWords(quantityAlone(quantity));
    return ownWords(smallWord.test(after) ? quantityAsPart(quantity) : quantityBeforeWord(quantity));
  }
  if (many === undefined || options.length > 3 || options.includes('')) {
    return {
      problem: 'The words of this figure are not complete. Take the figure from the list again.',
    };
  }
  if (numbersIn(`${one} | ${many}`).length > 0 || numbersIn(none ?? '').some(({ kind }) => kind !== 'nought')) {
    return {
      problem:
        'A number stands among the words of this figure. The figure brings its own. Take it from the list again.',
    };
  }
  const [wrong] = options.map((option) => nounsIn(option)[0]).filter((noun) => noun && !things.includes(noun.thing));
  if (wrong) return wrongNounProblem(name, wrong.word);
  if (none !== undefined && !mayStandForNought(none, things)) {
    return {
      problem: `The words for nought may say only "no", "none" or "nobody", what the figure counts, and a verb. "${none}" says more. Take the figure from the list again.`,
    };
  }
  const forms = { one, many, none };
  const { count, words } = countWithWords(quantity, forms, carriesVerb(forms) || beginsSentence(before));
  return { text: `${count} ${words}`.trim(), own: count.length, forms: options };
}

/** Words that follow a count without being counted: "none in Watford", not "no in Watford". */
const smallWord = /^\s+(?:in|at|of|and|or|by|on|from|to|over|under|with|was|were|is|are|has|have|had|did)\b/;

function resolveParts(
  indicator: Indicator,
  breakdown: Breakdown,
  options: readonly string[],
  publishable: PublishableReturn,
): ResolvedPlaceholder {
  const key: FigureKey = `${indicator}.${breakdown}`;
  const offered = breakdownsOf[indicator] ?? [];
  if (!offered.includes(breakdown)) {
    return { problem: `The figure "${indicators[indicator]}" has no such parts. Take a figure from the list.` };
  }
  const figure = publishable.figures[indicator];
  const cells = figure?.breakdowns[breakdown];
  if (!figure || !cells) return { problem: explainWithheld(key, publishable) };
  if (options.length === 0) return { key, ...ownWords(formatParts(figure, breakdown, cells)) };
  if (options.length > 1 || options[0] !== 'names') {
    return { problem: 'Parts of a figure take no other words. Take the figure from the list again.' };
  }
  return { key, ...ownWords(formatPartNames(breakdown, cells)), isNames: true };
}

function resolveWeek(
  name: WeekName,
  options: readonly string[],
  after: string,
  before: string,
  { facts }: PublishableReturn,
): ResolvedPlaceholder {
  if (name === 'week.countries') {
    const count: Quantity =
      facts.participatingCountries === null ? { kind: 'not known' } : exactly(facts.participatingCountries);
    const text = resolveQuantity(count, name, ['country'], options, after, before);
    return 'problem' in text ? text : { key: name, ...text };
  }
  if (options.length > 0) return { problem: 'Dates take no other words. Take the dates from the list again.' };
  return { key: name, ...ownWords(dayRange(...(name === 'week.dates' ? facts.officialDates : facts.localDates))) };
}

const wrongNounProblem = (name: string, word: string): Problem => ({
  problem: `This figure counts ${countedBy(name)}, not what "${word}" names. Use the figure that does, or another word.`,
});

/** Why a figure that exists is not to be had here. */
function explainWithheld(key: FigureKey, { withheld, counted: { figures } }: PublishableReturn): string {
  const [room, name] = key.split('.');
  const rule = withheld.find((one) => one.key === key) ?? withheld.find((one) => one.key === `${room}.${name}`);
  if (rule) return `Not told, by the rule "${rule.rule}": ${rule.why} Told instead: ${rule.instead}.`;
  const has = figures[`${room}.${name}` as Indicator] ? 'does not break this figure down so' : 'does not count this';
  return `The return ${has}: ${describeKey(key)}. Take the sentence out, or ask for the return to be revised.`;
}

function unknownName(name: string): string {
  const near = [...Object.keys(indicators), ...weekNames].find(
    (one) => distance(one, name.split('.').slice(0, 2).join('.')) < 3,
  );
  const meant = near && indicators[near as Indicator];
  return `There is no figure called "${name}".${meant ? ` Did you mean the figure "${meant}"?` : ''} Take a figure from the list.`;
}

/** How many letters must change to make one word the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** How a figure is printed: what it says itself alone, or with marks around it. Words of a writer get no marks. */
export type PrintFigure = (own: string) => string;
const wordsAlone: PrintFigure = (own) => own;
const asItself = (words: string): string => words;

function printPiece({ text, own = text.length }: Piece, print: PrintFigure, escapeWords = asItself): string {
  return print(escapeWords(text.slice(0, own))) + escapeWords(text.slice(own));
}

/** A title or a sentence for the public: refused while any placeholder has a problem, so that none is ever seen raw. */
export function publicText(
  text: string,
  publishable: PublishableReturn,
  print: PrintFigure = wordsAlone,
): Result<string, 'a placeholder has a problem'> {
  const pieces = fillPlaceholders(text, publishable);
  if (pieces.some(({ problem }) => problem)) return refuse('a placeholder has a problem');
  return accept(pieces.map((piece) => (piece.key ? printPiece(piece, print) : piece.text)).join(''));
}

/** A text in words, whatever is missing: no placeholder is ever seen raw. */
export const printedText = (text: string, publishable: PublishableReturn): string =>
  fillPlaceholders(text, publishable)
    .map((piece) => piece.text)
    .join('');

const escapeForMarkdown = (words: string): string => words.replace(/[\\`*_[\]<>&#]/g, '\\$&');

/** Markdown for the public, its placeholders filled in and their words made safe for Markdown. */
export function publicMarkdown(
  source: string,
  publishable: PublishableReturn,
  print: PrintFigure = wordsAlone,
): Result<string, 'a placeholder has a problem'> {
  if (findExceededLimit(source, releaseLimits)) return refuse('a placeholder has a problem');
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const block of blocksOf(source)) {
    if (block.kind !== 'prose') {
      if (/[{}]/.test(block.text)) return refuse('a placeholder has a problem');
      continue;
    }
    for (const piece of fillPlaceholders(block.text, publishable)) {
      if (piece.problem) return refuse('a placeholder has a problem');
      if (!piece.key) continue;
      const [start, end] = [block.places[piece.start] ?? 0, (block.places[piece.end - 1] ?? 0) + 1];
      if (source.slice(start, end) !== block.text.slice(piece.start, piece.end))
        return refuse('a placeholder has a problem');
      edits.push({ start, end, text: printPiece(piece, print, escapeForMarkdown) });
    }
  }
  let [made, from] = ['', 0];
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
    made += source.slice(from, start) + text;
    from = end;
  }
  const said = made + source.slice(from);
  // An address or the title of a link is no place for a figure, and would be seen raw.
  return /\{\{|\}\}/.test(said) ? refuse('a placeholder has a problem') : accept(said);
}
