/** The words of an item's text as keyed digests: the search finds the text by them, and the database learns no word. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { toNamePart, toWords } from '../../vocabulary/languages/alike-names.ts';
import { digestTerms } from '../keyed-digest.ts';

const use = 'intelligence texts';
/** A text has at most 4,000 letters, so hardly more words. */
const mostWords = 1_000;
const mostAsked = 6;

/** In small Latin letters without accents, whatever the script; one letter alone says nothing. */
const wordsOf = (text: string): readonly string[] =>
  [...new Set(toWords(text).map((word) => toNamePart(word).spelling))].filter((word) => word.length > 1);

export const textTermsToStore = (keys: UnitKeys, text: string): readonly number[] =>
  digestTerms([keys.derive(use)], wordsOf(text).slice(0, mostWords));

/** Each typed word, under every key that the unit ever had. */
export const textTermsToFind = (keys: UnitKeys, typed: string): readonly (readonly number[])[] =>
  wordsOf(typed)
    .slice(0, mostAsked)
    .map((word) => digestTerms(keys.deriveEach(use), [word]));
