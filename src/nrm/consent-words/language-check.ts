/** Whether the words were shown and explained in the language that the record says. It warns and never refuses: a record can be wrong. Pure. */
import {
  findOwnLanguage,
  formatLanguage,
  type LanguageNeeds,
  needsInterpreter,
} from '../../vocabulary/interpreting.ts';
import { codeOfLanguage } from './shown-words.ts';

/** Before the answer. Undefined where the record names no language, or the one that is shown. */
export function describeShownLanguage(shown: string, speaks: LanguageNeeds): string | undefined {
  const { language } = speaks;
  if (!language) return undefined;
  const needed = needsInterpreter(speaks) ? ', with an interpreter needed' : '';
  const recorded = `The person’s language is recorded as ${language}${needed}.`;
  const same = codeOfLanguage(findOwnLanguage(speaks)?.language) === shown;
  return same
    ? recorded
    : `${recorded} The words are shown in ${formatLanguage(shown)}. Check which language the person understands.`;
}

type Explained = { readonly language: string | null; readonly shownLanguage: string | null };

/** After the answer, for the member. Undefined where nothing differs. */
export function findLanguageDifference(
  { language, shownLanguage }: Explained,
  speaks: LanguageNeeds,
): string | undefined {
  if (!language) return undefined;
  const own = findOwnLanguage(speaks);
  const recorded = own && (own.other || own.language);
  const plainEnglish = language === 'en' && !shownLanguage && !needsInterpreter(speaks);
  const all = [language, shownLanguage, plainEnglish ? null : recorded].flatMap((one) => codeOfLanguage(one) ?? []);
  if (new Set(all.map((one) => one.toLowerCase())).size < 2) return undefined;
  const parts = [
    ...(shownLanguage ? [`shown in ${formatLanguage(shownLanguage)}`] : []),
    `explained in ${formatLanguage(language)}`,
  ];
  const said = speaks.language ? `, and the person’s language is recorded as ${speaks.language}` : '';
  return `Check the language: the words were ${parts.join(' and ')}${said}. If the person may not have understood, ask again.`;
}
