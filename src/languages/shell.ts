/** What stands around a public page in its reader’s language. */
import type { PublicLanguages } from '../platform/doors.ts';
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import { type Language, type Words, wordsIn } from './language.ts';
import { languageOf, languages, source } from './load.ts';

const dayIn = (code: string, day: string): string =>
  new Intl.DateTimeFormat(code, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** Who vouches for the words: said in the language itself, and in English. */
function statusOf({ code, english, reviewed }: Language, { plain }: Words): Model {
  if (reviewed === null)
    return {
      own: plain('shell.unreviewed'),
      english: `No speaker of ${english} has checked this translation yet.`,
    };
  const { by, on } = reviewed;
  return {
    own: plain('shell.reviewed').replace('{who}', by).replace('{when}', dayIn(code, on)),
    english: `A speaker of ${english} checked this translation, ${by}, on ${longDay(on)}.`,
  };
}

const shells: ReadonlyMap<string, Model> = new Map(
  languages.map((language) => {
    const words = wordsIn(language, source);
    const { code, direction } = language;
    const translation = language === source ? undefined : statusOf(language, words);
    return [code, { language: code, direction, translation, ...words }];
  }),
);

export const publicLanguages: PublicLanguages = {
  all: languages.map(({ code, name, direction }) => ({ code, name, direction })),
  shellOf: (code) => shells.get(languageOf(code).code) ?? {},
};
