/** What in a release contradicts itself, is misprinted, or would not pass today. */

import type { Claim, ClaimOf, ParsedRelease, Place } from './parsed-release.ts';
import { weekdayDatesIn } from './places-and-days/dates.ts';
import { readReleaseBlocks } from './sentences.ts';

export const inconsistencyKinds = [
  'parts do not add up',
  'two totals',
  'weekday and date disagree',
  'wrong number of digits',
  'not the number of that service',
  'warrants in one place, visits in another',
  'exact age with sex and town',
  'one premises in a town',
  'emergency number not first',
  'emergency number missing',
  'window after publication',
] as const;
export type InconsistencyKind = (typeof inconsistencyKinds)[number];

/** `values`: what disagrees, the release's own figure or word first. */
export type Inconsistency = Place & { readonly kind: InconsistencyKind; readonly values: readonly (string | number)[] };

/** Everything found, in the order of the file. */
export const findInconsistencies = (cutting: ParsedRelease, claims: readonly Claim[]): Inconsistency[] =>
  [
    ...sums(claims),
    ...totals(claims),
    ...weekdays(cutting),
    ...numbers(claims),
    ...powers(claims),
    ...overlyExactDetails(claims),
    ...emergency(claims),
    ...windows(cutting, claims),
  ].sort((one, other) => one.line - other.line);

const ofKind = <Kind extends Claim['kind']>(claims: readonly Claim[], kind: Kind): ClaimOf<Kind>[] =>
  claims.filter((claim): claim is ClaimOf<Kind> => claim.kind === kind);

const inconsistencyAt = (
  { part, line, sentence }: Place,
  kind: InconsistencyKind,
  ...values: (string | number)[]
): Inconsistency => ({
  part,
  line,
  sentence,
  kind,
  values,
});

type Counting = ClaimOf<'premises'> | ClaimOf<'arrests'>;
const exactValue = ({ count }: Counting): number | null => (count.qualifier === 'exact' ? count.value : null);
const sum = (claims: readonly Counting[]): number => claims.reduce((total, { count }) => total + count.value, 0);

/** A total and its parts by town or by business in one sentence; people "arrested were" against the arrests. */
function sums(claims: readonly Claim[]): Inconsistency[] {
  const found: Inconsistency[] = [];
  const counting = [...ofKind(claims, 'premises'), ...ofKind(claims, 'arrests').filter(({ sex }) => sex === null)];
  for (const total of counting) {
    const value = exactValue(total);
    if (value === null || total.town !== null || (total.kind === 'premises' && total.business !== null)) continue;
    const parts = counting.filter(
      (part) =>
        part.kind === total.kind && part.line === total.line && part.sentence === total.sentence && part.town !== null,
    );
    if (parts.length > 0 && sum(parts) !== value)
      found.push(inconsistencyAt(total, 'parts do not add up', value, sum(parts)));
  }

  const bySex = ofKind(claims, 'arrests').filter(({ sex }) => sex !== null);
  const listed = bySex.filter(({ sentence }) => /^(?:Those arrested|They) /.test(sentence));
  const [total] = arrestTotals(claims).toSorted((one, other) => other.count.value - one.count.value);
  const [first] = listed;
  const value = total && exactValue(total);
  if (first && typeof value === 'number' && sum(listed) !== value)
    found.push(inconsistencyAt(first, 'parts do not add up', value, sum(listed)));
  return found;
}

/** Arrests without a person's details: of the whole release, or of the one town that has all of them. */
function arrestTotals(claims: readonly Claim[]): ClaimOf<'arrests'>[] {
  const all = ofKind(claims, 'arrests').filter(({ sex }) => sex === null);
  const whole = all.filter(({ town }) => town === null);
  return whole.length > 0 ? whole : all.length === 1 ? all : [];
}

function totals(claims: readonly Claim[]): Inconsistency[] {
  const premises = ofKind(claims, 'premises').filter(({ town, business }) => town === null && business === null);
  return [
    ...differing(premises.filter(({ power }) => power === 'visit')),
    ...differing(premises.filter(({ power }) => power === 'warrant')),
    ...differing(ofKind(claims, 'arrests').filter(({ sex, town }) => sex === null && town === null)),
  ];
}

function differing(claims: readonly Counting[]): Inconsistency[] {
  const [first, ...rest] = claims.filter((claim) => exactValue(claim) !== null);
  const other = rest.find(({ count }) => count.value !== first?.count.value);
  return first && other ? [inconsistencyAt(other, 'two totals', first.count.value, other.count.value)] : [];
}

