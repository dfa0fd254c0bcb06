/** Finds sentences that are not English. The check reads English alone, so it must not let others pass unread. Pure. */
import { isEnglish, small } from '../../vocabulary/languages/english-text.ts';
import type { FindingDetails } from './finding.ts';

type Sentence = { readonly start: number; readonly text: string };
type Span = { readonly start: number; readonly end: number };
type Word = Span & { readonly kind: 'English' | 'unknown' | 'with a capital' };

export const otherLanguage: FindingDetails = {
  kind: 'wording',
  harm: 'another language',
  must: 'justify',
  blocks: true,
  message: 'This is not English, so nothing in it is checked. Write it in English, or say who checked the translation.',
  offers: [],
};

/** Names of organisations and places belong to no language: `isName` leaves them out. A single strange word is a slip or a name. */
export function findOtherLanguage({ start, text }: Sentence, isName: (span: Span) => boolean): readonly Span[] {
  const words = wordsOf(text, start).filter((word) => !isName(word));
  const count = (kind: Word['kind']): number => words.filter((word) => word.kind === kind).length;
  const [english, unknown, capitals] = [count('English'), count('unknown'), count('with a capital')];
  const others = unknown + capitals;
  const isOther =
    (unknown >= 1 && others >= 2 && others >= english) || (english === 0 && capitals > 4 && !text.includes(','));
  if (isOther) return [{ start, end: start + text.length }];
  return runsOf(words, text, start);
}

function wordsOf(text: string, start: number): Word[] {
  const found: Word[] = [];
  for (const { index, 0: typed } of text.matchAll(
    /(?<![\p{L}\p{N}@#/.-])\p{L}[\p{L}\p{M}'’]*(?:-\p{L}[\p{L}'’]*)*(?![@\p{N}/])/gu,
  )) {
    if (typed.length < 2) continue;
    const [from, to] = [start + index, start + index + typed.length];
    if (particle.test(typed) && isInsideName(text, index, typed.length)) continue;
    const kind = isKnown(typed) ? 'English' : /^\p{Lu}/u.test(typed) ? 'with a capital' : 'unknown';
    found.push({ start: from, end: to, kind });
  }
  return found;
}

function isKnown(typed: string): boolean {
  const low = typed.toLowerCase().replaceAll('’', "'").replace(/'+$/, '');
  if (/[^\p{ASCII}]/u.test(low)) return borrowed.test(low);
  return small.has(low) || newWords.has(low) || isEnglish(low) || isEnglish(low.replace(/'s$/, ''));
}
/** Words that English writes with an accent, or without. */
const borrowed = /^(?:cafés?|fiancée?s?|naïve|clichés?|décor|résumés?|rôles?|exposé)$/u;
const newWords: ReadonlySet<string> = new Set(['newsroom', 'newsrooms', 'embargo', 'podcast', 'hashtag', 'online']);

const particle = /^(?:de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|bin|ibn|al|el|ap|ab|y|e)$/;
/** "Ana de la Cruz". */
const isInsideName = (text: string, at: number, length: number): boolean =>
  /\p{Lu}[\p{L}’'-]+ (?:\p{Ll}{1,5} )?$/u.test(text.slice(Math.max(0, at - 40), at)) &&
  /^ (?:\p{Ll}{1,5} )?\p{Lu}/u.test(text.slice(at + length, at + length + 12));

const fewestInRun = 3;
/** Words of another language inside an English sentence: three unknown ones in a row. */
function runsOf(words: readonly Word[], text: string, start: number): Span[] {
  const runs: Span[] = [];
  let run: Word[] = [];
  const close = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last && run.filter(({ kind }) => kind === 'unknown').length >= fewestInRun)
      runs.push({ start: first.start, end: last.end });
    run = [];
  };
  for (const word of words) {
    const before = run.at(-1);
    const isNext = before === undefined || /^[^\p{L}]{1,3}$/u.test(text.slice(before.end - start, word.start - start));
    if (word.kind === 'English' || !isNext) close();
    if (word.kind !== 'English') run.push(word);
  }
  close();
  return runs;
}
