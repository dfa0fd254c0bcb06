/** What the words around a number say it counts, whatever its value. Pure. */
import type { Indicator } from '../../vocabulary/figures.ts';
import { meanings, nounsIn, type Thing } from './nouns.ts';
import type { NumberFound } from './numbers.ts';

export function isAbout(indicator: Indicator, sentence: string): boolean {
  const { things, hint } = meanings[indicator];
  return hint.test(sentence) && thingsIn(sentence).some((thing) => things.includes(thing));
}

/** Of a sentence with many numbers it is asked for each number and each figure: the last answer is kept. */
const thingsIn = (() => {
  let last = { sentence: '', things: [] as readonly Thing[] };
  return (sentence: string): readonly Thing[] => {
    if (last.sentence !== sentence) last = { sentence, things: nounsIn(sentence).map(({ thing }) => thing) };
    return last.things;
  };
})();

/** The words that a number stands before, up to the next pause. */
export const wordsAfter = (number: NumberFound, said: string): string =>
  /^[^.;!?]*?(?=,| and |[.;!?]|$)/.exec(said.slice(number.end, number.end + 80))?.[0] ?? '';

/** Whether a number in such a sentence is one of this figure, whatever its value. */
export function isNumberOf(indicator: Indicator, number: NumberFound, said: string, sentence: string): boolean {
  const [noun] = nounsIn(wordsAfter(number, said), 3);
  return (!noun || meanings[indicator].things.includes(noun.thing)) && isAbout(indicator, sentence);
}

/** Words by which a text tells women from men. */
export const sexes: Readonly<Record<string, RegExp>> = {
  female: /\b(?:wom[ae]n|girls?|females?)\b/i,
  male: /\b(?:m[ae]n|boys?|males?)\b/i,
};
