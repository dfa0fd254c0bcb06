/** Where a field of a release says a name of the case, in the places of the field as typed. */

import { linksOf } from '../drafting/markdown.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { type CaseNames, findCaseNames } from './case-names.ts';
import type { Finding } from './finding.ts';
import { type Form, type ReadBlock, readBlocks } from './reader.ts';

export type NamePlace = Pick<Finding, 'start' | 'end' | 'typed' | 'sentence'> & {
  /** The records that may be meant: for the access log, never for a page. */
  readonly records: readonly string[];
};

/** In the order of the text. What a figure or a partner's agreed name prints is not compared: neither was typed. The name of a week and a code name were, in the plan. */
export function findNames(source: string, publishable: PublishableReturn, names: CaseNames, form: Form): NamePlace[] {
  const blocks = readBlocks(source, publishable, form);
  const printed = blocks.flatMap(({ block, reader }): NamePlace[] =>
    findCaseNames(block.kind === 'prose' ? reader.written : block.text, names).flatMap(({ start, end, records }) => {
      if (block.kind !== 'prose') return [placeOf(source, block.places[0] ?? block.end, block.end, records)];
      const isAgreed = reader.agreedNames.some(([from, to]) => from <= start && end <= to);
      if (isAgreed || reader.isBound({ start, end })) return [];
      const [from, to] = [reader.from(start), reader.to(end)];
      const at = block.places[from] ?? block.end;
      const stop = (block.places[to - 1] ?? block.end) + 1;
      return [{ ...placeOf(source, at, stop, records), sentence: reader.typedSentenceAt(from) }];
    }),
  );
  const unprinted = blocks
    .flatMap((read) => findInForms(source, read, names))
    .filter(({ start, end }) => !printed.some((place) => place.start <= start && end <= place.end));
  const found = [...printed, ...unprinted];
  const links = form === 'markdown' ? linksOf(source) : [];
  const inAddresses = links.flatMap(({ address, start, end }) => {
    const records = findCaseNames(wordsOf(address), names).flatMap((one) => one.records);
    return records.length > 0 ? [placeOf(source, start, end, records)] : [];
  });
  return [...found, ...inAddresses].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Names in the words that a writer gave a figure, also in those that a revised return would print. */
const findInForms = (source: string, { block, reader }: ReadBlock, names: CaseNames): NamePlace[] =>
  reader.figures.flatMap(({ piece: { start: from, end: to, forms = [] } }): NamePlace[] => {
    const records = forms.flatMap((words) => findCaseNames(words, names).flatMap((one) => one.records));
    if (records.length === 0) return [];
    const place = placeOf(source, block.places[from] ?? block.end, (block.places[to - 1] ?? block.end) + 1, records);
    return [{ ...place, sentence: reader.typedSentenceAt(from) }];
  });

const placeOf = (source: string, start: number, end: number, records: readonly string[]): NamePlace => {
  const typed = source.slice(start, end);
  return { start, end, typed, sentence: typed, records: [...new Set(records)] };
};

/** The words of an address: "/maria-popescu%20x" says three. */
function wordsOf(address: string): string {
  try {
    return decodeURIComponent(address).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
  } catch {
    return address.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
  }
}
