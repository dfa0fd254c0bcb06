/** What a member must know of the words before they ask: who vouches for the translation, who interprets, and who never does. Pure. */
import {
  findOwnLanguage,
  type InterpretingMode,
  type LanguageNeeds,
  needsInterpreter,
  selectableInterpretingModes,
} from '../../vocabulary/interpreting.ts';

/** Whether the person reads English is asked only where the words are shown in another language too. */
export const interpretingOptions = (shown: string | null | undefined): readonly InterpretingMode[] =>
  selectableInterpretingModes.filter((one) => shown || one !== 'person reads English');

export type Speaks = LanguageNeeds & { readonly interpreterGender?: string | undefined };

const neverCompanion = 'Do not ask anybody who came with the person to interpret.';

/** Who interprets, and who never does. */
function describeInterpreter({ interpreterGender }: Speaks, before: string): string {
  const asked =
    interpreterGender === 'a woman' || interpreterGender === 'a man'
      ? ` The person asked for ${interpreterGender} as interpreter.`
      : '';
  return `Have the words interpreted${before ? ` by the interpreter whom you recorded in this hour: ${before}` : ' before you ask'}.${asked} ${neverCompanion}`;
}

/** Said above words that are shown in English and in a translation. */
export function describeTranslatedWords(
  { english, reviewed }: { readonly english: string; readonly reviewed: boolean },
  speaks: Speaks,
  before = '',
): string {
  const status = reviewed
    ? `The words are translated into ${english}, and a speaker has reviewed the translation.`
    : `A language model translated the words into ${english}. No speaker has reviewed the translation yet.`;
  return `${status} The consent rests on the English words. ${describeInterpreter(speaks, before)}`;
}

/** Said above words that are kept in English alone. Undefined where the record says that the person speaks English. */
export function describeEnglishWords(speaks: Speaks, before = ''): string | undefined {
  const { language } = speaks;
  const own = findOwnLanguage(speaks);
  if (own?.language === 'en' && !needsInterpreter(speaks)) return undefined;
  const english = 'These words are in English only.';
  if (!language)
    return `${english} No record that you can read says the person’s language. If it is not English, use an interpreter. ${neverCompanion}`;
  return `${english} The person’s language is recorded as ${language}${needsInterpreter(speaks) ? ', with an interpreter needed' : ''}. ${describeInterpreter(speaks, before)}`;
}
