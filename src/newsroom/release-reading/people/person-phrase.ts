/** Reads one phrase of people: how many, of which sex, with ages and home in any order: "a man aged 44, of Denby". */

import { placeAt } from '../counts/counts.ts';
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import type { Sex } from '../parsed-release.ts';
import { isRegion } from '../places-and-days/regions.ts';
import { isOfName } from './speakers.ts';

export type Group = {
  readonly size: number;
  readonly sex: Sex | null;
  readonly ages: readonly number[];
  home: string | null;
  range: readonly [number, number] | null;
  /** "two men, in their 30s and 50s": one range for each of them. */
  apart?: readonly (readonly [number, number])[];
  /** Whether the release names the person. */
  named?: true;
};
export type Groups = { readonly groups: readonly Group[]; readonly end: number };

const person =
  'man|men|males?|boys?|woman|women|females?|girls?|persons?|people|individuals?|suspects?|workers?|' +
  'drivers?|nationals?|adults?|teenagers?|foreigners|citizens|migrants|offenders|traffickers|customers|clients|employees|locals|youths?';
const head = new RegExp(
  '(?:(?<size>an?|another|one|' +
    `${positiveNumber}) )?(?:(?<age>${positiveNumber})[- ]years?[- ]olds?,? )?(?<words>(?!(?:${positiveNumber})\\b|and\\b|or\\b|of\\b|` +
    `who\\b|to\\b|in\\b|at\\b)(?:(?!(?:${positiveNumber}|dozen|couple|pair|handful|few|hundreds?|number)\\b)[A-Za-z][\\w'-]* ){0,2}?)(?<noun>${person})\\b(?!'|-| (?:police|officers?))`,
  'iy',
);
/** "a 47-year-old teacher": behind an age stands a person, whatever the noun. */
const agedHead = new RegExp(
  `(?<size>an?|another|one) (?<age>${positiveNumber})[- ]years?[- ]old,? (?<words>(?:[A-Z][a-z]+ )?)(?<noun>[a-z]+(?:er|or|ist|ian|ant|ess|eur|ent|wife|chef|nurse|carer|mother|father|husband|son|daughter))\\b`,
  'iy',
);
/** "a 38-year-old": man or woman is said elsewhere. */
const bareHead = new RegExp(
  `(?<size>an?|another|one) (?<age>${positiveNumber})[- ]years?[- ]old(?=,? (?:from|of|and|was|were)\\b|,|\\.)(?<words>)(?<noun>)`,
  'iy',
);
const agesLead =
  /(?: of (?=\d\d\b)| \((?:aged |ages )?|,? (?:(?:both|all|each|who (?:is|are)|were) )?(?:aged?|ages) |,? - aged |, )/y;
const oneAge = new RegExp(
  `(?<age>${positiveNumber})(?![- ]years?[- ]old (?:[a-z]+ )?(?:${person})| (?:${person}|of (?:whom|them|the))\\b)(?![\\w-])`,
  'iy',
);

const decadeWords = 'twenties|thirties|forties|fifties|sixties|seventies';
/** "aged between 24 and 50", "in their 30s": no exact age. */
const decades = `(?:early |mid-? ?|late )?(?:teens|\\d0s|${decadeWords})`;
/** "between 18 and 40", "from 18 to 40", "18 to 40", "18-40": the words of ages stand before the last two. */
const fromTo = '(?:(?:between|from) \\d\\d (?:and|to) \\d\\d|\\d\\d(?: to |-)\\d\\d)(?!\\d)';
const ageWords = `(?:(?:with )?(?:an )?(?:aged?|ages|whose ages)(?: (?:ranged?|ranging|are|is|were|range))?|(?:ranging|ranged) in age|in the age (?:range|group)(?: of)?)`;
/** A range of ages, with the words that say so. */
export const agesBetween = `(?:${ageWords} ${fromTo}|between(?: the ages of)? \\d\\d and \\d\\d|from \\d\\d to \\d\\d)`;
const ageRange = new RegExp(
  `(?:,|,? -| \\()? ?(?:(?:all|both|each|mostly|who (?:are|were)) )*(?:${agesBetween}|` +
    `(?:aged )?in (?:his|her|their) ${decades}(?: (?:and|to|or) (?:their )?${decades})?)(?: years(?: old| of age)?)?(?:\\)| -(?= (?:have|has|were|was) ))?`,
  'y',
);

/** "in his 50s" is 50 to 59, "late" or not; "aged between 24 and 50" is as it says. Null where it is no range for certain. */
export function rangeIn(text: string): readonly [number, number] | null {
  const [from, to] = /(\d\d)(?: (?:and|to) |-)(\d\d)\b/.exec(text)?.slice(1).map(Number) ?? [];
  if (from !== undefined && to !== undefined) return from < to ? [from, to] : null;
  const decades = [...text.matchAll(new RegExp(`(\\d)0s|${decadeWords}`, 'g'))].map((match) =>
    match[1] ? Number(match[1]) * 10 : (decadeWords.split('|').indexOf(match[0]) + 2) * 10,
  );
  if (/teens/.test(text)) decades.unshift(10);
  const [first, last = first] = decades;
  return first === undefined || last === undefined ? null : [first === 10 ? 13 : first, last + 9];
}

/** "in their 30s and 50s" of two people: one is in each. With "to" or "or" it is one range. */
function decadesApart(text: string): (readonly [number, number])[] {
  const [, first, last] = /in their (\d0s|\w+ties) and (\d0s|\w+ties)$/.exec(text.trim()) ?? [];
  const ranges = [first, last].map((decade) => (decade ? rangeIn(decade) : null));
  return ranges.flatMap((range) => (range ? [range] : []));
}

export const sexOf = (noun: string): Sex | null => {
  if (/^(?:wom[ae]n|females?|girls?)$/i.test(noun)) return 'female';
  return /^(?:m[ae]n|males?|boys?)$/i.test(noun) ? 'male' : null;
};

export const sticky = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

export function groupAt(text: string, at: number): { group: Group; end: number } | null {
  const found = sticky(head, text, at) ?? sticky(agedHead, text, at) ?? sticky(bareHead, text, at);
  if (!found) return namedAt(text, at);
  const { size: sizeSaid, age, words = '', noun = '' } = found?.groups ?? {};
  if ((!sizeSaid && !age) || /\b(?:more|police)\b/i.test(words)) return null;
  // "two other men": counted apart, unless their ages tell them from those before.
  if (/\bother\b/i.test(words) && !/^,? aged \d\d\b/.test(text.slice(at + found[0].length))) return null;
  const size = !sizeSaid || /^(?:an?|another)$/i.test(sizeSaid) ? 1 : (numberOf(sizeSaid) ?? 0);
  if (size === 0) return null;
  let end = at + found[0].length;

  const allOf = sticky(/, all (?<who>men|women|male|female)(?=,)/y, text, end);
  if (allOf) end += allOf[0].length;
  const said = attributesAt(text, end, size, noun, age);
  return {
    group: {
      size,
      sex: sexOf(allOf?.groups?.['who'] ?? noun),
      ages: said.ages,
      home: said.home ?? townBefore(words),
      range: said.range,
      ...(said.apart.length > 0 ? { apart: said.apart } : {}),
    },
    end: said.end,
  };
}

/** "- all Polish nationals -", ", both Romanian,": said in passing of those before. */
const nationals =
  /,?(?: -)? (?:(?:both|all|each)(?: of (?:them|whom))?|who are(?: all| both)?) (?:[A-Z][a-z]+(?:,? (?:and|or) [A-Z][a-z]+)?)(?: nationals?| citizens?)?(?=,| -|\)| aged)/y;

