/** How likely two entities are one and the same, with the evidence for and against: the sum of weights of Fellegi and Sunter (1969). Pure. */
import {
  calculateEditDistance,
  matchNames,
  type NamePart,
  type PartLevel,
} from '../../vocabulary/languages/alike-names.ts';
import type { EntityContent } from '../entities/entity.ts';
import {
  type EvidenceKind,
  type FieldEvidence,
  fieldWeights,
  mostOfName,
  type NameEvidence,
  partWeights,
  roundBits,
} from './evidence-weights.ts';
import {
  commonWords,
  type PreparedAccount,
  type PreparedDate,
  type PreparedEntity,
  type PreparedName,
  type PreparedOrganisation,
  type PreparedPerson,
  type PreparedPhone,
  type PreparedPremises,
  type PreparedVehicle,
  prepare,
} from './prepared-entity.ts';

export type Evidence = {
  readonly says: EvidenceKind;
  /** In bits: above 0 for one and the same, below 0 against. */
  readonly weight: number;
  readonly values: readonly [one: string, other: string];
};
export type Comparison = { readonly total: number; readonly evidence: readonly Evidence[] };

/** In bits. Pairs are offered from here. */
export const leastTotal = 5;

/** Weighs all that two entities of one kind say. What either does not say is no evidence. Throws if their kinds differ. */
export const compareEntities = (one: EntityContent, other: EntityContent): Comparison =>
  comparePrepared(prepare(one), prepare(other));

/** As `compareEntities`, for entities that are compared many times. */
export function comparePrepared(one: PreparedEntity, other: PreparedEntity): Comparison {
  const evidence = listEvidence(one, other);
  return { total: roundBits(evidence.reduce((sum, { weight }) => sum + weight, 0)), evidence };
}

function listEvidence(one: PreparedEntity, other: PreparedEntity): readonly Evidence[] {
  if (one.kind === 'person' && other.kind === 'person') return comparePersons(one, other);
  if (one.kind === 'premises' && other.kind === 'premises') return comparePremises(one, other);
  if (one.kind === 'vehicle' && other.kind === 'vehicle') return compareVehicles(one, other);
  if (one.kind === 'phone' && other.kind === 'phone') return comparePhones(one, other);
  if (one.kind === 'account' && other.kind === 'account') return compareAccounts(one, other);
  if (one.kind === 'organisation' && other.kind === 'organisation') return compareOrganisations(one, other);
  throw new TypeError(`cannot compare ${one.kind} with ${other.kind}`);
}

const say = (says: FieldEvidence, one: string, other: string): Evidence => ({
  says,
  weight: fieldWeights[says],
  values: [one, other],
});

const sumOf = (evidence: readonly Evidence[]): number => evidence.reduce((sum, { weight }) => sum + weight, 0);

function comparePersons(one: PreparedPerson, other: PreparedPerson): readonly Evidence[] {
  return [...compareAllNames(one, other, compareNames), ...compareDates(one.born, other.born)];
}

type Named = { readonly name: PreparedName; readonly aliases: readonly PreparedName[] };
type CompareNames = (one: PreparedName, other: PreparedName) => readonly Evidence[];

/** The two main names. Where any other two names agree better, these count, with the difference of the main names against them. */
function compareAllNames(one: Named, other: Named, compare: CompareNames): readonly Evidence[] {
  const main = compare(one.name, other.name);
  if (one.aliases.length === 0 && other.aliases.length === 0) return main;
  const others = [one.name, ...one.aliases].flatMap((a, at) =>
    [other.name, ...other.aliases].flatMap((b, its) => (at + its === 0 ? [] : [compare(a, b)])),
  );
  const best = others.toSorted((a, b) => sumOf(b) - sumOf(a))[0] ?? [];
  if (sumOf(best) <= 0 || best.some(({ weight }) => weight < 0)) return main;
  if (main.some(({ weight }) => weight < 0)) {
    const differs = say('name differs', one.name.written, other.name.written);
    return sumOf(main) >= sumOf(best) + differs.weight ? main : [...best.map(asAlias), differs];
  }
  const both = matchAliases(one, other);
  return both === undefined ? main : [...main, both];
}

/** The bits of the names themselves, said of an alias. */
const asAlias = (evidence: Evidence): Evidence => ({
  ...evidence,
  says: evidence.says === 'name same' || evidence.says === 'name partly same' ? 'alias same' : 'alias alike',
});

