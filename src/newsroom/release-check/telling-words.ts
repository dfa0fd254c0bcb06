/** Words in a name of the plan for which no release prints the name. Pure. */
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import { anyNationality, foreign } from './identifying/nationalities.ts';
import { findLookalikeCharacters } from './lookalike-characters.ts';
import { anyKind, findWatchedWords, watchRules } from './watched-words.ts';
import { namesToKeepOut } from './withheld-names.ts';

export type TellingWords = {
  /** Words by which a reader could tell which address was visited. */
  readonly identifying: readonly string[];
  /** Words that no release uses of people. */
  readonly forbidden: readonly string[];
  /** Words with hidden characters or with letters that are not what they seem. */
  readonly odd: readonly string[];
};

/** So long must a word be that is looked for among letters written without spaces. */
const longWord = 6;

/** Takes a name that a planner typed, in any spelling. Gives the words for which it is not printed: none where it may be. */
export function tellingWordsIn(name: string, publishable: PublishableReturn): TellingWords {
  const patternsOf = (kind: 'identifying' | 'wording'): RegExp[] =>
    watchRules.filter((rule) => rule.kind === kind && rule.must === 'change').map(({ pattern }) => pattern);
  const kinds = publishable.figures['premises.visited']?.breakdowns.byBusiness ? [] : [anyKind];
  const kept = namesToKeepOut(publishable)
    .map((one) => foldText(one).text.trim().replaceAll(' ', ' ?'))
    .filter((one) => one !== '')
    .map((one) => new RegExp(`\\b${one}(?=s?\\b)`, 'g'));
  const found = readingsOf(name).flatMap(({ text, typedAt }) =>
    findWatchedWords({ start: 0, text }, publishable, [])
      .filter(({ kind }) => kind === 'identifying')
      .map(({ start, end }) => typedAt(start, end)),
  );
  const identifying = [
    ...found.map(({ start, end }) => name.slice(start, end)),
    ...matchesIn(name, [...patternsOf('identifying'), anyNationality, foreign, ...kinds, ...kept]),
  ];
  return {
    identifying: [...new Set(identifying)],
    forbidden: matchesIn(name, patternsOf('wording')),
    odd: findLookalikeCharacters(name)
      .filter(({ must }) => must === 'change')
      .map(({ start, end }) => name.slice(start, end)),
  };
}

/** The name as it may be meant: with hyphens between its words, or inside them. */
const readingsOf = (name: string): FoldedText[] => [
  foldText(name),
  foldText(name, { parts: 'by capitals' }),
  foldText(name, { hyphens: 'join' }),
];

function matchesIn(name: string, patterns: readonly RegExp[]): string[] {
  const joined = foldText(name, { hyphens: 'join', spaces: 'join' });
  const find = ({ text, typedAt }: FoldedText, source: string, shortest: number): string[] =>
    [...text.matchAll(new RegExp(source, 'gi'))]
      .filter(({ 0: typed }) => typed.length >= shortest && (shortest === 1 || !/\d/.test(typed)))
      .map(({ 0: { length }, index }) => {
        const { start, end } = typedAt(index, index + length);
        return name.slice(start, end);
      });
  const found = patterns.flatMap(({ source }) => [
    ...readingsOf(name).flatMap((reading) => find(reading, source, 1)),
    ...find(joined, source.replaceAll('\\b', ''), longWord),
  ]);
  return [...new Set(found)];
}
