/** The words that a person is asked by, in English and in their own language: how they are written, translated, shown and digested. For both sides of the wall. */

export { interpretingOptions } from './interpreter-words.ts';
export { findLanguageDifference } from './language-check.ts';
export type { ConsentTextKey } from './languages/english.ts';
export { consentSource, englishNameOf } from './languages/load.ts';
export { largeWordsPage } from './large-words.ts';
export { describeWords, languageField, ShownLanguage, type WordingPage, wordsChanged } from './pages.ts';
export { englishReferralWording, translateReferralWording } from './referral-wording.ts';
export {
  findTranslation,
  foldedWords,
  isUnreviewedTranslation,
  type ShownWords,
  suggestWordingLanguage,
  wordingLanguageOptions,
  wordsIn,
} from './shown-words.ts';
export { digestOfWording } from './wording-digest.ts';
export { findKey, listItem, speakerOf, typedItems } from './wording-lines.ts';