/** Ages or a range of ages, and a home, behind so many people in any order. */
function attributesAt(text: string, at: number, size: number, noun: string, age: string | undefined) {
  let end = at;
  const ages: number[] = [];
  let home: { town: string | null; end: number } | null = null;
  let range: readonly [number, number] | null = null;
  let apart: readonly (readonly [number, number])[] = [];
  const years = age ? numberOf(age) : null;
  if (years !== null && size === 1) ages.push(years);
  for (let read = 0; read < 3; read += 1) {
    const begun = end;
    end += sticky(nationals, text, end)?.[0].length ?? 0;
    home ??= homeAt(text, end);
    if (home && home.end > end) end = home.end;
    const list = age || ages.length > 0 || range || (size > 1 && rangeAt(text, end)) ? null : agesAt(text, end, size);
    if (list) {
      ages.push(...list.ages);
      end = list.end;
      const more = restOfThem(text, end, size - ages.length, noun);
      if (more) {
        ages.push(...more.ages);
        end = more.end;
      }
    }
    const words: string | undefined = age || range || apart.length > 0 ? undefined : rangeAt(text, end);
    if (words) {
      end += words.length;
      apart = size === 2 ? decadesApart(words) : [];
      range = apart.length > 0 ? null : rangeIn(words);
      if (/\b(?:all|both)\b/.test(words) && size === 1) range = null;
    }
    if (end === begun) break;
  }
  const sound = ages.every((one) => one >= 10 && one < 100) && ages.length === size;
  return { ages: sound ? ages : [], home: home?.town ?? null, range, apart, end };
}

