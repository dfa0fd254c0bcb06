/** The languages that the public pages offer: the form, and how a version of it is said. */
import { z } from 'zod';
import type { Field, FieldBuilder } from '../platform/forms/fields.ts';
import { CheckboxList } from '../platform/forms/forms.ts';
import { alwaysOffered, isOffered, LanguageChoice } from '../platform/offered-languages.ts';
import { countReviews, languages } from '../public/languages/index.ts';
import type { Content } from './partnership-forms.ts';

type Code = readonly [string, ...string[]];
const codes = languages.map(({ code }) => code) as unknown as Code;
const others = languages.filter(({ code }) => code !== alwaysOffered);

/** All ticked means all, also those that a later version of Safelight adds. */
export const LanguagesForm = z.object({ languages: CheckboxList(codes) }).transform(({ languages: ticked }) => {
  const chosen = codes.filter((code) => code === alwaysOffered || ticked.includes(code));
  return { languages: LanguageChoice.parse(chosen.length === codes.length ? 'all' : chosen) };
});

const choiceIn = (content: Content): LanguageChoice => LanguageChoice.safeParse(content.languages).data ?? 'all';

const nameOf = ({ name, english }: { readonly name: string; readonly english: string }): string =>
  name === english ? english : `${name} (${english})`;

function reviewHint(language: (typeof languages)[number]): string {
  const { reviewed, sentences } = countReviews(language);
  return `A speaker has reviewed ${reviewed} of ${sentences} sentences`;
}

export const languagesFields = (ask: FieldBuilder, known: Content): readonly Field[] => [
  ask.many(
    'languages',
    'Which languages do the public pages offer?',
    others.map((language) => ({
      value: language.code,
      text: nameOf(language),
      hint: { text: reviewHint(language) },
    })),
    { value: listOffered(choiceIn(known)), hint: 'English is always offered' },
  ),
];

const listOffered = (choice: LanguageChoice): string[] =>
  others.map(({ code }) => code).filter((code) => isOffered(choice, code));

/** A row for each language. */
export const describeLanguages = (content: Content): readonly (readonly [string, string])[] =>
  languages.map((language) => [
    nameOf(language),
    isOffered(choiceIn(content), language.code) ? 'Offered' : 'Hidden: its readers get English',
  ]);
