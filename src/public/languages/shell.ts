/** The layout around a public page in its reader's language. */
import type { PublicLanguages } from '../../platform/http/sites.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Language, Translator } from './language.ts';
import { languageOf, languages, source, translatorFor } from './load.ts';

const formatDayIn = (code: string, day: string): string =>
  new Intl.DateTimeFormat(code, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

type TranslationStatus = { readonly own: string; readonly english: string };

/** What the frame of a public page says, and by which words. */
type Shell = Translator & {
  readonly direction: Language['direction'];
  readonly translated: true;
  readonly translation: TranslationStatus | undefined;
};

/** Who vouches for the words: said in the language itself, and in English. */
function translationStatusOf({ code, english, reviewed }: Language, { plain }: Translator): TranslationStatus {
  if (reviewed === null)
    return {
      own: plain('shell.unreviewed'),
      english: `No speaker of ${english} has checked this translation yet.`,
    };
  const { by, on } = reviewed;
  return {
    own: plain('shell.reviewed').replace('{who}', by).replace('{when}', formatDayIn(code, on)),
    english: `A speaker of ${english} checked this translation, ${by}, on ${longDay(on)}.`,
  };
}

/** Who vouches for the words of a language; undefined for English. */
export const translationOf = (code: string): TranslationStatus | undefined =>
  languageOf(code) === source ? undefined : translationStatusOf(languageOf(code), translatorFor(code));

function shellOf(language: Language): Shell {
  const words = translatorFor(language.code);
  const { code, direction } = language;
  return {
    ...words,
    language: code,
    direction,
    translated: true,
    translation: translationOf(code),
  };
}

const shells = new Map<string, Shell>();

export const publicLanguages: PublicLanguages = {
  all: languages.map(({ code, name, direction }) => ({ code, name, direction })),
  shellOf: (code) => {
    const language = languageOf(code);
    const shell = shells.get(language.code) ?? shellOf(language);
    shells.set(language.code, shell);
    return shell;
  },
};
