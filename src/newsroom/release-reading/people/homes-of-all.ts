/** Reads the home of all who were arrested, where a later sentence gives it: "All of them come from Denby, except the 43-year-old woman". */
import { placeAt } from '../counts/counts.ts';
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import type { Claim } from '../parsed-release.ts';
import type { Block } from '../sentences.ts';
import { sexOf } from './person-phrase.ts';

const all =
  /^(?:All|Each|Every one) (?:of )?(?:(?:the|those|these) )?(?:(?:people|men|women|suspects|persons|individuals|\w+) )?(?:who were |under )?(?:arrested|arrest|in custody|detained)(?: people)? (?:come|comes|came|are|is|were) (?:all )?from (?=[A-Z])/;
const except =
  /^,? (?:except|apart from|other than|save for|with the exception of) (?:for )?(?:the|an?) (?<age>\d\d)-year-old (?<who>man|woman|boy|girl)(?:,? who (?:comes|came|is|was) from (?=[A-Z])|,? (?:of|from) (?=[A-Z]))?/;
const sentenceEnd = /^[.;]?$/;

type Homes = {
  readonly home: string;
  readonly other: { readonly age: number; readonly sex: string | null; readonly home: string | null } | null;
};

/** The home of all and of the one who is excepted; null where the sentence says more than the rules know. */
function homesIn(text: string): Homes | null {
  const lead = all.exec(text)?.[0];
  const place = lead === undefined ? null : placeAt(text, lead.length);
  if (!place) return null;
  const rest = text.slice(place.end);
  if (sentenceEnd.test(rest)) return { home: place.town, other: null };
  const found = except.exec(rest);
  if (!found) return null;
  const from = /(?:from|of) $/.test(found[0]) ? placeAt(rest, found[0].length) : null;
  if (!sentenceEnd.test(rest.slice(from?.end ?? found[0].length))) return null;
  const { age, who = '' } = found.groups ?? {};
  return { home: place.town, other: { age: Number(age), sex: sexOf(who), home: from?.town ?? null } };
}

const some = new RegExp(
  `(?:^|,? and |, )(?:[Tt]he )?(?<size>${positiveNumber})(?: (?:of them|others|people|men|women))? (?:(?:are|were|is|was|comes?) (?:all |both )?from (?=[A-Z])|(?:are|were|is|was) of no fixed (?:address|abode)|(?:has|have) no (?:known|fixed) address)`,
  'gi',
);

/** "Four are from Denby and two have no known address", of people whom nothing else tells apart: one home for each. */
function withHomesOfSome(claims: readonly Claim[], sentences: readonly string[]): readonly Claim[] {
  const people = claims.filter((one) => one.kind === 'person arrested');
  const alike = new Set(people.map(({ sex, age, ageRange, home }) => JSON.stringify([sex, age, ageRange, home])));
  if (people.length < 2 || alike.size !== 1 || people[0]?.home !== null) return claims;
  const divided = sentences.map((text) =>
    [...text.matchAll(some)].flatMap((match) => {
      const size = numberOf(match.groups?.['size'] ?? '') ?? 0;
      const home = / from $/.test(match[0]) ? (placeAt(text, match.index + match[0].length)?.town ?? null) : null;
      return Array.from({ length: Math.min(size, 200) }, () => home);
    }),
  );
  const homes = divided.find((one) => one.length === people.length);
  return homes
    ? claims.map((one) => (one.kind === 'person arrested' ? { ...one, home: homes[people.indexOf(one)] ?? null } : one))
    : claims;
}

/** The claims with that home for each person without another one; unchanged where the exception fits nobody or two. */
export function withHomesOfAll(claims: readonly Claim[], blocks: readonly Block[]): readonly Claim[] {
  const sentences = blocks.filter(({ part }) => part === 'body').flatMap((block) => block.sentences);
  const [homes, ...more] = sentences.flatMap(({ text }) => homesIn(text.slice(0, 300)) ?? []);
  if (!homes && more.length === 0)
    return withHomesOfSome(
      claims,
      sentences.map(({ text }) => text.slice(0, 300)),
    );
  if (!homes || more.length > 0) return claims;
  const { home, other } = homes;
  const isOther = (one: Claim): boolean =>
    one.kind === 'person arrested' && other !== null && one.age === other.age && one.sex === other.sex;
  if (other && claims.filter(isOther).length !== 1) return claims;
  return claims.map((one) =>
    one.kind === 'person arrested' && one.home === null
      ? { ...one, home: isOther(one) ? (other?.home ?? null) : home }
      : one,
  );
}
