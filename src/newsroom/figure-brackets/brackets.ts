/** Figures in curly brackets: a stored text as its writer sees it, "{eight addresses}", and back to its placeholders. Pure. */
import { type Indicator, indicators } from '../../vocabulary/figures.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import { blocksOf } from '../drafting/markdown.ts';
import { fillPlaceholders, type Piece } from '../drafting/placeholder.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { figureName } from './figure-names.ts';

/** A text with placeholders, as it is stored. Of `lines`, each is a text of its own. */
export type StoredText = { readonly text: string; readonly form: 'plain' | 'lines' | 'markdown' };

/** A bracket that cannot be read back: what was typed, and the sentence around it. */
export type UnknownBracket = { readonly bracket: string; readonly sentence: string };

/** A bracket that prints no figure, and why. */
export type BracketProblem = { readonly bracket: string; readonly reason: string };

/** The words of a bracket, and the inside of the placeholder that it stands for. */
export type BracketEntry = readonly [words: string, placeholder: string];

type Place = {
  readonly start: number;
  readonly end: number;
  readonly stored: string;
  readonly printed: string;
  /** How much of it comes from the figure: words of the writer follow. */
  readonly own?: string;
  readonly problem?: string | undefined;
};

/** A placeholder, a bracket of single braces, or braces without a partner. */
const slot = /\{\{[^{}]*\}\}|\{[^{}]*\}|[{}]+/g;
const isPlaceholder = (stored: string): boolean => /^\{\{[^{}]*\}\}$/.test(stored);
const keyOf = (stored: string): string => stored.slice(2, -2).split('|')[0]?.trim() ?? '';

