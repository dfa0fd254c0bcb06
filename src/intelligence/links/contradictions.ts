/** What speaks against several entries being one and the same, so that a chain of likely pairs does not hide it. Pure. */

import type { EntityContent } from '../entities/entity.ts';
import { compareEntities, type Evidence } from './comparison.ts';

/** A page shows no more, and the comparison of all pairs stays quick. */
const mostCompared = 40;
const mostShown = 10;

/** The evidence against, of all pairs of these, each once; the strongest first, at most ten. */
export function listContradictions(contents: readonly EntityContent[]): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  const compared = contents.slice(0, mostCompared);
  for (const [at, one] of compared.entries())
    for (const other of compared.slice(at + 1))
      for (const evidence of compareEntities(one, other).evidence)
        if (evidence.weight < 0) found.set([evidence.says, ...evidence.values.toSorted()].join('\n'), evidence);
  return [...found.values()].toSorted((a, b) => a.weight - b.weight).slice(0, mostShown);
}
