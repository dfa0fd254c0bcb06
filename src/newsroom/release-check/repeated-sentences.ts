/** Finds a sentence about people that stands more than once: a reader counts three equal lines as three people. Pure. */
import type { FindingDetails } from './finding.ts';
import { nounsIn } from './nouns.ts';
import type { ReadBlock } from './reader.ts';

type Repeated = { readonly read: ReadBlock; readonly start: number; readonly end: number };

/** Each time after the first, by its place in what is said. */
export function listRepeatedSentences(blocks: readonly ReadBlock[]): Repeated[] {
  const seen = new Set<string>();
  return blocks.flatMap((read) =>
    read.reader.sentences.flatMap(({ start, text }): Repeated[] => {
      const words = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      if (!nounsIn(text).some(({ thing }) => peopleCounted.has(thing))) return [];
      const isRepeated = seen.has(words);
      seen.add(words);
      return isRepeated ? [{ read, start, end: start + text.length }] : [];
    }),
  );
}
const peopleCounted: ReadonlySet<string> = new Set(['person', 'victim', 'offender', 'arrest', 'referral']);

export const repeatedSentence: FindingDetails = {
  kind: 'number',
  must: 'change',
  blocks: true,
  message: 'The same words about people stand here more than once, and a reader can count them. Say it once.',
  how: 'Keep the first of them, and take the others out.',
  offers: [],
};
