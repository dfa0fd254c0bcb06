/** The terms of entities as keyed digests, to store and to find. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { EntityContent } from '../entities/entity.ts';
import { digestTerms } from '../keyed-digest.ts';
import { findingTerms, type Query } from './finding-terms.ts';
import { linkingTerms } from './linking-terms.ts';
import type { StoredTerms } from './links-store.ts';

const use = 'intelligence links';

/** Two kinds may have a term in common, and are never linked. */
const ofKind = (content: EntityContent): readonly string[] =>
  linkingTerms(content).map((term) => `${content.kind} ${term}`);
const ofSearch = (terms: readonly string[]): readonly string[] => terms.map((term) => `find ${term}`);

/** Under the present key, to be stored. */
export const termsToStore = (keys: UnitKeys, content: EntityContent): StoredTerms => ({
  links: digestTerms([keys.derive(use)], ofKind(content)),
  search: digestTerms([keys.derive(use)], ofSearch(findingTerms(content))),
});

/** Under every key that the unit ever had, to find what was stored before. */
export const termsToFind = (keys: UnitKeys, content: EntityContent): readonly number[] =>
  digestTerms(keys.deriveEach(use), ofKind(content));

/** The same of a search: each typed word, and the typed text as one. */
export const termsOfQuery = (keys: UnitKeys, { words, whole }: Query) => {
  const each = keys.deriveEach(use);
  return {
    words: words.map((terms) => digestTerms(each, ofSearch(terms))),
    whole: digestTerms(each, ofSearch(whole)),
  };
};
