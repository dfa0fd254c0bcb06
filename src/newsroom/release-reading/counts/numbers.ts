/** Finds the numbers of a sentence: digits and words, how they are said, and of what whole they are a part. */
import type { Count, Qualifier, Scope } from '../parsed-release.ts';

const units = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const belowHundred = `(?:(?:${tens.join('|')})(?:[- ](?:${units.slice(1, 10).join('|')}))?|(?:${units.slice(1).toReversed().join('|')}))`;
const hundreds = `(?:a|${units.slice(1, 10).join('|')}) hundred(?: and ${belowHundred})?`;
/** Numbers in words, from one to nine hundred and ninety-nine. */
export const numberWords = `(?:${hundreds}|${belowHundred})`;
const digits = '(?:[1-9]\\d{0,2}(?:[, ]\\d{3})+(?!\\d)|\\d{1,7})';
/** Any number that counts: digits or words. */
export const currentNumber = `(?:${digits}|${numberWords})`;
/** The same, but no nought and no leading one. */
export const positiveNumber = `(?:(?!0)${currentNumber})`;

/** "thirty-two", "one hundred and six", "1,061" or "1 061" as a number; null for anything else. */
export function numberOf(text: string): number | null {
  const plain = text.toLowerCase();
  if (/^\d{1,3}(?:[, ]\d{3})+$|^\d{1,7}$/.test(plain)) return Number(plain.replace(/[, ]/g, ''));
  const hundred = /^(\w+) hundred(?: and (.+))?$/.exec(plain);
  if (hundred) {
    const many = hundred[1] === 'a' ? 1 : units.indexOf(hundred[1] ?? '');
    const rest = hundred[2] ? numberOf(hundred[2]) : 0;
    return many < 1 || rest === null ? null : many * 100 + rest;
  }
  const [first = '', second] = plain.split(/[- ]/);
  const ten = tens.indexOf(first);
  if (ten < 0) {
    const unit = units.indexOf(plain);
    return unit < 0 ? null : unit;
  }
  return (ten + 2) * 10 + (second ? units.indexOf(second) : 0);
}

const qualifierOf: readonly (readonly [RegExp, Qualifier])[] = [
  [/(?:at least|no fewer than|not less than|upwards of|a minimum of) $/i, 'at least'],
  [/(?:more than|over|in excess of|just over|well over|above) $/i, 'more than'],
  [/(?:almost|nearly|just under|close to) $/i, 'almost'],
  [/(?:around|about|approximately|approx\.?|roughly|some|circa|an estimated|estimated) $/i, 'about'],
  [/(?:up to|as many as|no more than|a maximum of|fewer than|less than|under) $/i, 'up to'],
];

export type Numeral = {
  readonly count: Count;
  readonly scope: Scope | undefined;
  /** "the 12 premises": spoken of before, as a rule. */
  readonly definite: boolean;
  /** Whether it is "no", "not one": a nought that is stated. */
  readonly nought: boolean;
  /** Where its phrase begins: "more than 12". */
  readonly start: number;
  /** Where the number itself begins. */
  readonly at: number;
  readonly end: number;
};

const pattern = new RegExp(
  `(?<![\\w£$€#/.:,@'-])(?:(?:(?<=\\bbetween )(?<low>${currentNumber}) and (?<high>${currentNumber})|(?<low2>${currentNumber}) to (?<high2>${currentNumber})|(?<low3>\\d{1,5})-(?<high3>\\d{1,5}))(?=\\W|$)|(?<one>${currentNumber})|` +
    '(?<none>no|not (?:one|a single|any)|zero))(?![\\w%/]|[.:]\\d|,\\d|-(?!\\s))',
  'gi',
);
const noCount = new RegExp(
  '^(?: of (?:the (?:most|best|main|largest|biggest|world|country)|our|a)\\b|[- ]?(?:th|months?|weeks?|days?|hours?|minutes?|years?|' +
    'nights?|times|km|kg|kilos?|grams?|kilograms?|miles?|million|billion|thousand|hundred|metres?|pages?|per cent|another|day|week|month|' +
    "o'clock|way|step|phone call|call|and only|stop|half|quarter|third)\\b)",
  'i',
);
const noCountBefore =
  /(?:\b(?:number|page|part|phase|chapter|Operation|Unit|Division|Sector|age|aged|channel|grade|level|version|Group|at) |Nr\.? |No\.? )$/;

