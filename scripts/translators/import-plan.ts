/** What a file that came back changes: the new language, or every reason against it. Nothing is written here. */
import type { Language } from '../../src/public/languages/language.ts';
import {
  contentKey,
  createReviewCheck,
  type Review,
  reviewMark,
  translatedSentences,
} from '../../src/public/languages/reviews.ts';
import type { PoEntry } from './po-file.ts';
import { listSentences, type Sentence, translationIn } from './sentences.ts';
import { faultsOfText, printable } from './text-faults.ts';

export type Reviewer = { readonly by: string; readonly on: string };

export type Change = {
  readonly key: string;
  readonly english: string;
  readonly before: string | undefined;
  readonly after: string;
};

export type ImportPlan =
  | { readonly ok: false; readonly refusals: readonly string[] }
  | {
      readonly ok: true;
      readonly language: Language;
      readonly changes: readonly Change[];
      /** Reviewed by this import. */
      readonly reviewed: number;
      /** Marked “needs work” again. */
      readonly withdrawn: readonly string[];
      readonly unchanged: number;
      /** Sentences that the file does not hold. They stay as they are. */
      readonly absent: number;
    };

const inQuotes = (text: string): string => `“${printable(text)}”`;
/** A sentence without a key of its own is named by its English. */
const nameOf = ({ key, english }: Pick<Sentence, 'key' | 'english'>): string =>
  key === contentKey ? `content, ${inQuotes(english)}` : printable(key);

function unknownFault(entry: PoEntry, source: Language): string {
  const now = Object.hasOwn(source.texts, entry.key) ? source.texts[entry.key] : undefined;
  if (now !== undefined)
    return `${entry.key}: the English has changed since this file was made. It was ${inQuotes(entry.english)} and is now ${inQuotes(now)}. Take this entry out, or export again`;
  if (entry.key === contentKey)
    return `${nameOf(entry)}: the English of this sentence has changed, or it is no longer used. Take this entry out, or export again`;
  return `${nameOf(entry) || 'An entry without a key'}: there is no such sentence. Take this entry out, or export again`;
}

function faultsOf(entry: PoEntry, before: string | undefined): readonly string[] {
  if (entry.own === (before ?? '')) return [];
  if (entry.own === '')
    return ['the translation is empty, and there was one before. Write it again, or take this entry out'];
  return faultsOfText(entry.english, entry.own);
}

const noReviewer = (count: number): string =>
  `${count} ${count === 1 ? 'sentence is' : 'sentences are'} no longer marked “needs work”. Say who reviewed them, and when: --reviewed-by "Name or role, organisation" --on YYYY-MM-DD`;

const identity = ({ key, english }: { readonly key: string; readonly english: string }): string =>
  `${key}\u0000${english}`;

/** Each sentence that changes, as the language has it after the import. */
function applyChanges(language: Language, changes: readonly Change[]): Language {
  const own = (content: boolean) => changes.filter(({ key }) => (key === contentKey) === content);
  return {
    ...language,
    texts: { ...language.texts, ...Object.fromEntries(own(false).map(({ key, after }) => [key, after])) },
    content: { ...language.content, ...Object.fromEntries(own(true).map(({ english, after }) => [english, after])) },
    reviews: language.reviews,
  };
}

/** Keeps the reviews that still hold, in the order of the sentences, and adds the new ones. */
function reviewsAfter(
  language: Language,
  source: Language,
  {
    given,
    withdrawn,
    reviewer,
  }: { given: ReadonlySet<string>; withdrawn: ReadonlySet<string>; reviewer: Reviewer | undefined },
): readonly Review[] {
  const marks = translatedSentences(language, source).map(reviewMark);
  const isTheirs = (review: Reviewer) => review.by === reviewer?.by && review.on === reviewer?.on;
  const known = language.reviews.some(isTheirs);
  const reviews =
    reviewer && given.size > 0 && !known ? [...language.reviews, { ...reviewer, of: [] }] : language.reviews;
  return reviews
    .map((review) => {
      const held = new Set(review.of.filter((mark) => !withdrawn.has(mark) && !given.has(mark)));
      return { ...review, of: marks.filter((mark) => held.has(mark) || (isTheirs(review) && given.has(mark))) };
    })
    .filter(({ of }) => of.length > 0);
}

/** Refuses the whole file when one entry is wrong, and reviews without a reviewer. */
export function planImport(
  entries: readonly PoEntry[],
  language: Language,
  source: Language,
  reviewer: Reviewer | undefined,
): ImportPlan {
  const sentences = new Map(listSentences(language, source).map((sentence) => [identity(sentence), sentence]));
  const isReviewed = createReviewCheck(language);
  const refusals: string[] = [];
  const changes: Change[] = [];
  const [given, withdrawn] = [new Set<string>(), new Map<string, string>()];
  for (const entry of entries) {
    const { key, english, own, fuzzy } = entry;
    if (!sentences.has(identity(entry))) {
      refusals.push(unknownFault(entry, source));
      continue;
    }
    const before = translationIn(language, entry);
    refusals.push(...faultsOf(entry, before).map((fault) => `${nameOf(entry)}: ${fault}`));
    if (own === '') continue;
    if (own !== before) changes.push({ key, english, before, after: own });
    const mark = reviewMark({ key, english, own });
    const held = isReviewed({ key, english, own });
    if (!fuzzy && !held) given.add(mark);
    if (fuzzy && held) withdrawn.set(mark, nameOf(entry));
  }
  if (given.size > 0 && !reviewer) refusals.push(noReviewer(given.size));
  if (refusals.length > 0) return { ok: false, refusals };
  const changed = applyChanges(language, changes);
  const touched = changes.length + given.size + withdrawn.size > 0;
  const reviews = { given, withdrawn: new Set(withdrawn.keys()), reviewer };
  return {
    ok: true,
    language: touched ? { ...changed, reviews: reviewsAfter(changed, source, reviews) } : language,
    changes,
    reviewed: given.size,
    withdrawn: [...withdrawn.values()],
    unchanged: entries.length - changes.length,
    absent: sentences.size - entries.length,
  };
}
