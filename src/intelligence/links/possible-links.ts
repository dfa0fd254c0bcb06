/** Every pair of entities that may be one and the same, for the run over all of them. Pure. */

import type { EntityContent } from '../entities/entity.ts';
import { comparePrepared, leastTotal } from './comparison.ts';
import { preparedTerms } from './linking-terms.ts';
import { prepare } from './prepared-entity.ts';

export type LinkableEntity = { readonly id: string; readonly content: EntityContent; readonly itemId: string };
export type PossibleLink = { readonly one: string; readonly other: string; readonly total: number };

/** A term that more entities share than this links nothing by itself. */
export const mostSharing = 50;

/** Pairs of one kind, from different items, that share a linking term and weigh at least `leastTotal`, in order of their ids. */
export function findPossibleLinks(entities: readonly LinkableEntity[]): readonly PossibleLink[] {
  const sorted = entities.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const prepared = sorted.map(({ content }) => prepare(content));
  const { byTerm, termsOf } = indexTerms(prepared.map((entity) => [entity.kind, preparedTerms(entity)]));
  const links: PossibleLink[] = [];
  /** The last entity that each was compared with, so that no pair is compared twice. */
  const seen = new Int32Array(sorted.length).fill(-1);
  for (const [at, entity] of sorted.entries()) {
    const one = prepared[at];
    const candidates: number[] = [];
    for (const term of termsOf[at] ?? []) {
      const sharing = byTerm[term] ?? [];
      if (sharing.length > mostSharing) continue;
      for (const candidate of sharing) {
        if (candidate <= at || seen[candidate] === at) continue;
        seen[candidate] = at;
        candidates.push(candidate);
      }
    }
    for (const candidate of candidates.sort((a, b) => a - b)) {
      const [its, other] = [sorted[candidate], prepared[candidate]];
      if (one === undefined || its === undefined || other === undefined || its.itemId === entity.itemId) continue;
      const { total } = comparePrepared(one, other);
      if (total >= leastTotal) links.push({ one: entity.id, other: its.id, total });
    }
  }
  return links;
}

type TermIndex = { readonly byTerm: readonly (readonly number[])[]; readonly termsOf: readonly (readonly number[])[] };

/** Which entities share each term, and the terms of each entity, both by number. */
function indexTerms(all: readonly (readonly [kind: string, terms: readonly string[]])[]): TermIndex {
  const numbersOf = new Map<string, Map<string, number>>();
  const byTerm: number[][] = [];
  const termsOf = all.map(([kind, terms], at) => {
    const numbers = numbersOf.get(kind) ?? new Map<string, number>();
    numbersOf.set(kind, numbers);
    return terms.map((term) => {
      const number = numbers.get(term);
      if (number !== undefined) {
        byTerm[number]?.push(at);
        return number;
      }
      numbers.set(term, byTerm.length);
      return byTerm.push([at]) - 1;
    });
  });
  return { byTerm, termsOf };
}
