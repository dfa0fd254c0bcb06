/** The layout around a public page in its reader's language. */
import type { PublicLanguages } from '../../platform/http/sites.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { type Language, ownWords, type Translator } from './language.ts';
import { languageOf, languages, source, translatorFor } from './load.ts';
import { findWholeReview } from './reviews.ts';

const formatDayIn = (code: string, day: string): string =>
  new Intl.DateTimeFormat(code, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

type TranslationStatus = { readonly own: string; readonly english: string };

/** What the frame of a public page says, and by which words. */
type Shell = Translator & {
  readonly direction: Language['direction'];
  readonly translated: true;
  readonly translation: TranslationStatus | undefined;
};

/** Who vouches for the words: said in the language itself, and in English. While one sentence is not reviewed, nobody does. */
function translationStatusOf(
  language: Language,
  original: Language,
  { plain }: Translator,
): TranslationStatus | undefined {
  if (language === original) return undefined;
  const { code, english } = language;
  const reviewed = findWholeReview(language, original);
  if (reviewed === null)
    return {
      own: plain('shell.unreviewed'),
      english: `A computer made this translation. No speaker of ${english} has checked all of it yet.`,
    };
  const { by, on } = reviewed;
  return {
    own: plain('shell.reviewed', { who: by, when: formatDayIn(code, on) }),
    english: `A speaker of ${english} checked this translation, ${by}, on ${longDay(on)}.`,
  };
}

/** Who vouches for the words of a language; undefined for English. */
export const translationOf = (code: string): TranslationStatus | undefined =>
  translationStatusOf(languageOf(code), source, translatorFor(code));

/** The frame in a language; `words` are of that language. */
export function createShell(language: Language, original: Language, words: Translator): Shell {
  const { code, direction } = language;
  return {
    ...words,
    language: code,
    direction,
    translated: true,
    translation: translationStatusOf(language, original, words),
  };
}

const shells = new Map<string, Shell>();

export const publicLanguages: PublicLanguages = {
  all: languages.map(({ code, name, direction }) => ({ code, name, direction })),
  emergencyIn: (code) => ownWords(translatorFor(code), 'emergency.now'),
  shellOf: (code) => {
    const language = languageOf(code);
    const shell = shells.get(language.code) ?? createShell(language, source, translatorFor(language.code));
    shells.set(language.code, shell);
    return shell;
  },
};
