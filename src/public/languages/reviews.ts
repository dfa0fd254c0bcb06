/** Which sentences of a language a speaker has reviewed. A review holds for one English sentence and one translation: when either changes, it ends. Pure. */
import { createHash } from 'node:crypto';
import type { Language } from './language.ts';

/** Who reviewed which sentences, and on which day. `of` holds a mark for each sentence. */
export type Review = { readonly by: string; readonly on: string; readonly of: readonly string[] };

/** Signs, guidance and contacts have no key of their own: the English sentence finds them. */
export const contentKey = 'content';

export type TranslatedSentence = { readonly key: string; readonly english: string; readonly own: string };

/** What a review keeps of a sentence: its key, and a digest of the English and the translation. */
export const reviewMark = ({ key, english, own }: TranslatedSentence): string =>
  `${key} ${createHash('sha256')
    .update(JSON.stringify([english, own]))
    .digest('hex')
    .slice(0, 16)}`;

/** Every sentence that a language translates. A sentence without a translation appears in English, so it needs no review. */
export const translatedSentences = (language: Language, source: Language): readonly TranslatedSentence[] => [
  ...Object.entries(source.texts).flatMap(([key, english]) => {
    const own = language.texts[key];
    return own === undefined ? [] : [{ key, english, own }];
  }),
  ...Object.entries(language.content).map(([english, own]) => ({ key: contentKey, english, own })),
];

/** Says of a sentence whether a speaker has reviewed it as it is now. Reads the language when it is first asked. */
export function createReviewCheck(language: Language): (sentence: TranslatedSentence) => boolean {
  let marks: ReadonlySet<string> | undefined;
  return (sentence) => {
    marks ??= new Set(language.reviews.flatMap(({ of }) => of));
    return marks.size > 0 && marks.has(reviewMark(sentence));
  };
}

/** How many translated sentences a speaker has reviewed as they are now, and how many not. */
export function countReviewed(
  language: Language,
  source: Language,
): { readonly reviewed: number; readonly unreviewed: number } {
  const sentences = translatedSentences(language, source);
  const reviewed = sentences.filter(createReviewCheck(language)).length;
  return { reviewed, unreviewed: sentences.length - reviewed };
}

/** Who reviewed a language, and the day of the last review. Null while any of its sentences is not reviewed. */
export function findWholeReview(
  language: Language,
  source: Language,
): { readonly by: string; readonly on: string } | null {
  const { reviewed, unreviewed } = countReviewed(language, source);
  if (reviewed === 0 || unreviewed > 0) return null;
  const current = new Set(translatedSentences(language, source).map(reviewMark));
  const reviews = language.reviews.filter(({ of }) => of.some((mark) => current.has(mark)));
  return {
    by: [...new Set(reviews.map(({ by }) => by))].join('; '),
    on:
      reviews
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? '',
  };
}

/** Whether one sentence of a translation is not reviewed. English needs no review. */
export const isUnreviewed = (language: Language, source: Language): boolean =>
  language !== source && findWholeReview(language, source) === null;
