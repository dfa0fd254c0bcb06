/** Finds every number in a text, in digits or in words, and says what kind of number it is. */

import { editDistance } from './near-spellings.ts';
import { countPieces, isDoubled, talliesIn } from './number-disguises.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

export type NumberKind =
  | 'count'
  | 'nought'
  | 'vague'
  | 'age'
  | 'share'
  | 'money'
  | 'duration'
  | 'date'
  | 'month'
  | 'year'
  | 'time'
  | 'phone'
  | 'law'
  | 'web';

export type NumberFound = {
  readonly start: number;
  readonly end: number;
  readonly kind: NumberKind;
  /** Null where the words name no one number: "dozens", "several". */
  readonly value: number | null;
};

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const units = new Map(small.split(' ').map((word, value) => [word, value]));
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, at) => [word, (at + 2) * 10]),
);
const scales = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
const nouns = new Map([
  ['pair', 2],
  ['couple', 2],
  ['duo', 2],
  ['twosome', 2],
  ['trio', 3],
  ['threesome', 3],
  ['foursome', 4],
  ['quartet', 4],
  ['quintet', 5],
  ['sextet', 6],
  ['brace', 2],
  ['score', 20],
  ['handful', null],
  ['number', null],
] as const);
/** Counts without an article. */
const births = new Map([
  ['twins', 2],
  ['triplets', 3],
  ['quadruplets', 4],
]);
const vague = new Set([
  'dozens',
  'scores',
  'hundreds',
  'thousands',
  'millions',
  'several',
  'few',
  'numerous',
  'countless',
]);
/** Long enough that a word one letter off is a slip, and no other word. */
const spelled = [...units.keys(), ...tens.keys(), ...scales.keys()].filter((word) => word.length > 5);
/** Slips in the short ones. */
const misspellings = new Set(['fourty', 'forthy', 'fivety', 'fiffty', 'sixity']);
const noNumbers = new Set(['mighty', 'mullion', 'nicety', 'thirsty', 'weighty']);
const numberWords: ReadonlySet<string> = new Set([...units.keys(), ...tens.keys(), ...scales.keys()]);
const isMisspelt = (word: string): boolean =>
  misspellings.has(word) ||
  (word.includes('vv') && numberWords.has(word.replaceAll('vv', 'w'))) ||
  (isDoubled(word, numberWords) && !isOrdinaryWord(word)) ||
  (word.length > 4 &&
    !noNumbers.has(word) &&
    !isOrdinaryWord(word) &&
    spelled.some((one) => editDistance(one, word, 1) === 1));
/** From the fourth on: "first", "second" and "third" are said of much that nobody counts. */
const ordinal =
  /^(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|hundredth|thousandth)$/;
const noughts = new Set(['nobody', 'none', 'nought', 'nil', 'zero']);

export const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const day = '\\d{1,2}(?:st|nd|rd|th)?';

/** What is read whole before numbers are looked for. The first that fits takes the text. */
const wholes: readonly (readonly [NumberKind, RegExp])[] = [
  [
    'web',
    /(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#][A-Za-z]\w*|\b(?:[a-z\d-]+\.)+(?:uk|org|com|net|eu|int|info|ie|scot|wales)\b(?:\/\S*)?/gi,
  ],
  [
    'phone',
    /(?<![\d.])\(?(?:\+\d{1,3}[ -]?(?:\(0\) ?)?\d{1,5}|0\d{2,5})\)?(?:[ -]?\d{2,6}){1,4}(?!\d)|\b18001 ?\d{3,}\b/g,
  ],
  [
    'date',
    new RegExp(
      `\\b(?:\\d{4}-\\d\\d-\\d\\d|\\d{1,2}/\\d{1,2}/\\d{2,4}|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?${day}(?: ?(?:-|–|to|and) ?${day})?(?: of)? ${month}\\b(?:,? \\d{4})?)`,
      'gi',
    ),
  ],
  ['month', new RegExp(`\\b${month} \\d{4}\\b`, 'g')],
  ['share', /\b\d+ ?\/ ?\d+\b(?![/\d])(?<!24\/7)/g],
  ['time', /\b(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\d{1,2}:\d\d|24\/7)/gi],
  [
    'law',
    /\b(?:under|over) 18s?\b|\b18 (?:or|and) over\b|\b(?:Act|Code|Order|Regulations|Rules) (?:19|20)\d\d\b|\b(?:section|sections|article|schedule|chapter|s\.) ?\d+[A-Z]*/g,
  ],
];

/** Words that stand after "one" or "both" when these are counts, and not turns of phrase. */
const counts =
  /^ (?:in|at|arrested|was|were)\b|^(?:\W+\w+){0,3}?\W+(?:address|addresses|premises|business|businesses|shops?|visits?|warrants?|person|people|man|men|woman|women|child|children|girls?|boys?|victims?|arrests?|suspects?|referrals?)\b/i;
/** And after "nobody" and its like when they say what happened, and not what should. */
const happened =
  /^\W*$|^[.,;)]|^ of\b|^(?: \w+)? (?:was|were|has been|had been|had|spoke|accepted|declined|refused|came)\b/i;