/** Every number of a masked sentence that may count something. */
export function numeralsIn(text: string): Numeral[] {
  const found: Numeral[] = [];
  for (const match of text.matchAll(pattern)) {
    const { low2, low3, high2, high3, one, none } = match.groups ?? {};
    const low = match.groups?.['low'] ?? low2 ?? low3;
    const high = match.groups?.['high'] ?? high2 ?? high3;
    const before = text.slice(Math.max(0, match.index - 32), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
    if (noCount.test(after) || (noCountBefore.test(before) && !/\bat $/.test(before))) continue;
    const numeral = none ? nought(match) : low && high ? spanOf(match, low, high) : single(match, one ?? '', before);
    if (numeral) found.push(numeral);
  }
  return found.map((numeral) => withSurroundings(text, numeral));
}

const at = (match: RegExpExecArray) => ({
  start: match.index,
  at: match.index,
  end: match.index + match[0].length,
});

const nought = (match: RegExpExecArray): Numeral => ({
  count: { kind: 'number', value: 0, qualifier: 'exact' },
  scope: undefined,
  definite: false,
  nought: true,
  ...at(match),
});

function spanOf(match: RegExpExecArray, low: string, high: string): Numeral | null {
  const [from, to] = [numberOf(low), numberOf(high)];
  if (from === null || to === null || from >= to) return null;
  return {
    count: { kind: 'number', value: from, qualifier: 'between', to },
    scope: undefined,
    definite: false,
    nought: false,
    ...at(match),
  };
}

function single(match: RegExpExecArray, said: string, before: string): Numeral | null {
  const value = numberOf(said);
  if (value === null || (value === 0 && said !== '0')) return null;
  const qualifier = qualifierOf.find(([words]) => words.test(before))?.[1] ?? 'exact';
  return {
    count: { kind: 'number', value, qualifier },
    scope: undefined,
    definite: false,
    nought: false,
    ...at(match),
  };
}

const lead =
  /\b(?:at least|no fewer than|not less than|upwards of|a minimum of|more than|over|in excess of|just over|well over|above|almost|nearly|just under|close to|around|about|approximately|approx\.?|roughly|some|circa|an estimated|estimated|up to|as many as|no more than|a maximum of|fewer than|less than|under|between) $/i;
const inAll =
  /\b(?:total of|in total,?|in all,?|altogether,?|overall,?|all told,?) (?:(?:officers|police|we|they|gardaí) )?$/i;
const further = /\b(?:a further|another|an additional|further|additional|an extra) $/i;
const definite = /(?:'s $|\b(?:the|these|those|all|all of the|both|his|her|their|our|its|of the|remaining|other) $)/i;

/** Takes in the words before a number, so that `start` is where its phrase begins. */
function withSurroundings(text: string, numeral: Numeral): Numeral {
  let start = numeral.start;
  let { scope } = numeral;
  let isDefinite = false;
  const before = () => text.slice(Math.max(0, start - 32), start);
  const qualified = lead.exec(before())?.[0];
  if (qualified) start -= qualified.length;
  const total = inAll.exec(before())?.[0];
  const more = further.exec(before())?.[0];
  if (total) {
    scope = 'in all';
    if (/^total of /i.test(total)) start -= total.length + (/\ba $/i.test(text.slice(0, start - total.length)) ? 2 : 0);
  } else if (more) {
    scope = 'further';
    start -= more.length;
  } else if (definite.test(before())) isDefinite = true;
  const after = text.slice(numeral.end, numeral.end + 24);
  const value = /^ (?:or more|plus)\b|^\+/.test(after)
    ? { ...numeral.count, qualifier: 'at least' as const }
    : numeral.count;
  if (/^ (?:more|other|others|further|additional|extra)\b/i.test(after)) scope = 'further';
  else if (/^ of (?:them|whom|these|those|which|the)\b/i.test(after)) scope = 'part';
  return { ...numeral, count: value, scope, definite: isDefinite, start };
}
