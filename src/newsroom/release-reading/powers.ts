/** Reads which power of entry a sentence speaks of: a warrant or a visit. */
import { numberOf, positiveNumber } from './counts/numbers.ts';
import type { ClaimContent } from './parsed-release.ts';

const warrantVerb = '(?:executed|served|carried out|exercised|conducted|undertaken)';
const ofWarrants = '(?:(?!in\\b|at\\b|of\\b|to\\b|and\\b|or\\b|from\\b|with\\b|for\\b|our\\b)[a-z-]+ )';
const warrantSaid = new RegExp(
  `\\b(?:(?<number>${positiveNumber}) )?${ofWarrants}{0,2}?warrants?\\b(?: (?:were|was|have been|` +
    `being))?(?: also)? ${warrantVerb}\\b|\\b(?:${warrantVerb}|executing|serving|` +
    `carrying out) (?:(?<number2>${positiveNumber}) )?${ofWarrants}{0,3}?warrants?\\b`,
  'gi',
);
const place =
  '\\b(?:premises|address(?:es)?|propert(?:y|ies)|business(?:es)?|venues?|locations?|sites|brothels?|' +
  'parlours?|bars|washes|farms|restaurants|takeaways|shops|salons|factories|hotels|houses|flats)\\b';
const visitSaid = new RegExp(
  `\\b(?:visited|visiting|to visit)\\b[^;]*${place}|\\bvisits? (?:(?:were|was)(?: also)? (?:made|paid|` +
    `carried out|conducted)|to|at|took place)\\b[^;]*${place}|${place}[^;]{0,160}\\b(?:were|was|` +
    'have been)(?: also)? visited\\b',
  'i',
);

/** Which power of entry a sentence speaks of, and how many warrants where it says. */
export function powersIn(text: string): ClaimContent[] {
  const warrants: ClaimContent[] = [...text.matchAll(warrantSaid)].map(({ groups = {} }) => {
    const value = numberOf(groups['number'] ?? groups['number2'] ?? '');
    return {
      kind: 'power',
      power: 'warrant',
      count: value === null ? null : { kind: 'number', value, qualifier: 'exact' },
    };
  });
  return visitSaid.test(text) ? [...warrants, { kind: 'power', power: 'visit', count: null }] : warrants;
}
