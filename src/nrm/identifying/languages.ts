/** Finds text in other languages: the check reads English only, so other text must not pass. */

import { isEnglish, small } from '../../vocabulary/languages/english-text.ts';
import { isImpersonalWord } from './capitals.ts';
import type { DirectIdentifier } from './found.ts';

type Word = { readonly from: number; readonly to: number; readonly isUnknown: boolean };

const isKnownWord = (low: string): boolean =>
  small.has(low) || isImpersonalWord(low.replace(/'s$/, '')) || isEnglish(low.replace(/'s$/, ''));

/** Two unknown words in a row, or most of any five: a typing error is a single word. */
export function otherLanguageIn(plain: string): readonly DirectIdentifier[] {
  const words = [...plain.matchAll(/\p{L}[\p{L}']*(?:-[\p{L}']+)*/gu)].map(
    ({ index, 0: text }): Word => ({
      from: index,
      to: index + text.length,
      isUnknown: text.length > 1 && !isKnownWord(text.toLowerCase().replace(/'+$/, '')),
    }),
  );
  const found: DirectIdentifier[] = [];
  words.forEach((word, place) => {
    const next = words[place + 1];
    const five = words.slice(place, place + 5);
    const touching = next !== undefined && /^[\s,]+$/.test(plain.slice(word.to, next.from));
    if (touching && word.isUnknown && next.isUnknown)
      found.push({ kind: 'another language', from: word.from, to: next.to });
    else if (word.isUnknown && five.filter(({ isUnknown }) => isUnknown).length >= 3)
      found.push({
        kind: 'another language',
        from: word.from,
        to: five.findLast(({ isUnknown }) => isUnknown)?.to ?? word.to,
      });
  });
  return found;
}
