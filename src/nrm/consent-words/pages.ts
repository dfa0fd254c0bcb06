/** The page of the words that a person is shown before they answer, and the question in which language. */

import { z } from 'zod';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { describeEnglishWords, describeTranslatedWords } from './interpreter-words.ts';
import { describeShownLanguage } from './language-check.ts';
import { isReviewed } from './languages/load.ts';
import {
  findTranslation,
  type ShownWords,
  suggestWordingLanguage,
  versionsOf,
  type WordingVersion,
  wordingLanguageOptions,
  wordingLanguages,
} from './shown-words.ts';

/** The words, as they are shown or read out, above what the person answers. */
export type WordingPage = FormPage & {
  readonly versions: readonly WordingVersion[];
  /** Where the same words are shown in large type: an address that tells no choice of the person, or what is posted there. */
  readonly largeType?:
    | string
    | {
        readonly address: string;
        readonly kept: readonly (readonly [name: string, value: string])[];
      };
  /** What the Enter key sends where the buttons are the answer: nothing, or a digest that no form accepts. Neither is an answer. */
  readonly enter?: 'nothing' | 'digest';
  /** Where the language is picked on this page: the address, and what it keeps. */
  readonly picker?: {
    readonly address: string;
    readonly kept: readonly (readonly [name: string, value: string])[];
    readonly shown: string;
    readonly languages: readonly Option[];
  };
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'nrm/consent-words/wording': WordingPage;
  }
}

export const ShownLanguage = z.enum(wordingLanguages as [string, ...string[]], 'Select the language of the words');

/** Offers what the record says. */
export const languageField = (ask: FieldBuilder, speaks: LanguageNeeds): Field =>
  ask.choose('shown', 'Language of the person', wordingLanguageOptions, {
    value: suggestWordingLanguage(speaks) ?? '',
    hint: 'The words appear in this language, beside the English.',
  });

/** The words in each language, and what the member must know of them. */
export function describeWords(
  words: ShownWords,
  speaks: LanguageNeeds & { readonly interpreterGender?: string | undefined },
  before = '',
): Pick<WordingPage, 'versions' | 'warning'> {
  const translation = words.shownLanguage ? findTranslation(words.shownLanguage) : undefined;
  return {
    versions: versionsOf(words),
    warning: translation
      ? [
          describeTranslatedWords({ english: translation.english, reviewed: isReviewed(translation) }, speaks, before),
          describeShownLanguage(translation.code, speaks),
        ]
          .filter(Boolean)
          .join(' ')
      : describeEnglishWords(speaks, before),
  };
}

export const wordsChanged = { '': 'The words have changed since. Show or read out these' };