const definiteHead = new RegExp(
  `(?:[Tt]he|[Bb]oth|[Aa]ll)(?: (?:of )?the)?(?: (?<size>${positiveNumber})(?![- ]years?[- ]old))?(?: (?<age>\\d\\d)[- ]years?[- ]old)?(?<words>(?: (?!and\\b|of\\b|who\\b)[a-z-]+){0,2}?)(?: (?<noun>${person}|accused|defendants?|pair|duo|trio))?(?: (?:who were |that were )?(?:arrested|detained|in custody))?(?=[ ,.(-])`,
  'y',
);
const sizeOfNoun: Readonly<Record<string, number>> = { pair: 2, duo: 2, trio: 3 };

/** "The men, aged 34 and 36", "the 31-year-old woman from Denby": more about people who were mentioned before. */
export function definiteAt(text: string, at: number): { group: Group; end: number } | null {
  const found = sticky(definiteHead, text, at);
  const { size: said, age, noun = '', words = '' } = found?.groups ?? {};
  if (!found || (noun === '' && !age && !said) || /\bpolice\b/.test(words)) return null;
  const end = at + found[0].length;
  const isPlural = noun !== '' ? /(?:men|people|s)$/.test(noun) : !age;
  const size =
    (said ? numberOf(said) : null) ?? sizeOfNoun[noun] ?? (isPlural ? agesAt(text, end, 12)?.ages.length : 1);
  if (!size) return null;
  const all = attributesAt(text, end, size, noun, age);
  if (all.ages.length === 0 && !all.range && all.home === null) return null;
  const { ages, home, range, apart } = all;
  const group = { size, sex: sexOf(noun), ages, home, range, ...(apart.length > 0 ? { apart } : {}) };
  return { group, end: all.end };
}

const nameWord = "\\p{Lu}[\\p{L}'’-]+";
const givenName = `(?:(?<title>Mr|Mrs|Ms|Miss)\\.? )?(?<name>${nameWord}(?: (?:\\p{Lu}\\.?|de|da|del|dos|la|van|von|der|bin|binti|ibn|al|el|ap|["'(]${nameWord}["')]|${nameWord})){1,4})`;
/** "Jan Novak, 51," "Jan Novak (51)", "Jan Novak, aged 51": a name with an age is one person. */
const namedThenAge = new RegExp(
  `${givenName}(?: \\((?:aged? )?(?<age>[1-9]\\d)\\)|,? aged? (?<age2>[1-9]\\d)(?!\\d)|, (?<age3>[1-9]\\d)(?: years(?: old| of age))?(?=[,.;)]| (?:of|from) \\p{Lu}|,? and |$))`,
  'uy',
);
/** "51-year-old Jan Novak". */
const ageThenNamed = new RegExp(`(?<age>[1-9]\\d)[- ]years?[- ]old,? ${givenName}`, 'uy');
const bySex: Readonly<Record<string, Sex>> = { Mr: 'male', Mrs: 'female', Ms: 'female', Miss: 'female' };

/** Whether a person's name may begin here. */
export const isNameAt = (text: string, at: number): boolean => namedAt(text, at) !== null;

/** A person who is named with an age, and perhaps a home; the name is left out. */
function namedAt(text: string, at: number): { group: Group; end: number } | null {
  const found = sticky(namedThenAge, text, at) ?? sticky(ageThenNamed, text, at);
  const { name, title = '', age, age2, age3 } = found?.groups ?? {};
  if (!found || !name?.split(' ').every((word) => /^\p{Ll}/u.test(word) || isOfName(word))) return null;
  let end = at + found[0].length;
  const home = homeAt(text, end) ?? commaHomeAt(text, end);
  if (home) end = Math.max(end, home.end);
  return {
    group: {
      size: 1,
      sex: bySex[title] ?? null,
      ages: [Number(age ?? age2 ?? age3)],
      home: home?.town ?? null,
      range: null,
      named: true,
    },
    end,
  };
}

/** "Jan Novak, 51, Port Langdon": a town between commas, where the item ends or a charge follows. */
function commaHomeAt(text: string, at: number): { town: string; end: number } | null {
  const lead = sticky(/, (?=[A-Z])/y, text, at)?.[0];
  const place = lead ? placeAt(text, at + lead.length) : null;
  return place && /^(?:[.;]|$)/.test(text.slice(place.end)) ? place : null;
}

