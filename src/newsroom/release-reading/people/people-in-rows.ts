/** Reads people in a row: "a man aged 44 and two women, aged 27 and 31, all of Denby". */

import { placeAt } from '../counts/counts.ts';
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import type { Sex } from '../parsed-release.ts';

export type Group = {
  readonly size: number;
  readonly sex: Sex | null;
  readonly ages: readonly number[];
  home: string | null;
  range: readonly [number, number] | null;
  /** "two men, in their 30s and 50s": one range for each of them. */
  apart?: readonly (readonly [number, number])[];
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
  /(?: of (?=\d\d\b)| \((?:aged |ages )?|,? (?:(?:both|all|each|who (?:is|are)|were) )?(?:aged|ages) |,? - aged |, )/y;
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
    `(?:aged )?in (?:his|her|their) ${decades}(?: (?:and|to|or) (?:their )?${decades})?)(?: years(?: old| of age)?)?\\)?`,
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

/** "a man aged 44 and two women, aged 27 and 31, all of Denby": groups of people in a row, starting exactly here. */
export function groupsAt(text: string, at: number): Groups | null {
  const groups: Group[] = [];
  const endings: string[] = [];
  let end = at;
  for (let next = at; ; ) {
    const group = groupAt(text, next) ?? (next > at ? sameArticle(text, next) : null);
    if (!group) break;
    groups.push(group.group);
    endings.push(text.slice(next, group.end));
    end = group.end;
    const separator: string | undefined = sticky(
      /(?:,? (?:and|along with|as well as|together with|plus)|[,;]) (?:also )?/y,
      text,
      end,
    )?.[0];
    if (!separator) break;
    next = end + separator.length;
  }
  if (groups.length === 0) return null;
  for (const [index, { range, size }] of groups.entries()) {
    const before = groups[index - 1];
    // "a man and a woman in their 50s": both are.
    const isTheirs =
      size === 1 && range && /\b(?:an?|one) (?:woman|man|boy|girl) in their \w+$/.test(endings[index] ?? '');
    if (isTheirs && before?.size === 1 && before.range === null && before.ages.length === 0) before.range = range;
  }
  shareRange(text, groups, end);
  const shared = sticky(
    new RegExp(
      ',? (?:who are )?(?:both|all|each)(?: (?:three|four|five|six|seven|eight|nine|ten))?(?: of whom)?(?: are|' +
        ' were)? (?:from|of) ',
      'y',
    ),
    text,
    end,
  )?.[0];
  const home = shared ? placeAt(text, end + shared.length) : null;
  if (home) {
    for (const group of groups) group.home ??= home.town;
    end = home.end;
    const ages = /^ and /.test(text.slice(end)) ? rangeAt(text, end + 4) : undefined;
    if (ages) end += 4 + ages.length;
  }
  // "Two people, a man and a woman in their fifties": the total is of those behind it, and nobody besides.
  const [whole, ...parts] = groups;
  if (
    whole &&
    whole.size > 1 &&
    whole.sex === null &&
    parts.length > 0 &&
    whole.size === parts.reduce((sum, { size }) => sum + size, 0)
  )
    groups[0] = { ...whole, home: null, range: null };
  end += sticky(/,? (?:(?:both|all|each) )?of no fixed (?:address|abode)/y, text, end)?.[0].length ?? 0;
  return { groups, end };
}

/** "Four men and three women, aged between 23 and 61": the range behind the row is of all. */
function shareRange(text: string, groups: readonly Group[], end: number): void {
  const last = groups.at(-1);
  const words = text.slice(Math.max(0, end - 60), end);
  if (groups.length < 2 || !last?.range || groups.slice(0, -1).some(({ range, ages }) => range || ages.length > 0))
    return;
  const isOfAll =
    /(?:,|,? -| \() ?(?:all |both )?(?:with |aged |ages |in |between |ranging |whose |who )[^,]{4,50}$| (?:woman|man|boy|girl) in their [^,]{4,30}$/;
  if (isOfAll.test(words) || (last.size > 1 && / (?:ages of|aged between|aged from|ranging) [^,]{4,40}$/.test(words)))
    for (const group of groups) group.range = last.range;
}

/** "A man and woman". */
function sameArticle(text: string, at: number): { group: Group; end: number } | null {
  const noun = /\band $/.test(text.slice(0, at)) ? sticky(/(?:man|woman|boy|girl)\b/y, text, at)?.[0] : undefined;
  return noun
    ? { group: { size: 1, sex: sexOf(noun), ages: [], home: null, range: null }, end: at + noun.length }
    : null;
}

function groupAt(text: string, at: number): { group: Group; end: number } | null {
  const found = sticky(head, text, at) ?? sticky(agedHead, text, at) ?? sticky(bareHead, text, at);
  const { size: sizeSaid, age, words = '', noun = '' } = found?.groups ?? {};
  if (!found || (!sizeSaid && !age) || /\b(?:more|police)\b/i.test(words)) return null;
  // "two other men": counted apart, unless their ages tell them from those before.
  if (/\bother\b/i.test(words) && !/^,? aged \d\d\b/.test(text.slice(at + found[0].length))) return null;
  const size = !sizeSaid || /^(?:an?|another)$/i.test(sizeSaid) ? 1 : (numberOf(sizeSaid) ?? 0);
  if (size === 0) return null;
  let end = at + found[0].length;

  const allOf = sticky(/, all (?<who>men|women|male|female)(?=,)/y, text, end);
  if (allOf) end += allOf[0].length;
  let home = homeAt(text, end);
  if (home) end = home.end;
  const ages: number[] = [];
  let shared: readonly [number, number] | null = null;
  let apart: readonly (readonly [number, number])[] = [];
  if (age) {
    const years = numberOf(age);
    if (years !== null && size === 1) ages.push(years);
  } else {
    const list = size > 1 && rangeAt(text, end) ? null : agesAt(text, end, size);
    if (list) {
      ages.push(...list.ages);
      end = list.end;
      const more = restOfThem(text, end, size - ages.length, noun);
      if (more) {
        ages.push(...more.ages);
        end = more.end;
      }
    }
    const range = rangeAt(text, end);
    if (range) {
      end += range.length;
      apart = size === 2 ? decadesApart(range) : [];
      shared = apart.length > 0 ? null : rangeIn(range);
      if (/\b(?:all|both)\b/.test(range) && size === 1) shared = null;
    }
  }
  home ??= homeAt(text, end);
  if (home && home.end > end) end = home.end;
  const town = home?.town ?? townBefore(words);
  const sound = ages.every((years) => years >= 10 && years < 100) && ages.length === size;
  return {
    group: {
      size,
      sex: sexOf(allOf?.groups?.['who'] ?? noun),
      ages: sound ? ages : [],
      home: town,
      range: shared,
      ...(apart.length > 0 ? { apart } : {}),
    },
    end,
  };
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
  return /^[A-Z][a-z]+$/.test(name) &&
    !/(?:ish|ese|ian|an|ch|i|Thai|Greek|Czech|Dutch|Filipino|Male|Female|Local|Police)$/.test(name)
    ? name
    : null;
}

const rangeAt = (text: string, at: number): string | undefined => sticky(ageRange, text, at)?.[0];

const homeAt = (text: string, at: number): { town: string | null; end: number } | null => {
  const region = sticky(/,? from the (?=[A-Z][\w'-]+(?: [A-Z][\w'-]+)? area\b(?! of\b))/y, text, at)?.[0];
  const ofArea = region ? placeAt(text, at + region.length) : null;
  if (ofArea) return { town: ofArea.town, end: ofArea.end + ' area'.length };
  const lead = sticky(/,? (?:also |both |all |each )?(?:from|of) /y, text, at)?.[0];
  // "both" and "all" may speak of the groups before as well: that is for the end of the row.
  const home = lead && !/both|all|each/.test(lead) ? placeAt(text, at + lead.length) : null;
  if (!home) return null;
  // "from Indonesia, Vietnam and Bangladesh": nobody knows who is from where.
  const more = sticky(
    /(?:, [A-Z][\w-]+)+,? and [A-Z][\w-]+(?= (?:who|were|was|aged|between|in)\b|,)/y,
    text,
    home.end,
  )?.[0];
  return more ? { town: null, end: home.end + more.length } : home;
};

function agesAt(text: string, at: number, size: number): { ages: number[]; end: number } | null {
  const lead = sticky(agesLead, text, at)?.[0];
  if (!lead) return null;
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
  const tail = sticky(/(?: years old| years of age)?\)?,?(?= |$|\.)/y, text, end)?.[0] ?? '';
  // A bare number between commas is an age only if the commas close round it.
  if (
    lead === ', ' &&
    !/,|year/.test(tail) &&
    !/^(?:[.;]|$| (?:on suspicion|in relation|in connection|for)\b)/.test(text.slice(end + tail.length))
  )
    return null;
  const keepsComma =
    tail.endsWith(',') && / (?:and|along|as well|both|all)/.test(text.slice(end + tail.length, end + tail.length + 12));
  return { ages, end: end + tail.length - (keepsComma || tail.endsWith(',') ? 1 : 0) };
}
