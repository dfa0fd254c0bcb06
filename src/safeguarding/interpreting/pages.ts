/** Questions on the language in which something was explained, with errors for answers that do not fit together. */

import { z } from 'zod';
import { interpretingOptions } from '../../nrm/consent-words/index.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import { OptionalText } from '../../platform/forms/forms.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  type ExplanationRefusal,
  findOwnLanguage,
  formatLanguage,
  type LanguageNeeds,
  languageChoices,
  needsInterpreter,
  otherLanguageCode,
  selectableInterpretingModes,
} from '../../vocabulary/interpreting.ts';
import { findLanguageByCode } from '../../vocabulary/languages/language-codes.ts';

export const ExplanationSchema = {
  language: z.enum(languageChoices as [string, ...string[]], 'Select the language of the explanation'),
  otherLanguage: OptionalText(60),
  interpreted: z.enum(selectableInterpretingModes, 'Select the interpreter'),
  interpreter: OptionalText(120),
};

const optionOf = (value: string): Option => {
  const others = findLanguageByCode(value)?.names.slice(1) ?? [];
  return { value, text: others.length > 0 ? `${formatLanguage(value)} (${others.join(', ')})` : formatLanguage(value) };
};
const options: readonly Option[] = [
  ...languageChoices
    .filter((one) => one !== otherLanguageCode)
    .map(optionOf)
    .sort((one, next) => one.text.localeCompare(next.text, 'en')),
  { value: otherLanguageCode, text: 'Another language' },
];

/** Prefills only what the record says, or the language in which the words are shown; `before` is the interpreter for this person in the same hour. */
export function explanationFields(ask: FieldBuilder, speaks: LanguageNeeds, before = '', shown?: string): Field[] {
  const own = shown ? { language: shown, other: '' } : findOwnLanguage(speaks);
  return [
    ask.choose('language', 'Language of the explanation', options, {
      value: own?.language ?? '',
      hint: speaks.language
        ? `The record says: ${speaks.language}${needsInterpreter(speaks) ? '; an interpreter is needed' : ''}.`
        : 'No record that you can read says the person’s language.',
    }),
    ask.text('otherLanguage', 'Other language', { value: own?.other ?? '' }),
    ask.one('interpreted', 'Interpreter of this explanation', interpretingOptions(shown), {
      hint: 'Do not ask anybody who came with the person to interpret.',
    }),
    ask.text('interpreter', 'The interpreter’s name or number', { hint: 'It is encrypted.', value: before }),
  ];
}

export const explanationRefusals: Record<ExplanationRefusal, FormErrors> = {
  'language not named': { otherLanguage: 'Enter the language of the explanation' },
  'nobody interpreted': {
    interpreted: 'Select the interpreter, or select English above',
  },
  'unreviewed words alone': {
    interpreted:
      'No speaker has reviewed the translated words. Have them interpreted, and select the language of the person above. Or select that the person reads English, if that is so',
  },
  'interpreter not named': { interpreter: 'Enter the interpreter’s name or number' },
  'interpreted into English': {
    language: 'Select the language that the interpreter spoke with the person: it is not English',
  },
  'not understood': {
    language:
      'The record says that the person needs an interpreter. Explain it in the person’s language and select that; or correct the record first, if it is wrong',
  },
};