const noughtOf =
  /^ (?:\w+ ){0,2}(?:address|addresses|premises|visits?|warrants?|person|people|individuals?|women|men|children|victims?|arrests?|suspects?|referrals?|seizures?)\b/i;
/** What people do: with it, "both" and "the pair" are people who were counted. */
const did =
  '(?:all )?(?:[a-z]{3,}ed|spoke|left|told|said|had|have|got|took|gave|came|went|met|chose|felt|knew|fled|live[ds]?|works?|wants?|are|is|were|was)\\b';
const group = new RegExp(`^ (?:of|in|at|from|who|that|${did})\\b`);
const didBoth = new RegExp(`^ (?:of (?:them|these|those|the|whom)|${did}(?! and\\b))\\b`);
/** "One accepted help": of anybody at all it is not said like this. */
const didOne = /^ (?:accepted|declined|refused|agreed|asked|left|told|said|spoke|escaped|fled|came|of (?:them|whom)\b)/;
/** "All but one", "everybody except one". */
const exceptOne =
  /\b(?:all|every(?:one|body)?|each|none|any|nobody)\b[^.;:!?]{0,40}\b(?:but|except(?: for)?|save|bar) $/i;
/** One that was made, sent or accepted: "a referral to the NRM was made", "officers made a referral". */
const oneReferral =
  /\b(?:an?|another|the) (?:[a-z]+ ){0,2}(?:referral|notification)\b(?=[^.;:!?]{0,60}\b(?:was|has been|had been) (?:[a-z]+ly )?(?:made|sent|accepted|declined|received|given|recorded|agreed|refused))|(?<=\b(?:made|sent|accepted|declined|received|recorded|completed|submitted) )(?:an?|another) (?:[a-z]+ ){0,2}(?:referral|notification)\b/gi;
/** "III women". */
const roman =
  /\b(?:II|III|IV|VI{0,3}|IX)\b(?= (?:[a-z]+ )?(?:people|persons|wom[ae]n|m[ae]n|child(?:ren)?|girls?|boys?|victims?|survivors?|workers?|arrests?|referrals?)\b)/g;
const listed = /^(?:\s*,\s*|\s+(?:and|to|or)\s+|\s*[-–]\s*)+$/;

