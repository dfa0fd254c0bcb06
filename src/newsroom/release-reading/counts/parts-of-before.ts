/** Reads the parts of a count that the sentence before gives: "Of those, 12 were car washes and six were takeaways." */

import type { ClaimContent } from '../parsed-release.ts';
import { businessOf } from '../things.ts';
import { mentionsIn } from './noun-phrases.ts';
import { positiveNumber } from './numbers.ts';

const lead = /^(?:Of (?:those|these|them|the (?:\d+|[a-z]+)),? |(?:These|They|Those) (?:included|comprised|were) )/;
const were = new RegExp(`(?<number>${positiveNumber}) (?:were|was) (?=[a-z])`, 'g');

/** Premises by their kind, where the sentence before counted premises once. */
export function partsOfBefore(text: string, before: readonly ClaimContent[]): ClaimContent[] {
  const wholes = before.filter((one) => one.kind === 'premises');
  const [whole] = wholes;
  if (wholes.length !== 1 || whole?.kind !== 'premises' || !lead.test(text)) return [];
  // "12 were car washes" is read as "12 car washes".
  const plain = text.replace(were, '$<number> ');
  return mentionsIn(plain).flatMap((mention): ClaimContent[] => {
    const business = mention.class === 'premises' && !mention.article ? businessOf(mention.words) : null;
    if (business === null || mention.definite || mention.count.value > whole.count.value) return [];
    const { count } = mention;
    return [{ kind: 'premises', count, town: null, scope: 'part', business, power: whole.power }];
  });
}
