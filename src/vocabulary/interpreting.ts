/** Interpreting: whether a person needs it, who interpreted, and whether that fits the record of the person. A companion never interprets. Pure. */
import { findLanguageByCode, findLanguageIn, type Language, languages } from './languages/language-codes.ts';
import { accept, type Result, refuse } from './result.ts';
import { wordsOf } from './value-words.ts';

/** What a record of the person says. */
export const interpreterNeeds = ['needed', 'not needed', 'not known'] as const;
/** Asked of the person, never assumed. */
export const interpreterGenders = ['a woman', 'a man', 'either', 'not asked yet'] as const;

/** At a visit people are met also where no interpreter could be found; nothing is explained for consent there. */
export const visitInterpreters = ['not needed', 'in person', 'by phone', 'none found'] as const;
export type VisitInterpreter = (typeof visitInterpreters)[number];

/** What a form offers: “not written down” is for what a worker reports of an earlier talk. */
export const selectableInterpretingModes = [
  'nobody was needed',
  'person reads English',
  'shared language',
  'interpreter present',
  'remote interpreter',
] as const;
/** How it was interpreted where something was explained to a person. */
export const interpretingModes = [...selectableInterpretingModes, 'not written down'] as const;
export type InterpretingMode = (typeof interpretingModes)[number];

/** Whether an interpreter took part, in person or by telephone or video. */
export const isThroughInterpreter = (how: InterpretingMode | VisitInterpreter): boolean =>
  ['in person', 'by phone', 'interpreter present', 'remote interpreter'].includes(how);
/** "interpreting: an interpreter in the room (4471)" */
export const formatInterpreting = (interpreted: string, interpreter: string | null = null): string =>
  `interpreting: ${wordsOf(interpreted)}${interpreter ? ` (${interpreter})` : ''}`;

/** Languages that share a code with another language, although speakers of one may not understand the other. */
const separateLanguages = ['Mandarin', 'Cantonese', 'Kurmanji', 'Sorani', 'Farsi', 'Dari', 'British Sign Language'];

const codeOf = ({ two, three }: Language): string => two ?? three;
export const otherLanguageCode = 'other';
/** All languages of the record’s list: by code, or by name where one code covers several. */
export const languageChoices = [...languages.map(codeOf), ...separateLanguages, otherLanguageCode];

export const formatLanguage = (kept: string): string =>
  kept === otherLanguageCode ? 'another language' : (findLanguageByCode(kept)?.names[0] ?? kept);

/** Accepts a name, and nothing that could be a number or an address. */
const isName = (text: string): boolean => /^[\p{L}\p{M}'’(). ,-]{2,60}$/u.test(text);

/** The one language that the text names; undefined if it names several or none. */
function identifyLanguage(written: string): string | undefined {
  const apart = separateLanguages.filter((name) => written.toLowerCase().includes(name.toLowerCase()));
  const found = findLanguageIn(written);
  return found && apart.length === 1 ? apart[0] : found && codeOf(found);
}

/** What the record says about how the person speaks. */
export type LanguageNeeds = {
  readonly language?: string | null | undefined;
  readonly interpreter?: string | undefined;
};

/** The language of the record, for preselection. Undefined if the record names none, or several. */
export function findOwnLanguage({
  language,
}: LanguageNeeds): { readonly language: string; readonly other: string } | undefined {
  if (!language) return undefined;
  const one = identifyLanguage(language);
  if (one) return { language: one, other: '' };
  const some = language.split(/[^\p{L}\p{M}-]+/u).some((word) => findLanguageIn(word));
  return some || !isName(language) ? undefined : { language: otherLanguageCode, other: language };
}

export type ExplanationAnswers = {
  readonly language: string;
  readonly otherLanguage?: string | null;
  readonly interpreted: string;
  readonly interpreter: string | null;
};
export type Explanation = {
  readonly language: string;
  readonly interpreted: InterpretingMode;
  readonly interpreter: string | null;
};
export type ExplanationRefusal =
  | 'language not named'
  | 'nobody interpreted'
  | 'unreviewed words alone'
  | 'interpreter not named'
  | 'interpreted into English'
  | 'not understood';

/** Without an interpreter, and without a worker who speaks the language. */
const withoutInterpreter: readonly string[] = ['nobody was needed', 'person reads English'];
export const isWithoutInterpreter = (how: string): boolean => withoutInterpreter.includes(how);

/**
 * Nobody can consent to words they do not understand. A person who needs an interpreter is not asked in English alone.
 * Translated words that no speaker has reviewed are never all that a person had: somebody interpreted, or the worker says that the person reads English.
 */
export function validateExplanation(
  said: ExplanationAnswers,
  speaks: LanguageNeeds,
  { unreviewed }: { readonly unreviewed: boolean },
): Result<Explanation, ExplanationRefusal> {
  const other = said.otherLanguage?.trim();
  const listed = said.language !== otherLanguageCode;
  if (!listed && !(other && isName(other))) return refuse('language not named');
  const language = listed ? said.language : (identifyLanguage(String(other)) ?? String(other));
  const interpreted = said.interpreted as InterpretingMode;
  const through = isThroughInterpreter(interpreted);
  const english = language === 'en';
  if (!english && isWithoutInterpreter(interpreted)) return refuse('nobody interpreted');
  if (english && needsInterpreter(speaks)) return refuse('not understood');
  if (english && through) return refuse('interpreted into English');
  if (english && unreviewed && interpreted !== 'person reads English') return refuse('unreviewed words alone');
  if (through && !said.interpreter) return refuse('interpreter not named');
  return accept({ language, interpreted, interpreter: through ? said.interpreter : null });
}

/** The record says that an interpreter is needed, and the language is not English. */
export const needsInterpreter = (speaks: LanguageNeeds): boolean =>
  speaks.interpreter === 'needed' && findOwnLanguage(speaks)?.language !== 'en';
