/** Finds words in a message to a reporter that could put somebody in danger if the person who controls them reads it. It knows words, not meanings: staff look again at what it finds, and other words may still harm. Pure. */
import { commonEnglish, foreignWords, runningWords } from './risky-word-lists.ts';

export const riskKinds = [
  'says who reads it',
  'says what it is about',
  'names a time',
  'names a place',
  'names a number',
  'may be a name',
  'was told',
  'hardly checked',
] as const;
export type RiskKind = (typeof riskKinds)[number];
export type RiskyWord = { readonly word: string; readonly danger: RiskKind };

const wordPattern = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list})(?![\\p{L}\\p{N}])`, 'giu');

const patterns: readonly (readonly [danger: RiskKind, pattern: RegExp])[] = [
  [
    'says who reads it',
    wordPattern(
      'police(?:man|woman|men)?|officers?|detectives?|constables?|constabulary|sergeant|inspector|intelligence|crime|criminals?|custody|courts?|warrants?|immigration|home office|border force|investigat\\p{L}*|charit(?:y|ies)|helpline|advis[eo]rs?|caseworkers?|social workers?|nurses?|safelight',
    ),
  ],
  [
    'says what it is about',
    wordPattern(
      'traffick\\p{L}*|slave(?:s|ry)?|exploit\\p{L}*|victims?|abus\\p{L}*|rap(?:e[ds]?|ists?)|prostitut\\p{L}*|brothels?|escap\\p{L}*|rescu\\p{L}*|raid\\p{L}*|arrest\\p{L}*|report(?:s|ed|ing)?|evidence|witness(?:es)?|statements?|suspects?|offenders?|passports?|forced|debts?|pimps?|bosses|boss|controllers?',
    ),
  ],
  [
    'names a time',
    wordPattern(
      '(?:[01]?\\d|2[0-4])[:.h][0-5]\\d(?:\\s*[ap]\\.?m\\.?)?|\\d{1,2}\\s*(?:[ap]\\.?m\\.?|o.?clock)|noon|midnight|midday|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|january|february|march|april|june|july|august|september|october|november|december|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week)|next (?:week|month)|last (?:night|week|month)|\\d{1,2}(?:st|nd|rd|th)|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?',
    ),
  ],
  [
    'names a place',
    wordPattern(
      '[a-z]{1,2}\\d[a-z\\d]?\\s*\\d[a-z]{2}|(?:flat|house|room|unit|number|no\\.?)\\s*\\d+\\p{L}?|\\p{L}+\\s+(?:street|road|lane|avenue|close|drive|way|court|place|square|park|terrace)|station|hotels?|hospital|surgery|car ?wash|nail bar|restaurant|takeaway|warehouse|factory|farm',
    ),
  ],
  [
    'names a number',
    /(?<![\p{L}\p{N}])\+?\d[\d\s()-]{2,}\d(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[a-z]{2}\d{2}\s?[a-z]{3}(?![\p{L}\p{N}])/giu,
  ],
];

const foreignPatterns = [
  ...Object.values(foreignWords).flatMap((one) =>
    Object.entries(one).map(([danger, list]) => [danger as RiskKind, wordPattern(list)] as const),
  ),
  ...Object.values(runningWords).flatMap((one) =>
    Object.entries(one).map(([danger, list]) => [danger as RiskKind, new RegExp(list, 'gu')] as const),
  ),
];

/** Invisible characters between letters. They would hide a word from this check but not from a reader. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Its first words, where so little of it is English that the lists find hardly anything in it. */
function findUncheckedText(message: string): string | undefined {
  const all = message.match(/[\p{L}\p{M}]+/gu) ?? [];
  const letters = message.match(/\p{L}/gu) ?? [];
  const strange = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length;
  const english = all.filter((word) => commonEnglish.has(word.toLowerCase())).length;
  const other = (strange >= 3 && strange * 2 > letters.length) || (all.length >= 3 && english * 8 < all.length);
  return other ? all.slice(0, 3).join(' ').slice(0, 40) : undefined;
}

/** A word with a capital that begins no sentence; what English always writes so aside. */
const capitalisedWord = /(?<![.!?:…“"]\s*|^\s*|[\p{L}\p{N}’'-])\p{Lu}[\p{L}’'-]+/gu;
const alwaysCapitalised = new Set(['I', 'I’m', "I'm", 'I’ll', "I'll", 'English', 'OK']);

/** The words that would give a report away: names, numbers and long words. Short and common ones are in every message. */
const revealingWords = (told: string): ReadonlySet<string> =>
  new Set(
    [...told.matchAll(/[\p{L}\p{N}’'-]+/gu)]
      .map(([word]) => word.toLowerCase())
      .filter((word) => (word.length >= 7 || /\d/.test(word)) && !commonWords.has(word)),
  );
const commonWords = new Set(
  'another because already between everything something nothing without through thought together someone anybody somebody sometimes usually whether question answer message contact'.split(
    ' ',
  ),
);

/** Each word once, with the first danger that it matches. `told` is everything that the reporter said. */
export function findRiskyWords(written: string, told = ''): readonly RiskyWord[] {
  const message = written.normalize('NFKC').replace(invisible, '');
  const found = new Map<string, RiskyWord>();
  const note = (word: string, danger: RiskKind): void => {
    const key = word.trim().toLowerCase();
    if (![...found.keys()].some((known) => known === key || known.includes(key)))
      found.set(key, { word: word.trim(), danger });
  };
  for (const [danger, pattern] of [...patterns, ...foreignPatterns])
    for (const [word] of message.matchAll(pattern)) note(word, danger);
  for (const [word] of message.matchAll(capitalisedWord)) if (!alwaysCapitalised.has(word)) note(word, 'may be a name');
  const telling = revealingWords(told);
  for (const [word] of message.matchAll(/[\p{L}\p{N}’'-]+/gu))
    if (telling.has(word.toLowerCase())) note(word, 'was told');
  const strange = findUncheckedText(message);
  if (strange !== undefined) found.set('', { word: `${strange} …`, danger: 'hardly checked' });
  return [...found.values()];
}
