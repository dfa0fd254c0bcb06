/** A text of a release as its reader sees it, by block: figures filled in, with the source position of each letter. */
import { type Block, blocksOf } from '../drafting/markdown.ts';
import { fillPlaceholders, type Piece } from '../drafting/placeholder.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { toPlainText } from './lookalike-characters.ts';

/** How a field is printed: the body as Markdown, everything else letter by letter. */
export type Form = 'markdown' | 'plain';
type Span = { readonly start: number; readonly end: number };

/** A figure in what is said: where it begins, where its own words end, and where those of its writer end. */
export type FigureSpan = {
  readonly piece: Piece;
  readonly start: number;
  readonly ownEnd: number;
  readonly end: number;
};

export type BlockReading = {
  readonly pieces: readonly Piece[];
  /** The text with its figures, as it is written. */
  readonly written: string;
  /** The same as the checks read it: as long, without accents. */
  readonly said: string;
  readonly sentences: readonly { readonly start: number; readonly text: string }[];
  /** Where the text says a name that the return itself carries: a force, a unit, a partner, an area. */
  readonly names: readonly (readonly [from: number, to: number])[];
  /** Those of them that an organisation bears or that is the area: not the names that a planner made up. */
  readonly agreedNames: readonly (readonly [from: number, to: number])[];
  /** From a place in what is said to the place in the block as typed. */
  readonly from: (index: number) => number;
  readonly to: (index: number) => number;
  /** Whether all of it comes from figures: a number, a place or a date, and no word of a writer. */
  readonly isBound: (span: Span) => boolean;
  /** The same, where "one person" may have its noun from a writer: that says no more than the number. */
  readonly isBoundPerson: (span: Span) => boolean;
  readonly figures: readonly FigureSpan[];
  readonly sentenceAt: (index: number) => { readonly start: number; readonly text: string };
  /** The sentence as typed in which this place of the block stands. */
  readonly typedSentenceAt: (typedAt: number) => string;
};

export type ReadBlock = { readonly block: Block; readonly reader: BlockReading };

export function readBlocks(source: string, publishable: PublishableReturn, form: Form): ReadBlock[] {
  const blocks = form === 'markdown' ? blocksOf(source) : plainBlocks(source);
  return blocks.map((block) => ({ block, reader: readBlock(block, publishable) }));
}

/** One block for each paragraph; every letter is printed, whatever it would mean in Markdown. */
const plainBlocks = (source: string): Block[] =>
  [...source.matchAll(/\S(?:(?!\n\s*\n)[\s\S])*/g)].map(({ index, 0: text }) => ({
    kind: 'prose',
    text: text.replaceAll('\n', ' '),
    places: Array.from({ length: text.length }, (_, at) => index + at),
    end: index + text.length,
  }));

function readBlock(block: Block, publishable: PublishableReturn): BlockReading {
  const pieces = block.kind === 'prose' ? fillPlaceholders(block.text, publishable) : [];
  const written = pieces.map(({ text }) => text).join('');
  const said = toPlainText(written);
  const spans: { readonly from: number; readonly to: number; readonly piece: Piece }[] = [];
  let at = 0;
  for (const piece of pieces) {
    spans.push({ from: at, to: at + piece.text.length, piece });
    at += piece.text.length;
  }
  const spanAt = (index: number) => spans.find(({ from, to }) => from <= index && index < to);
  const isFilled = (piece: Piece): boolean => piece.key !== undefined || piece.problem !== undefined;
  const from = (index: number): number => {
    const span = spanAt(index);
    if (!span) return spans.at(-1)?.piece.end ?? 0;
    return isFilled(span.piece) ? span.piece.start : span.piece.start + index - span.from;
  };
  const to = (index: number): number => {
    const span = spanAt(index - 1);
    if (!span) return spans.at(-1)?.piece.end ?? 0;
    return isFilled(span.piece) ? span.piece.end : span.piece.start + index - span.from;
  };
  const firstTyped = (start: number, end: number): number => {
    for (let index = start; index < end; index += 1) {
      const span = spanAt(index);
      if (!span || index >= span.from + ownOf(span.piece)) return index;
    }
    return end;
  };
  const sentences: { start: number; text: string }[] = [];
  for (const match of said.matchAll(/\S.*?(?:(?<!\b(?:Mrs?|Ms|Mx|Dr|Mme|Prof|Rev|St))[.!?]+["”’)]*(?=\s)|$)/gs))
    sentences.push({ start: match.index, text: match[0] });
  const whole = { start: 0, text: said };
  return {
    pieces,
    written,
    said,
    sentences,
    ...namesOfReturn(written, publishable),
    from,
    to,
    isBound: ({ start, end }) => firstTyped(start, end) === end,
    isBoundPerson: ({ start, end }) => {
      const typed = firstTyped(start, end);
      const isFigure = typed > start && spanAt(end - 1)?.piece.key !== undefined;
      return typed === end || (isFigure && /^ person$/i.test(said.slice(typed, end)));
    },
    figures: spans.flatMap(({ from: begin, to: finish, piece }) =>
      piece.key ? [{ piece, start: begin, ownEnd: begin + ownOf(piece), end: finish }] : [],
    ),
    sentenceAt: (index) => sentences.find(({ start, text }) => index < start + text.length) ?? whole,
    typedSentenceAt: (typedAt) => {
      const around = sentences.find(({ start, text }) => typedAt < to(start + text.length)) ?? whole;
      return block.text.slice(from(around.start), to(around.start + around.text.length)).trim();
    },
  };
}

const ownOf = ({ text, key, own = text.length, problem }: Piece): number =>
  problem !== undefined ? text.length : key === undefined ? 0 : own;

function namesOfReturn(written: string, { facts }: PublishableReturn): Pick<BlockReading, 'names' | 'agreedNames'> {
  const spansOf = (name: string): (readonly [number, number])[] => {
    const found: (readonly [number, number])[] = [];
    for (let at = name ? written.indexOf(name) : -1; at >= 0; at = written.indexOf(name, at + 1))
      found.push([at, at + name.length]);
    return found;
  };
  const agreed = [facts.area, facts.leadAgency, facts.unit, ...facts.partners, ...facts.ownUnits];
  const agreedNames = agreed.flatMap(spansOf);
  const planned = [facts.codeName, facts.weekName, facts.parentWeekName ?? ''];
  return { agreedNames, names: [...agreedNames, ...planned.flatMap(spansOf)] };
}