/** An alias of one that is an alias of the other too, where the main names already agree. */
function matchAliases(one: Named, other: Named): Evidence | undefined {
  const found = one.aliases.flatMap((a) =>
    other.aliases.flatMap((b) => {
      const { levels, leftOfOne, leftOfOther } = matchNames(a.parts, b.parts);
      if (leftOfOne.length + leftOfOther.length > 0 || levels.length === 0) return [];
      return [say(levels.every((level) => level === 'same') ? 'alias same' : 'alias alike', a.written, b.written)];
    }),
  );
  return found.toSorted((a, b) => b.weight - a.weight)[0];
}

/** Two names of persons, their parts in any order. Parts that only one name has are no evidence. */
const compareNames: CompareNames = (one, other) => weighParts(one, other);

const joinParts = ({ parts }: PreparedName): string => parts.map(({ spelling }) => spelling).join('');

/** `more` is added where neither name has a part that the other has not. */
function weighParts(one: PreparedName, other: PreparedName, more = 0): readonly Evidence[] {
  const values = [one.written, other.written] as const;
  if (one.parts.length === 0 || other.parts.length === 0) return [];
  const { levels, leftOfOne, leftOfOther } = matchNames(one.parts, other.parts);
  const isJoined = leftOfOne.length !== leftOfOther.length && joinParts(one) === joinParts(other);
  if (isJoined) return [{ says: 'name same', weight: 2 * partWeights.same, values }];
  if (levels.length === 0) return [{ says: 'name differs', weight: partWeights.differs, values }];
  const bits = levels.reduce((sum, level) => sum + partWeights[level], 0);
  const isWhole = leftOfOne.length + leftOfOther.length === 0;
  const says = isWhole ? nameEvidence(levels) : 'name partly same';
  const found = { says, weight: roundBits(Math.min(mostOfName, bits + (isWhole ? more : 0))), values };
  const odd = Math.min(leftOfOne.length, leftOfOther.length);
  if (odd === 0) return [found];
  return [found, { says: 'name part differs', weight: roundBits(odd * partWeights.differs), values }];
}

function nameEvidence(levels: readonly PartLevel[]): NameEvidence {
  if (levels.every((level) => level === 'same')) return 'name same';
  return levels.every((level) => level === 'same' || level === 'alike') ? 'name alike' : 'name similar';
}

function compareDates(one: PreparedDate | null, other: PreparedDate | null): readonly Evidence[] {
  if (one === null || other === null) return [];
  return [say(levelOfDates(one, other), one.written, other.written)];
}

function levelOfDates(one: PreparedDate, other: PreparedDate): FieldEvidence {
  const sameYear = one.year === other.year;
  const sameMonth = one.month === other.month;
  if (one.day !== null && other.day !== null) {
    if (sameYear && sameMonth && one.day === other.day) return 'born same';
    if (sameYear && one.month === other.day && one.day === other.month) return 'born swapped';
    if ([sameYear, sameMonth, one.day === other.day].filter(Boolean).length === 2) return 'born one part differs';
    return sameYear ? 'born year only' : 'born differs';
  }
  if (!sameYear) return Math.abs(Number(one.year) - Number(other.year)) === 1 ? 'born year apart' : 'born differs';
  if (one.month === null || other.month === null) return 'born year same';
  return sameMonth ? 'born month same' : 'born year only';
}

function comparePremises(one: PreparedPremises, other: PreparedPremises): readonly Evidence[] {
  return [
    ...comparePostcodes(one, other),
    ...compareField('number', one.number, other.number),
    ...compareField('flat', one.flat, other.flat),
    ...compareStreets(one, other),
    ...compareTowns(one, other),
  ];
}

function compareField(
  field: 'number' | 'flat' | 'provider' | 'register number',
  one: string | null,
  other: string | null,
): readonly Evidence[] {
  if (one === null || other === null) return [];
  return [say(one === other ? `${field} same` : `${field} differs`, one, other)];
}

function comparePostcodes(one: PreparedPremises, other: PreparedPremises): readonly Evidence[] {
  if (one.outward === null || other.outward === null) return [];
  const [a, b] = [one, other].map(({ outward, inward }) => [outward, inward].filter(Boolean).join(' ').toUpperCase());
  const says = (): FieldEvidence => {
    if (one.inward === null || other.inward === null)
      return one.outward === other.outward ? 'postcode area same' : 'postcode differs';
    if (a === b) return 'postcode same';
    if (calculateEditDistance(a ?? '', b ?? '') === 1) return 'postcode slip';
    return one.outward === other.outward ? 'postcode end differs' : 'postcode differs';
  };
  return [say(says(), a ?? '', b ?? '')];
}