export function numbersIn(text: string): NumberFound[] {
  const found: NumberFound[] = [];
  const taken = new Uint8Array(text.length);
  for (const [kind, pattern] of wholes) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (taken[start]) continue;
      taken.fill(1, start, end);
      found.push({ start, end, kind, value: null });
    }
  }
  const take = (start: number, end: number, value: number | null): void => {
    if (taken[start]) return;
    taken.fill(1, start, end);
    found.push({ start, end, kind: 'count', value });
  };
  for (const { start, end, value } of talliesIn(text)) take(start, end, value);
  for (const { index, 0: typed } of text.matchAll(oneReferral)) take(index, index + typed.length, 1);
  for (const { index, 0: typed } of text.matchAll(roman)) take(index, index + typed.length, null);
  const tokens = [...text.matchAll(/\d{1,3}(?:[ ,'’.]\d{3})+(?!\d)|\d+(?:\.\d+)?|[A-Za-z]+/g)].filter(
    ({ index }) => !taken[index],
  );
  for (let at = 0; at < tokens.length; ) {
    const read = readNumber(text, tokens, at);
    if (!read) {
      at += 1;
      continue;
    }
    found.push({ ...read.found, kind: kindOf(text, read.found, found) });
    at = read.next;
  }
  return found.sort((a, b) => a.start - b.start);
}

type Token = RegExpExecArray;
type Read = { readonly found: NumberFound; readonly next: number };

function readNumber(text: string, tokens: readonly Token[], at: number): Read | undefined {
  const first = tokens[at];
  if (!first) return undefined;
  const word = first[0].toLowerCase();
  const before = tokens[at - 1]?.[0].toLowerCase() ?? '';
  const endOf = (token: Token): number => token.index + token[0].length;
  const rest = text.slice(endOf(first), endOf(first) + 60);
  const single = (kind: NumberKind, value: number | null, start = first.index): Read => ({
    found: { start, end: endOf(first), kind, value },
    next: at + 1,
  });

  if (word === 'one' && before === 'no')
    return happened.test(rest) ? single('nought', 0, tokens[at - 1]?.index) : undefined;
  if (noughts.has(word)) return happened.test(rest) ? single('nought', 0) : undefined;
  if (word === 'no') return before !== 'is' && noughtOf.test(rest) ? single('nought', 0) : undefined;
  if (vague.has(word) && /^ (?:days|weeks|months|years|times|hours)\b/.test(rest)) return undefined;
  if (vague.has(word))
    return word === 'few' && before === 'a' ? single('vague', null, tokens[at - 1]?.index) : single('vague', null);
  if (nouns.has(word as 'pair')) {
    const value = nouns.get(word as 'pair') ?? null;
    const counted =
      group.test(rest) &&
      (/^(?:a|that|this|another)$/.test(before) || (/^(?:the|these|those)$/.test(before) && value !== null));
    return counted ? single(value === null ? 'vague' : 'count', value) : undefined;
  }
  const born = births.get(word);
  if (born !== undefined) return single('count', born);
  if (word === 'both' || word === 'single' || word === 'twice') {
    const isCount = word === 'twice' || counts.test(rest) || (word === 'both' && didBoth.test(rest));
    return isCount ? single('count', word === 'single' ? 1 : 2) : undefined;
  }
  if (/^(?:half|thirds?|quarters?)$/.test(word))
    return / of\b/.test(rest.slice(0, 4)) ? single('share', null) : undefined;
  if (ordinal.test(word)) return single('count', null);
  if (
    word === 'one' &&
    !counts.test(rest) &&
    !didOne.test(rest) &&
    !exceptOne.test(text.slice(Math.max(0, first.index - 80), first.index))
  )
    return undefined;
  const read = compose(text, tokens, at);
  if (read) return read;
  const pieces = countPieces(text, tokens, at, (joined) => numberWords.has(joined));
  const last = pieces === undefined ? undefined : tokens[at + pieces - 1];
  if (last)
    return { found: { start: first.index, end: endOf(last), kind: 'count', value: null }, next: at + (pieces ?? 1) };
  return isMisspelt(word) ? single('count', null) : undefined;
}

/** "two hundred and four", "twenty-five", "1,250", "a dozen", "2 million". */
function compose(text: string, tokens: readonly Token[], at: number): Read | undefined {
  const first = tokens[at];
  if (!first) return undefined;
  const startsWithA = /^an?$/i.test(first[0]) && scales.has(tokens[at + 1]?.[0].toLowerCase() ?? '');
  let [total, part, next, end] = [0, startsWithA ? 1 : 0, startsWithA ? at + 1 : at, first.index];
  let last: WordKind | '' = '';
  for (; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (!token) break;
    const gap = text.slice(end, token.index);
    if (next > at + (startsWithA ? 1 : 0) && !/^(?: |-| and )$/.test(gap)) break;
    const word = token[0].toLowerCase();
    const scale = scales.get(word);
    const kind = kindOfWord(word);
    if (word === 'and' && last === 'scale' && isSmall(tokens[next + 1]?.[0])) {
      end = token.index + token[0].length;
      continue;
    }
    if (!follows(last, kind, units.get(word) ?? 0)) break;
    if (kind === 'unit' || kind === 'ten') part += units.get(word) ?? tens.get(word) ?? 0;
    else if (kind === 'digits') part = Number(thousands.test(word) ? word.replace(/\D/g, '') : word);
    else if (scale === 100 || scale === 12) part = Math.max(part, 1) * scale;
    else if (scale) [total, part] = [total + Math.max(part, 1) * scale, 0];
    [last, end] = [kind, token.index + token[0].length];
  }
  if (last === '') return undefined;
  return { found: { start: first.index, end, kind: 'count', value: total + part }, next };
}

const thousands = /^\d{1,3}(?:[ ,'’.]\d{3})+$/;

type WordKind = 'unit' | 'ten' | 'scale' | 'digits' | 'other';
function kindOfWord(word: string): WordKind {
  if (units.has(word)) return 'unit';
  if (tens.has(word)) return 'ten';
  if (scales.has(word)) return 'scale';
  return /^\d/.test(word) ? 'digits' : 'other';
}

const isSmall = (word: string | undefined): boolean =>
  word !== undefined && (units.has(word.toLowerCase()) || tens.has(word.toLowerCase()));

/** Whether one number word may follow another inside one number. */
function follows(last: WordKind | '', kind: WordKind, unit: number): boolean {
  if (kind === 'unit') return last === '' || last === 'scale' || (last === 'ten' && unit > 0 && unit < 10);
  if (kind === 'ten') return last === '' || last === 'scale';
  if (kind === 'scale') return true;
  return kind === 'digits' && last === '';
}

const person =
  '(?:wom[ae]n|m[ae]n|girls?|boys?|lady|ladies|gentleman|teenagers?|youths?|mothers?|fathers?|persons?|people|adults?|child(?:ren)?|suspects?|victims?|survivors?|workers?|cooks?|cleaners?|drivers?|owners?|managers?|students?|daughters?|sons?|wife|husband|sisters?|brothers?|tenants?|employees?)';
/** "who is twenty-four", "they were 24", "the youngest was only 17". */
const saidOfSomebody = new RegExp(
  `\\b(?:she|he|they|who|(?:the )?(?:youngest|oldest|eldest|younger|older|elder|other)|one|both|${person}),? (?:was|were|is|are|had|has)(?: (?:just|only|then|now|about|around|barely|nearly|almost|turned))* (?:[\\w-]+(?:,| and) )*$`,
  'i',
);
/** "A woman of 24", "a man, 24,", "the woman (24)". */
const besideSomebody = new RegExp(`\\b${person}(?: of |,? \\(?| ?[–—-] ?)(?:[\\w-]+(?:,| and) )*$`, 'i');
const endOfAge =
  /^(?! of (?:them|these|those|whom|which)\b)\)?(?:[.,;:!?)–—]|$| (?:and|or) [\w-]+(?:[.,;:!?)]|$| (?:was|were|who|from|when))| (?:and|when|who|was|were|is|are|from|of|at the time|on arrival)\b)/i;

/** A number alone beside somebody, where no noun follows that it could count. */
const isAgeByItsPlace = ({ value }: NumberFound, before: string, after: string): boolean =>
  value !== null &&
  value > 9 &&
  value < 100 &&
  endOfAge.test(after) &&
  (saidOfSomebody.test(before) || besideSomebody.test(before));

function kindOf(text: string, number: NumberFound, earlier: readonly NumberFound[]): NumberKind {
  if (number.kind !== 'count') return number.kind;
  const before = text.slice(Math.max(0, number.start - 40), number.start);
  const after = text.slice(number.end, number.end + 48);
  if (/^ ?%|^ per ?cent\b/.test(after) || /^ in (?:\w+) (?:people|women|men|victims|cases)/.test(after)) return 'share';
  if (/[£$€] ?$/.test(before)) return 'money';
  const previous = earlier.at(-1);
  const inList = previous?.kind === 'age' && listed.test(text.slice(previous.end, number.start));
  if (inList || /\baged? (?:between |about |only )?$/i.test(before)) return 'age';
  if (/^(?:(?:\s*,\s*|\s+and\s+|\s+to\s+)[\w]+)*[\s-]years?(?:[\s-]old| of age)/.test(after)) return 'age';
  if (isAgeByItsPlace(number, before, after)) return 'age';
  if (/^[ -](?:day|week|month|year|hour|minute)s?\b/.test(after)) return 'duration';
  if (/^(?:999|101|111|112|105|55|18000)$/.test(text.slice(number.start, number.end))) {
    if (/\b(?:call|calling|ring|dial|phone|text|press|on|via|or)(?: police)?(?: on)? ?$/i.test(before)) return 'phone';
  }
  if (/^(?:19|20)\d\d$/.test(text.slice(number.start, number.end)) && !noughtOf.test(after)) return 'year';
  return 'count';
}