function weekdays(cutting: ParsedRelease): Inconsistency[] {
  const sentences = readReleaseBlocks(cutting).flatMap((block) => block.sentences);
  const inText = sentences.flatMap(({ said, text, line, part }) =>
    weekdayDatesIn(text, cutting.publishDate)
      .filter(({ weekdayAgrees }) => !weekdayAgrees)
      .map(({ weekdaySaid, day }) =>
        inconsistencyAt({ sentence: said, line, part }, 'weekday and date disagree', weekdaySaid ?? '', day),
      ),
  );
  const inFront = cutting.notes
    .filter(({ kind }) => kind === 'weekday and date disagree')
    .map(({ line, detail }) =>
      inconsistencyAt(
        { sentence: detail, line, part: 'front matter' },
        'weekday and date disagree',
        detail,
        cutting.publishDate ?? '',
      ),
    );
  return [...inFront, ...inText];
}

/** National lines that are often misprinted, as their operators print them: a number under such a name should be theirs. */
const known: readonly (readonly [name: RegExp, number: string])[] = [
  [/\bmodern slavery\b.*\bhelpline\b/i, '08000121700'],
  [/\bcrimestoppers\b/i, '0800555111'],
];

/** British numbers have eleven digits; some freephone and a few geographic ones have ten. */
const rightLength = /^(?:0[1-37-9]\d{9}|0800\d{6}|0500\d{6}|01\d{8}|0845464\d|116\d{3}|1\d{2,4}|\d{5})$/;

const numbers = (claims: readonly Claim[]): Inconsistency[] =>
  ofKind(claims, 'contact').flatMap((claim) => {
    if (claim.route !== 'phone' && claim.route !== 'text message') return [];
    if (!rightLength.test(claim.value))
      return [inconsistencyAt(claim, 'wrong number of digits', claim.asWritten, claim.value.length)];
    const service = known.find(([name]) => claim.name && name.test(claim.name));
    if (!service || service[1] === claim.value) return [];
    return [inconsistencyAt(claim, 'not the number of that service', claim.asWritten, service[1])];
  });

/** What the headline calls a warrant the body calls a visit, or the other way round. */
function powers(claims: readonly Claim[]): Inconsistency[] {
  const all = ofKind(claims, 'power');
  const body = all.filter(({ part }) => part === 'body');
  const odd = all.filter(
    ({ part, power }) => part !== 'body' && body.length > 0 && body.every((one) => one.power !== power),
  );
  const [first] = odd;
  const [said] = body;
  return first && said
    ? [inconsistencyAt(first, 'warrants in one place, visits in another', first.power, said.power, said.line)]
    : [];
}

/** Details by which somebody could be found: they passed once, and would not today. */
function overlyExactDetails(claims: readonly Claim[]): Inconsistency[] {
  const arrestTowns = ofKind(claims, 'arrests').some(({ town }) => town !== null);
  const sentences = new Map<string, ClaimOf<'person arrested'>>();
  for (const person of ofKind(claims, 'person arrested')) {
    if (person.age === null || person.sex === null || (person.home === null && !arrestTowns)) continue;
    if (!sentences.has(person.sentence)) sentences.set(person.sentence, person);
  }
  return [
    ...[...sentences.values()].map((person) =>
      inconsistencyAt(person, 'exact age with sex and town', person.age ?? '', person.sex ?? '', person.home ?? ''),
    ),
    ...ofKind(claims, 'premises')
      .filter(({ count, town }) => town !== null && count.value === 1)
      .map((one) => inconsistencyAt(one, 'one premises in a town', one.town ?? '')),
  ];
}

function emergency(claims: readonly Claim[]): Inconsistency[] {
  const contacts = ofKind(claims, 'contact');
  const [first] = contacts;
  if (!first || first.route === 'emergency') return [];
  const urgent = contacts.find(({ route }) => route === 'emergency');
  return [
    urgent
      ? inconsistencyAt(urgent, 'emergency number not first', first.asWritten)
      : inconsistencyAt(first, 'emergency number missing'),
  ];
}

const windows = ({ publishDate }: ParsedRelease, claims: readonly Claim[]): Inconsistency[] =>
  ofKind(claims, 'window')
    .filter(({ from }) => publishDate !== null && from > publishDate)
    .map((window) => inconsistencyAt(window, 'window after publication', window.from, publishDate ?? ''));