function compareStreets(one: PreparedPremises, other: PreparedPremises): readonly Evidence[] {
  const [a, b] = [one.street, other.street];
  if (a.parts.length === 0 || b.parts.length === 0) return [];
  const { levels, leftOfOne, leftOfOther } = matchNames(a.parts, b.parts);
  const telling = [...leftOfOne, ...leftOfOther].filter(({ plain }) => !streetWords.has(plain));
  if (levels.length === 0 || telling.length > 0) return [say('street differs', a.written, b.written)];
  if (!levels.every((level) => level === 'same')) return [say('street alike', a.written, b.written)];
  const named = one.number === null && other.number === null && levels.length > 1;
  return [say(named ? 'place same' : 'street same', a.written, b.written)];
}

/** Left out as often as written. */
const streetWords = new Set(['road', 'street', 'house', 'building']);

function compareTowns(one: PreparedPremises, other: PreparedPremises): readonly Evidence[] {
  const [a, b] = [one.town, other.town];
  if (a.parts.length === 0 || b.parts.length === 0) return [];
  const { levels } = matchNames(a.parts, b.parts);
  return [say(levels.length > 0 ? 'town same' : 'town differs', a.written, b.written)];
}

function compareVehicles(one: PreparedVehicle, other: PreparedVehicle): readonly Evidence[] {
  const evidence = [say(levelOfRegistrations(one, other), one.written, other.written)];
  if (one.description === null || other.description === null || one.words.size === 0 || other.words.size === 0)
    return evidence;
  const shared = [...one.words].some((word) => other.words.has(word));
  return [...evidence, say(shared ? 'description shared' : 'description differs', one.description, other.description)];
}

/** A registration of three signs or fewer is another one if a sign differs. */
function levelOfRegistrations(one: PreparedVehicle, other: PreparedVehicle): FieldEvidence {
  if (one.registration === other.registration) return 'registration same';
  if (one.folded === other.folded) return 'registration confusable';
  const shorter = Math.min(one.folded.length, other.folded.length);
  return shorter > 3 && calculateEditDistance(one.folded, other.folded) === 1
    ? 'registration slip'
    : 'registration differs';
}

function comparePhones(one: PreparedPhone, other: PreparedPhone): readonly Evidence[] {
  const says = (): FieldEvidence => {
    if (one.e164 !== null && one.e164 === other.e164) return 'phone same';
    const sameEnd = one.lastDigits !== '' && one.lastDigits === other.lastDigits;
    return sameEnd && (one.e164 === null || other.e164 === null) ? 'phone end same' : 'phone differs';
  };
  return [say(says(), one.written, other.written)];
}

/** Shorter account names are taken by chance. */
const leastAccount = 6;

function compareAccounts(one: PreparedAccount, other: PreparedAccount): readonly Evidence[] {
  const says = (): FieldEvidence => {
    if (one.account !== other.account || one.account === '') return 'account differs';
    return one.account.length < leastAccount ? 'account short same' : 'account same';
  };
  return [say(says(), one.written, other.written), ...compareField('provider', one.provider, other.provider)];
}

function compareOrganisations(one: PreparedOrganisation, other: PreparedOrganisation): readonly Evidence[] {
  return [
    ...compareAllNames(one, other, compareOrganisationNames),
    ...compareField('register number', one.number, other.number),
  ];
}

const isCommon = ({ plain }: NamePart): boolean => commonWords.has(plain);

/** By the telling words. Common words add little if they are the same, and speak against if they are others: “Velmo Nails” and “Velmo Foods”. */
function compareOrganisationNames(one: PreparedName, other: PreparedName): readonly Evidence[] {
  const [a, b] = [tellingWords(one), tellingWords(other)];
  const hasCommon = a !== one && b !== other;
  const isShared = hasCommon && matchNames(one.parts.filter(isCommon), other.parts.filter(isCommon)).levels.length > 0;
  const evidence = weighParts(a, b, partWeights['whole name'] + (isShared ? partWeights['common words same'] : 0));
  if (evidence.length === 0 || !hasCommon || isShared) return evidence;
  const weight = partWeights['common words differ'];
  return [...evidence, { says: 'name part differs', weight, values: [one.written, other.written] }];
}

/** The same name back if it has no common words, or no others. */
function tellingWords(name: PreparedName): PreparedName {
  const parts = name.parts.filter((part) => !isCommon(part));
  return parts.length === 0 || parts.length === name.parts.length ? name : { written: name.written, parts };
}