/** One line without braces and without characters that no form lets in. */
const tidyWords = (words: string): string =>
  words
    .normalize('NFC')
    .replace(/[{}\p{Cc}\p{Co}\u2028\u2029\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Capitals, the kind of apostrophe and the width of a space do not tell two brackets apart. */
const comparable = (words: string): string => tidyWords(words).replace(/[‘’]/g, "'").toLowerCase();

/** Whether a placeholder names a figure that exists: any of these may be typed by hand. */
export const isTypable = (stored: string): boolean => isPlaceholder(stored) && figureName(keyOf(stored)) !== undefined;

/** What a bracket says for a figure that cannot be printed. */
function wordsOfProblem(stored: string, publishable: PublishableReturn | null): string {
  const key = keyOf(stored);
  const name = figureName(key);
  if (name === undefined) return 'unknown figure';
  if (!publishable) return `${name}: cannot be read`;
  const [group, thing, breakdown] = key.split('.');
  const has = ({ figures }: Pick<PublishableReturn, 'figures'>): boolean => {
    const figure = figures[`${group}.${thing}` as Indicator];
    return group === 'week' || (figure !== undefined && (breakdown === undefined || breakdown in figure.breakdowns));
  };
  if (has(publishable)) return `${name}: cannot be printed`;
  return has(publishable.counted) ? `${name}: withheld` : `${name}: not counted`;
}

/** The placeholders of a text as they print where they stand, by their place. */
function printedPieces({ text, form }: StoredText, publishable: PublishableReturn): Map<number, Piece> {
  const pieces = new Map<number, Piece>();
  const add = (piece: Piece, start: number, end: number): void => {
    if (isPlaceholder(text.slice(start, end))) pieces.set(start, piece);
  };
  if (form !== 'markdown') {
    for (const { index, 0: part } of text.matchAll(form === 'plain' ? /[\s\S]+/g : /.+/g))
      for (const piece of fillPlaceholders(part, publishable)) add(piece, index + piece.start, index + piece.end);
    return pieces;
  }
  if (findExceededLimit(text, releaseLimits)) return pieces;
  for (const block of blocksOf(text)) {
    if (block.kind !== 'prose') continue;
    for (const piece of fillPlaceholders(block.text, publishable))
      add(piece, block.places[piece.start] ?? 0, (block.places[piece.end - 1] ?? 0) + 1);
  }
  return pieces;
}

/** A placeholder as it prints inside a sentence, whatever stands around it. */
const printedAlone = (stored: string, publishable: PublishableReturn): Piece | undefined =>
  fillPlaceholders(`x ${stored}`, publishable).at(-1);

function placesIn(source: StoredText, publishable: PublishableReturn | null): Place[] {
  const pieces = publishable ? printedPieces(source, publishable) : new Map<number, Piece>();
  return [...source.text.matchAll(slot)].map(({ index: start, 0: stored }): Place => {
    const place = { start, end: start + stored.length, stored };
    if (!isPlaceholder(stored)) {
      const inside = tidyWords(stored);
      return { ...place, printed: inside || 'curly bracket', problem: strayBracket };
    }
    const piece = publishable ? (pieces.get(start) ?? printedAlone(stored, publishable)) : undefined;
    if (!piece || piece.problem)
      return { ...place, printed: wordsOfProblem(stored, publishable), problem: piece?.problem ?? unreadable };
    return {
      ...place,
      printed: tidyWords(piece.text) || 'no words',
      own: tidyWords(piece.text.slice(0, piece.own)),
    };
  });
}

/** What a placeholder of the list prints, or what it is called where it cannot. */
function printedOffer(stored: string, publishable: PublishableReturn | null): string {
  const piece = publishable && printedAlone(stored, publishable);
  return piece && !piece.problem ? tidyWords(piece.text) || 'no words' : wordsOfProblem(stored, publishable);
}

const strayBracket = 'These brackets stand for no figure. Take them out, or take a figure from the list.';
const unreadable = 'The signed figures cannot be read at the moment.';

export class FigureBrackets {
  readonly #publishable: PublishableReturn | null;
  /** The stored text of each bracket, by its words. */
  readonly #known = new Map<string, string>();
  /** What follows the printed words of a place: nothing, or the name of its figure. */
  readonly #endings = new Map<string, string>();
  readonly #offered: ReadonlyMap<string, Place>;

  /**
   * Takes the texts that are shown, the placeholders that may be taken from a list, and the brackets that a form was
   * sent with: those keep their meaning. Two placeholders that print the same words are told apart by their figure.
   */
  constructor(
    publishable: PublishableReturn | null,
    {
      texts,
      offered = [],
      sent = [],
    }: {
      readonly texts: readonly StoredText[];
      readonly offered?: readonly string[];
      readonly sent?: readonly BracketEntry[];
    },
  ) {
    this.#publishable = publishable;
    for (const [words, inside] of sent) this.#known.set(comparable(words), `{{${inside}}}`);
    const places = texts.flatMap((text) => placesIn(text, publishable));
    const inTexts = Map.groupBy(places, ({ printed }) => comparable(printed));
    this.#offered = new Map(
      offered.map((stored) => [
        stored,
        this.#offer(stored, inTexts.get(comparable(printedOffer(stored, publishable))) ?? []),
      ]),
    );
    this.#nameAll(places);
    this.#nameAll([...this.#offered.values()]);
  }

  /** The text with its figures as they print now, each in single brackets. */
  show(source: StoredText): string {
    let [shown, from] = ['', 0];
    for (const place of placesIn(source, this.#publishable)) {
      shown += source.text.slice(from, place.start) + this.#bracketOf(place);
      from = place.end;
    }
    return shown + source.text.slice(from);
  }

  /** A placeholder of the list as a bracket. Undefined for one that was not offered. */
  showOffered(stored: string): string | undefined {
    const place = this.#offered.get(stored);
    return place && this.#bracketOf(place);
  }

  /** What is wrong with the figures of a text, each bracket once. */
  problemsIn(source: StoredText): BracketProblem[] {
    const found = new Map<string, string>();
    for (const place of placesIn(source, this.#publishable))
      if (place.problem) found.set(this.#bracketOf(place), place.problem);
    return [...found].map(([bracket, reason]) => ({ bracket, reason }));
  }

  /** What was typed as it is stored. A bracket that nobody knows is named, and stays as it was typed. */
  read(typed: string): { readonly stored: string; readonly unknown: readonly UnknownBracket[] } {
    const unknown: UnknownBracket[] = [];
    const stored = typed.replace(slot, (bracket: string, at: number) => {
      if (isTypable(bracket)) return bracket;
      const known = /[^{}]/.test(bracket) ? this.#known.get(comparable(bracket)) : undefined;
      if (known === undefined) unknown.push({ bracket, sentence: sentenceAround(typed, at, at + bracket.length) });
      return known ?? bracket;
    });
    return { stored, unknown };
  }

  /** The brackets of a form, to be sent back with it: those that may be typed by hand, and no other. */
  entries(): BracketEntry[] {
    return [...this.#known].flatMap(([words, stored]): BracketEntry[] =>
      isTypable(stored) ? [[words, stored.slice(2, -2)]] : [],
    );
  }

  /** Where a text or the form has the same figure in the same words already, that placeholder is offered. */
  #offer(stored: string, inTexts: readonly Place[]): Place {
    const printed = printedOffer(stored, this.#publishable);
    const held = this.#known.get(comparable(printed));
    const same = [held, ...inTexts.map((place) => place.stored)].find(
      (one) => one !== undefined && isTypable(one) && keyOf(one) === keyOf(stored),
    );
    return { start: 0, end: 0, stored: same ?? stored, printed };
  }

  /** Braces that came with a form are not made known by showing them: they stay as they were typed. */
  #bracketOf(place: Place): string {
    if (isPlaceholder(place.stored)) this.#name(place, false);
    const ending = this.#endings.get(nameOf(place));
    return ending === undefined ? place.stored : `{${place.printed}${ending}}`;
  }

  /** Places of a text come first: of those that print the same as a text, the ones of the list alone are told apart. */
  #nameAll(places: readonly Place[]): void {
    const alike = Map.groupBy(places, ({ printed }) => comparable(printed));
    for (const place of places) {
      const others = alike.get(comparable(place.printed)) ?? [];
      const isShared = others.some(({ stored }) => stored !== place.stored);
      this.#name(place, isShared);
    }
  }

  #name(place: Place, isShared: boolean): void {
    if (this.#endings.has(nameOf(place))) return;
    for (const ending of this.#endingsFor(place, isShared)) {
      const words = comparable(place.printed + ending);
      if ((this.#known.get(words) ?? place.stored) !== place.stored) continue;
      this.#endings.set(nameOf(place), ending);
      this.#known.set(words, place.stored);
      return;
    }
  }

  /** Nothing where that is enough; else the name of the figure, unless the words begin with it; and at last a number. */
  *#endingsFor({ stored, printed }: Place, isShared: boolean): Generator<string> {
    const name = figureName(keyOf(stored)) ?? (isPlaceholder(stored) ? printed : 'not a figure');
    const label = printed.startsWith(name) ? '' : `: ${name}`;
    const isKnown = this.#known.get(comparable(printed)) === stored;
    if (isKnown || !isShared) yield '';
    yield label;
    for (let number = 2; ; number += 1) yield `${label}, ${number}`;
  }
}

const nameOf = ({ stored, printed }: Place): string => `${stored}\n${comparable(printed)}`;

/** Letters on each side of a bracket that a message repeats at most. */
const mostAround = 80;

/** The sentence or line of a text in which a place stands, shortened where it is long. */
function sentenceAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - mostAround), start);
  const after = text.slice(end, end + mostAround);
  const begin = Math.max(...[...before.matchAll(/[.!?]\s+|\n/g)].map(({ index, 0: { length } }) => index + length), -1);
  const stop = /[.!?](?=\s|$)|(?=\n)/.exec(after);
  const head = begin >= 0 ? before.slice(begin) : `${start > mostAround ? '…' : ''}${before}`;
  const tail = stop
    ? after.slice(0, stop.index + stop[0].length)
    : `${after}${text.length > end + mostAround ? '…' : ''}`;
  return `${head}${text.slice(start, Math.min(end, start + mostAround))}${tail}`.trim();
}

/** A figure of a text: what it prints there, the words that a writer put behind it, its name and what it counts. */
export type PrintedFigure = {
  readonly printed: string;
  readonly words: string;
  readonly name: string;
  /** Empty where the name says it. */
  readonly means: string;
};

const meaningOf = (key: string, name: string): string => {
  const means = indicators[key as Indicator] ?? '';
  return means === name ? '' : means;
};

/** The figures that a reader finds in these texts, in their order, each once. */
export function printedFigures(texts: readonly StoredText[], publishable: PublishableReturn): PrintedFigure[] {
  const found = new Map<string, PrintedFigure>();
  for (const { stored, printed, own = printed, problem } of texts.flatMap((text) => placesIn(text, publishable))) {
    const name = figureName(keyOf(stored));
    const id = `${name} ${comparable(printed)}`;
    if (name !== undefined && !problem && !found.has(id))
      found.set(id, {
        printed: own,
        words: printed.slice(own.length).trim(),
        name,
        means: meaningOf(keyOf(stored), name),
      });
  }
  return [...found.values()];
}
