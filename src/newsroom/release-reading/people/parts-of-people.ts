/** Reads how people who were counted divide: "53 of these were minors", "They are two adults and one boy". */
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import type { ClaimContent, Treatment } from '../parsed-release.ts';

type People = Extract<ClaimContent, { kind: 'people' }>;

/** Deeds of help: a part of people who were only spoken to or checked is left unread. */
const ofHelped: readonly Treatment[] = ['identified', 'safeguarded', 'rescued', 'referred', 'supported'];

/** Words that say whether somebody is of age: of men and women alone the reading says nothing more. */
const who =
  '(?:(?:young|unaccompanied|potential|other) )?(?:minors?|child|children|adults?)(?: victims?)?|under (?:the age of )?18s?|under-18s?';
const person = 'women|woman|men|man|girls?|boys?|females?|males?|teenagers?|persons?|people';
const certain =
  '(?:(?: later| since| all| also| then)? (?:confirmed|found|believed|thought|known|understood|assessed|identified|established)(?: to (?:be|have been)| as)?)?';
const part = new RegExp(
  `(?<![\\w-])(?<size>${positiveNumber}) of (?:them|these|those|whom|the victims|the potential victims)(?:(?: (?:were|are|was|is)| to be)${certain}|,? being)? (?:an? )?(?<who>${who})(?= (?:and|or)\\b|[.,;)]|$| - )`,
  'gi',
);
const partFirst = new RegExp(
  `\\b[Oo]f (?:these|those|them|whom|the (?<whole>${positiveNumber})),? (?<size>${positiveNumber}) (?:were|are|was|is)${certain} (?:an? )?(?<who>${who})(?= (?:and|or)\\b|[.,;)]|$| - )`,
  'g',
);
const all = new RegExp(
  `^(?:They|Those|These|The (?<whole>${positiveNumber}))(?: (?:people|victims|potential victims|individuals))? (?:are|were|include|included|comprise|comprised|consist of)(?: all)?(?: [A-Z][a-z]+(?: (?:nationals|citizens))?)?(?::|,|;| -)? (?<row>[^.:;]{6,160})\\.?$`,
);
const member = new RegExp(
  `^(?<size>an?|${positiveNumber}) (?:(?:[A-Z][a-z]+|[a-z]+) ){0,2}?(?:(?<who>${who})|(?<person>${person}))(?<more>,? (?:who (?:is|are|was|were)|all|both|aged|thought|believed|from|under)\\b.*)?$`,
);

/** The one count of people that these claims hold, with all that was done with them; nothing where there are two. */
function onlyPeople(told: readonly ClaimContent[]): readonly People[] {
  const people = told.filter((one): one is People => one.kind === 'people' && one.quantity.kind === 'number');
  const helped = people.filter(({ treatment, scope }) => ofHelped.includes(treatment) && scope !== 'part');
  const sizes = new Set(people.map(sizeOf));
  return sizes.size === 1 ? helped : [];
}

const sizeOf = ({ quantity }: People): number | null => (quantity.kind === 'number' ? quantity.value : null);

const partOf = (whole: readonly People[], size: number, words: string): ClaimContent[] =>
  whole.map(({ kind, treatment }) => ({
    kind,
    treatment,
    quantity: { kind: 'number', value: size, qualifier: 'exact' },
    who: /under/i.test(words) ? (size > 1 ? 'minors' : 'minor') : words.toLowerCase(),
    scope: 'part',
  }));

/** `told`: what this sentence says; `before`: what the one before it says. */
export function partsOfPeople(
  text: string,
  told: readonly ClaimContent[],
  before: readonly ClaimContent[],
): ClaimContent[] {
  if (told.some(({ kind }) => kind === 'arrests')) return [];
  const here = onlyPeople(told);
  const whole = here.length > 0 ? here : told.some(({ kind }) => kind === 'people') ? [] : onlyHelped(before);
  const size = whole[0] ? sizeOf(whole[0]) : null;
  if (size === null) return [];
  const parts = [...text.matchAll(part), ...text.matchAll(partFirst)].flatMap(({ groups = {} }) => {
    const value = numberOf(groups['size'] ?? '');
    const said = groups['whole'] ? numberOf(groups['whole']) : size;
    return value !== null && value < size && said === size ? partOf(whole, value, groups['who'] ?? '') : [];
  });
  const pair = pairOf(text, whole, size);
  if (pair.length > 0) return pair;
  return parts.length > 0 || here.length > 0 ? parts : rowOfAll(text, whole, size);
}

const two = new RegExp(
  `(?:^|: | - |[Oo]f (?:these|those|them),? |\\()(?<first>${positiveNumber})(?: of (?:them|these|those))?(?: (?:are|were|was|is))? (?<who>${who}),? and (?<last>an?|one|${positiveNumber})(?: (?:are|were|was|is))? (?:an? )?(?<other>${who})(?=[.,;)]|$| - )`,
  'i',
);

/** "Four are adults and two are children": the two parts of the whole. */
function pairOf(text: string, whole: readonly People[], size: number): ClaimContent[] {
  const { first = '', last = '', who: some = '', other = '' } = two.exec(text)?.groups ?? {};
  const [one, more] = [numberOf(first), /^an?$/.test(last) ? 1 : numberOf(last)];
  if (one === null || more === null || one + more !== size) return [];
  return [...partOf(whole, one, some), ...partOf(whole, more, other)];
}

const onlyHelped = (before: readonly ClaimContent[]): readonly People[] =>
  before.some(({ kind }) => kind === 'arrests') ? [] : onlyPeople(before);

/** "They are all Vietnamese: two adults (a man and a woman) and one boy": only where the parts make up the whole. */
function rowOfAll(text: string, whole: readonly People[], size: number): ClaimContent[] {
  const groups = all.exec(text.replace(/ \([^()]{2,60}\)/g, ''))?.groups;
  if (!groups || (groups['whole'] && numberOf(groups['whole']) !== size)) return [];
  const members = (groups['row'] ?? '').split(/,? and |, /).map((one) => member.exec(one)?.groups);
  const parts = members.map((one) => ({
    size: /^an?$/.test(one?.['size'] ?? '') ? 1 : (numberOf(one?.['size'] ?? '') ?? 0),
    words:
      one?.['who'] ?? (/\bunder (?:the age of )?18\b/.test(one?.['more'] ?? '') ? `${one?.['person']} under 18` : ''),
  }));
  if (parts.length < 2 || parts.some((one) => one.size === 0)) return [];
  if (parts.reduce((sum, one) => sum + one.size, 0) !== size) return [];
  return parts.flatMap((one) => (one.words === '' ? [] : partOf(whole, one.size, one.words)));
}
