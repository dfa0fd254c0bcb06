/** Finds invented names and letters for people: they give no name away, but everybody can count them. Pure. */
import type { WatchedWord } from '../watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };

const changed =
  /\b(?:names? (?:[a-z]+ ){0,3}?(?:changed|altered|invented|made up)|(?:changed|invented|made-up|fictitious|assumed) names?|not (?:(?:her|his|their|the) )?real names?|pseudonyms?|as we (?:will |shall )?call (?:her|him|them))\b/gi;
/** "A., B. and C."; "A and E" is a part of a hospital. */
const letters =
  /(?<![\p{L}\p{N}&.])(?!A (?:and|&) E\b)(?<!\b(?:[Vv]itamins?|[Pp]lans?|[Pp]arts?|[Ss]ections?|[Pp]oints?|[Oo]ptions?|[Aa]nnex(?:es)?|[Cc]lass(?:es)?|[Ss]chedules?|[Ll]evels?|[Gg]rades?|[Gg]roups?) )\p{Lu}\.?(?:(?:, ?\p{Lu}\.?)*,? (?:and|&) \p{Lu}|(?:, ?\p{Lu})+)(?![\p{L}\p{N}'’])/gu;
const called =
  /\b(?:[Ww]om[ae]n|[Mm][ae]n|[Gg]irl|[Bb]oy|[Vv]ictim|[Ss]urvivor|[Pp]erson|[Ss]uspect|[Ww]orker|[Cc]hild|[Ww]itness) (?:\p{Lu}\.?|\d{1,2})(?![\p{L}\p{N}'’])/gu;

export const findInventedNames = ({ start, text }: Sentence): WatchedWord[] =>
  [changed, letters, called].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(
      ({ index, 0: { length } }): WatchedWord => ({
        start: start + index,
        end: start + index + length,
        kind: 'identifying',
        must: 'change',
        message:
          'Invented names or letters show how many people there are, and stand for one person each. Take them out.',
      }),
    ),
  );