/** "five men aged 21, 47, 49 and two men aged 23": the two are of the five. */
function restOfThem(text: string, at: number, left: number, noun: string): { ages: number[]; end: number } | null {
  const rest = new RegExp(
    `,? (?:and|with) (?<more>another|${positiveNumber}) (?:other )?(?<who>${person}),? (?:who are )?(?:both |all )?aged (?<age>\\d\\d)\\b`,
    'iy',
  );
  const found = left > 0 ? sticky(rest, text, at) : null;
  const { more = '', who = '', age } = found?.groups ?? {};
  const size = /^another$/i.test(more) ? 1 : numberOf(more);
  if (!found || size !== left || sexOf(who) !== sexOf(noun)) return null;
  return { ages: Array.from({ length: left }, () => Number(age)), end: at + found[0].length };
}

/** "a 41-year-old Marl man": a name before the noun that is of no nation. */
function townBefore(words: string): string | null {
  const name = words.trim();
  return /^[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}$/.test(name) &&
    !/(?:ish|ese|ian|an|ch|i|Thai|Greek|Czech|Dutch|Filipino|Kong|Male|Female|Local|Police)$/.test(name)
    ? name
    : null;
}

export const rangeAt = (text: string, at: number): string | undefined => sticky(ageRange, text, at)?.[0];

const homeAt = (text: string, at: number): { town: string | null; end: number } | null => {
  const region = sticky(/,? from the (?=[A-Z][\w'-]+(?: [A-Z][\w'-]+)? area\b(?! of\b))/y, text, at)?.[0];
  const ofArea = region ? placeAt(text, at + region.length) : null;
  if (ofArea) return { town: ofArea.town, end: ofArea.end + ' area'.length };
  const lead = sticky(
    /,? (?:also |both |all |each )?(?:from|of|(?:who (?:lives?|lived|resides?) |living |residing |(?:a )?resident |(?:with )?an address )(?:in|of|at)) /y,
    text,
    at,
  )?.[0];
  // "both" and "all" may speak of the groups before as well: that is for the end of the row.
  const home = lead ? placeAt(text, at + lead.length) : null;
  if (!lead || !home || (/both|all|each/.test(lead) && !/^,? and (?:the|an?|one) /.test(text.slice(home.end))))
    return null;
  // "from Indonesia, Vietnam and Bangladesh": nobody knows who is from where.
  const more = sticky(
    /(?:, [A-Z][\w-]+)+,? and [A-Z][\w-]+(?= (?:who|were|was|aged|between|in)\b|,)/y,
    text,
    home.end,
  )?.[0];
  return more ? { town: null, end: home.end + more.length } : { town: home.town, end: regionEnd(text, home.end) };
};

/** ", NSW", ", Oakshire": the state or county of a town, behind it. */
function regionEnd(text: string, at: number): number {
  const found = sticky(
    /, (?:in )?(?<name>[A-Z]{2,4}|[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?=[,.)]|$| (?:and|were|was|have|has|who)\b)/y,
    text,
    at,
  );
  const name = found?.groups?.['name'] ?? '';
  return found && (/^[A-Z]{2,4}$/.test(name) || isRegion(name, null)) ? at + found[0].length : at;
}

function agesAt(text: string, at: number, size: number): { ages: number[]; end: number } | null {
  const lead = sticky(agesLead, text, at)?.[0];
  // "both aged 43" behind one person is of the one before as well.
  if (!lead || (size === 1 && /both|all|each/.test(lead))) return null;
  const ages: number[] = [];
  let end = at + lead.length;
  while (ages.length < size) {
    const separator = ages.length === 0 ? '' : sticky(/,? and |, /y, text, end)?.[0];
    if (separator === undefined) break;
    const age = sticky(oneAge, text, end + separator.length);
    const years = age ? numberOf(age[0]) : null;
    if (!age || years === null) break;
    ages.push(years);
    end += separator.length + age[0].length;
  }
  if (ages.length === 0) return null;
  const tail =
    sticky(/(?: years old| years of age)?\)?(?: - (?=and |were |was |have |has )|,?(?= |$|\.))/y, text, end)?.[0] ?? '';
  // A bare number between commas is an age only if the commas close round it.
  if (
    lead === ', ' &&
    !/,|year/.test(tail) &&
    !/^(?:[.;]|$| (?:on suspicion|in relation|in connection|for)\b| (?:of|from) [A-Z])/.test(
      text.slice(end + tail.length),
    )
  )
    return null;
  const keepsComma =
    tail.endsWith(',') && / (?:and|along|as well|both|all)/.test(text.slice(end + tail.length, end + tail.length + 12));
  return { ages, end: end + tail.length - (keepsComma || /[, ]$/.test(tail) ? 1 : 0) };
}
