/** Reads who was arrested: how many, of which sex and age, from which town, where and over what. */

import { countsIn, isCounty, numberPattern, placeAt, placesAfter, readNumber } from './counts.ts';
import type { ClaimContent, Count, Sex } from './parsed-release.ts';

type Group = {
  readonly size: number;
  readonly sex: Sex | null;
  readonly ages: readonly number[];
  home: string | null;
};
type Groups = { readonly groups: readonly Group[]; readonly end: number };

const person =
  'man|men|males?|boys?|woman|women|females?|girls?|persons?|people|individuals?|suspects?|workers?|' +
  'drivers?|nationals?|adults?|teenagers?';
const head = new RegExp(
  '(?:(?<size>an?|another|one|' +
    `${numberPattern}) )?(?:(?<age>${numberPattern})[- ]years?[- ]olds?,? )?(?<words>(?!and\\b|or\\b|of\\b|` +
    `who\\b|to\\b|in\\b|at\\b)(?:[A-Za-z][\\w'-]* ){0,2}?)(?<noun>${person})\\b(?!'|-| (?:police|officers?))`,
  'iy',
);
const agesLead = /(?: \((?:aged |ages )?|,? (?:(?:both|all|each|who (?:is|are)|were) )?(?:aged|ages) |,? - aged |, )/y;
const oneAge = new RegExp(
  `(?<age>${numberPattern})(?![- ]years?[- ]old (?:[a-z]+ )?(?:${person})| (?:${person}|of (?:whom|them|the))\\b)(?![\\w-])`,
  'iy',
);

/** "aged between 24 and 50", "in their 30s": no exact age. */
const ageRange = new RegExp(
  ',? (?:all |both )?(?:with ages |aged |ages )?(?:(?:between|from) \\d\\d (?:and|to) \\d\\d|in (?:his|her|' +
    'their) (?:early |mid-?|late )?(?:teens|\\d0s)(?: (?:and|to|or) (?:early |mid-?|' +
    'late )?\\d0s)?)(?: years old)?',
  'y',
);

const sexOf = (noun: string): Sex | null => {
  if (/^(?:wom[ae]n|females?|girls?)$/i.test(noun)) return 'female';
  return /^(?:m[ae]n|males?|boys?)$/i.test(noun) ? 'male' : null;
};

const sticky = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** "a man aged 44 and two women, aged 27 and 31, all of Denby": groups of people in a row, starting exactly here. */
function groupsAt(text: string, at: number): Groups | null {
  const groups: Group[] = [];
  let end = at;
  for (let next = at; ; ) {
    const group = groupAt(text, next) ?? (next > at ? sameArticle(text, next) : null);
    if (!group) break;
    groups.push(group.group);
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
    const ages = /^ and /.test(text.slice(end)) ? sticky(ageRange, text, end + 4) : null;
    if (ages) end += 4 + ages[0].length;
  }
  end += sticky(/,? (?:(?:both|all|each) )?of no fixed (?:address|abode)/y, text, end)?.[0].length ?? 0;
  return { groups, end };
}

/** "A man and woman". */
function sameArticle(text: string, at: number): { group: Group; end: number } | null {
  const noun = /\band $/.test(text.slice(0, at)) ? sticky(/(?:man|woman|boy|girl)\b/y, text, at)?.[0] : undefined;
  return noun ? { group: { size: 1, sex: sexOf(noun), ages: [], home: null }, end: at + noun.length } : null;
}

function groupAt(text: string, at: number): { group: Group; end: number } | null {
  const found = sticky(head, text, at);
  const { size: sizeSaid, age, words = '', noun = '' } = found?.groups ?? {};
  if (!found || (!sizeSaid && !age) || /\b(?:further|more|other|police)\b/i.test(words)) return null;
  const size = !sizeSaid || /^(?:an?|another)$/i.test(sizeSaid) ? 1 : (readNumber(sizeSaid) ?? 0);
  if (size === 0) return null;
  let end = at + found[0].length;

  const allOf = sticky(/, all (?<who>men|women|male|female)(?=,)/y, text, end);
  if (allOf) end += allOf[0].length;
  let home = homeAt(text, end);
  if (home) end = home.end;
  const ages: number[] = [];
  if (age) {
    const years = readNumber(age);
    if (years !== null && size === 1) ages.push(years);
  } else {
    const list = agesAt(text, end, size);
    if (list) {
      ages.push(...list.ages);
      end = list.end;
    }
    const range = sticky(ageRange, text, end)?.[0];
    if (range) end += range.length;
  }
  home ??= homeAt(text, end);
  if (home && home.end > end) end = home.end;
  const sound = ages.every((years) => years >= 10 && years < 100) && ages.length === size;
  return {
    group: { size, sex: sexOf(allOf?.groups?.['who'] ?? noun), ages: sound ? ages : [], home: home?.town ?? null },
    end,
  };
}

const homeAt = (text: string, at: number) => {
  const lead = sticky(/,? (?:also |both |all |each )?(?:from|of) /y, text, at)?.[0];
  // "both" and "all" may speak of the groups before as well: that is for the end of the row.
  return lead && !/both|all|each/.test(lead) ? placeAt(text, at + lead.length) : null;
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
    const years = age ? readNumber(age[0]) : null;
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

const verb = new RegExp(
  '(?:,| -|\\))? (?:were|was|have been|has been|had been|have all been|being)(?: (?:also|then|later|' +
    'subsequently|both|all|each))? arrested\\b| arrested(?=[.,;]|$| (?:on suspicion|in connection|in relation|' +
    'for|over|as part|after|at|in|following)\\b)',
  'g',
);
const object = /\b(?:arrested|arresting|(?:the )?arrests? of) (?=[a-z\d])/gi;
const listLead = /\b(?:arrested|in custody|held) (?:were|are|was|is|include[sd]?)(?: the following)?:? /gi;
const groupStart = new RegExp(`(?<![\\w'-])(?:an?|another|one|${numberPattern})(?= |-)`, 'gi');

type Context = { readonly area: string | null; readonly afterArrests: boolean };

/** Every arrest that a sentence claims; nothing where it cannot be told who the sentence means. */
export function arrestsIn(text: string, { area, afterArrests }: Context): ClaimContent[] {
  const told: ClaimContent[] = [];
  if (!/arrest/i.test(text)) return afterArrests ? followOnArrests(text) : [];
  if (saysNone(text)) told.push(arrests(exact(0), null, noSurroundings));

  const taken: [number, number][] = [];
  const isTaken = (at: number) => taken.some(([from, to]) => at >= from && at < to);

  for (const match of text.matchAll(listLead)) {
    const list = groupsAt(text, match.index + match[0].length);
    if (!list) continue;
    taken.push([match.index, list.end]);
    told.push(...toArrestClaims(list.groups, { ...noSurroundings, matter: matterIn(text.slice(list.end)) }));
  }
  for (const match of text.matchAll(verb)) {
    if (isTaken(match.index)) continue;
    const list = groupsBefore(text, match.index);
    if (!list || isTaken(list.start)) continue;
    taken.push([list.start, match.index + match[0].length]);
    told.push(...toArrestClaims(list.groups, surroundings(text, match.index + match[0].length, area)));
  }
  for (const match of text.matchAll(object)) {
    const at = match.index + match[0].length;
    if (isTaken(match.index)) continue;
    const qualifier = /(?:more than|over|at least|around|about|almost|nearly) /iy;
    if (sticky(qualifier, text, at)) continue;
    const list = groupsAt(text, at);
    if (!list) continue;
    taken.push([match.index, list.end]);
    told.push(...toArrestClaims(list.groups, surroundings(text, list.end, area)));
  }
  told.push(...countedArrests(text, area, isTaken));
  return told;
}

/** "They were three women …" after a sentence that tells of arrests. */
function followOnArrests(text: string): ClaimContent[] {
  const lead = /^(?:They|All|The suspects|The (?:two|three|four|five|six|seven|eight|nine|ten)) (?:are|were) /.exec(
    text,
  )?.[0];
  const list = lead ? groupsAt(text, lead.length) : null;
  if (!list || !/^(?:[.,;]|$)/.test(text.slice(list.end))) return [];
  return toArrestClaims(list.groups, noSurroundings);
}

/** An item of a list that was led in by "Those arrested were:". */
export function arrestsInItem(text: string): ClaimContent[] {
  const list = groupsAt(text, 0);
  return list ? toArrestClaims(list.groups, { ...noSurroundings, matter: matterIn(text.slice(list.end)) }) : [];
}

export const leadsToArrested = (text: string): boolean =>
  /\b(?:arrested|arrests)(?: (?:were|are|include[sd]?))?(?: the following| as follows)?:$/i.test(text.trim());

const wholeBefore = new RegExp(
  `(?<size>${numberPattern}) (?:people|persons|individuals|suspects|arrests)(?:,| -| \\() $`,
  'i',
);

/** Before a number: only some of those spoken of, a floor, an age, a sum. */
const notWhoWasArrested = new RegExp(
  '(?:(?<!\\btotal )\\bof(?: the| these| those)?|\\b(?:further|another|other)|' +
    '\\b(?:more than|over|at least|around|about|almost|nearly|up to)|aged?|between|and \\d+|£) $',
  'i',
);

function groupsBefore(text: string, end: number): (Groups & { start: number }) | null {
  const windowStart = Math.max(0, end - 400);
  for (const match of text.slice(windowStart, end).matchAll(groupStart)) {
    const start = windowStart + match.index;
    const before = text.slice(Math.max(0, start - 24), start);
    if (notWhoWasArrested.test(before)) continue;
    const list = groupsAt(text, start);
    const left = list ? text.slice(list.end, end) : '';
    if (!list || !/^(?:, (?:who|whose|suspected|believed|one|two) [^,;]{1,70})?$/.test(left)) continue;
    // "Four people, three men and a woman, were arrested": the total stands before its parts.
    const total = wholeBefore.exec(text.slice(0, start))?.groups?.['size'];
    const size = total ? readNumber(total) : null;
    const whole: Group[] = size === null ? [] : [{ size, sex: null, ages: [], home: null }];
    return { groups: [...whole, ...list.groups], end: list.end, start };
  }
  return null;
}

type Surroundings = { readonly town: string | null; readonly addresses: number | null; readonly matter: string | null };
const noSurroundings: Surroundings = { town: null, addresses: null, matter: null };

const soleTown = ([town, ...more]: readonly string[], area: string | null): string | null =>
  town && more.length === 0 && !isCounty(town, area) ? town : null;

const made = new RegExp(
  '^(?: (?:were|was|have been|had been)(?: also)? made| made| took place)?(?: (?:during|' +
    'on) [^,;.]{1,40}?(?= (?:at|in) (?:[A-Z]|an? |[a-z]+ (?:\\w+ )?address)))?',
);
const atAddresses = new RegExp(
  `^,? (?:at|from|in) (?:(?<size>an?|one|${numberPattern}) )?(?:different |separate |` +
    'of the )?(?:[a-z]+ )?(?:address|addresses|premises|property|properties|business|businesses|venues?|' +
    'locations?|sites?)\\b',
  'i',
);

/** What follows the word: "at two addresses in Watford in relation to immigration matters". */
function surroundings(text: string, at: number, area: string | null): Surroundings {
  let end = at + (made.exec(text.slice(at))?.[0].length ?? 0);
  const addresses = atAddresses.exec(text.slice(end));
  const said = addresses?.groups?.['size'];
  if (addresses) end += addresses[0].length;
  const number = said ? (/^an?$/i.test(said) ? 1 : readNumber(said)) : null;
  const town = soleTown(placesAfter(text, end)?.towns ?? [], area);
  return { town, addresses: number, matter: matterIn(text.slice(at)) };
}

/** Not past ", 12 of them for …": that matter is theirs alone. */
const matterLead = new RegExp(
  `^(?:(?!, (?:${numberPattern}|some|most) )[^;]){0,80}?\\b(?:on suspicion of|in connection with|` +
    'in relation to|for|over) (?!questioning|the (?:week|operation|investigation|incident|inquiry)|\\d)',
);
const fewNumbers = 'one|two|three|four|five|six|seven|eight|nine';
const matterEnd = new RegExp(
  [
    '[.;]',
    ', (?:who|which|while|with|after|following|as|but|two|three|both|all|police|officers)\\b',
    // Another clause with a verb of its own: "… and safeguarding advice was given".
    '(?:,|,? and) (?=(?:(?! and )[^,.;])*\\b(?:was|were|has|have|had|is|are|remains?)\\b)',
    `,? and (?=a number|several|\\d|(?:${fewNumbers}) )`,
    ',? and (?:remain|bailed|released|taken|later|safeguard|seiz|offer)',
    ',? (?:at|in) (?=[A-Z\\d]|an? (?:\\w+ )?(?:address|building|house|property)|two |three )',
    ' (?:after|following|during|when|while|as (?:part|a result)|by|on (?:[A-Z]|\\d))\\b',
    ',? (?:but|then)\\b',
  ].join('|'),
);

/** What they were arrested over, in the release's own words. */
function matterIn(text: string): string | null {
  const lead = matterLead.exec(text)?.[0];
  if (!lead) return null;
  const rest = text.slice(lead.length);
  const end = matterEnd.exec(rest)?.index ?? rest.length;
  const matter = rest
    .slice(0, end)
    .replace(/["',\s]+$/, '')
    .trim();
  return matter.length > 2 && matter.length < 200 ? matter : null;
}

const exact = (value: number): Count => ({ kind: 'number', value, qualifier: 'exact' });

const arrests = (count: Count, sex: Sex | null, around: Surroundings): ClaimContent => ({
  kind: 'arrests',
  count,
  sex,
  ...around,
});

const toArrestClaims = (groups: readonly Group[], around: Surroundings): ClaimContent[] =>
  groups.flatMap(({ size, sex, ages, home }) => {
    const people: ClaimContent[] = [];
    for (let index = 0; index < size && (ages.length > 0 || home !== null); index += 1)
      people.push({ kind: 'person arrested', sex, age: ages[index] ?? null, home, matter: around.matter });
    return [arrests(exact(size), sex, around), ...people];
  });

const bareNumber = new RegExp(
  `(?:^|[,;:] (?:and )?|\\band |\\bwith |\\bsaw |\\bseeing )(?<number>${numberPattern}) (?:(?:were|was|` +
    'have been|had been)(?: also)? (?:people )?)?arrested\\b',
  'gi',
);

const wereArrested = /^ (?:were|was|have been|had been)(?: also)? arrested\b/;
const notTheWhole = /\b(?:further|more|other|additional|extra)\b/;

/** "Four arrests", "two in Denby", "more than 20 people were arrested", "12 arrested": counts without a row of people. */
function countedArrests(text: string, area: string | null, isTaken: (at: number) => boolean): ClaimContent[] {
  const told: ClaimContent[] = [];
  let accepted = false;
  for (const { count, of, noun, elliptic, towns, start, nounEnd, end } of countsIn(text)) {
    const town = soleTown(towns, area);
    if (isTaken(start)) accepted = of === 'people';
    else if (elliptic) {
      if (accepted && towns.length === 1 && (of === 'arrests' || of === 'people'))
        told.push(arrests(count, null, { ...noSurroundings, town: towns[0] ?? null }));
    } else if (of === 'arrests') {
      accepted = !notTheWhole.test(noun);
      if (accepted) told.push(arrests(count, null, surroundings(text, nounEnd, area)));
    } else {
      const were = wereArrested.exec(text.slice(end))?.[0] ?? '';
      accepted = of === 'people' && (were !== '' || /\barrest(?:ed|ing) $/i.test(text.slice(0, start)));
      if (!accepted || notTheWhole.test(noun)) continue;
      const around = surroundings(text, end + were.length, area);
      told.push(arrests(count, sexOf(noun.split(' ').at(-1) ?? ''), { ...around, town: around.town ?? town }));
    }
  }
  for (const match of text.matchAll(bareNumber)) {
    const said = match.groups?.['number'] ?? '';
    const number = readNumber(said);
    const at = match.index + match[0].indexOf(said);
    if (number === null || isTaken(at) || /aged|years?[- ]old/.test(text.slice(Math.max(0, at - 80), at))) continue;
    told.push(arrests(exact(number), null, surroundings(text, match.index + match[0].length, area)));
  }
  return told;
}

const scope = '(?= during | on this occasion| as a result| but | and |[,.;]|$)';
const none = new RegExp(
  `\\b(?:no arrests? (?:were|was|have been|had been) (?:made|necessary)${scope}|(?:there (?:were|` +
    `have been)|with|and|made|but) no arrests?${scope}|^no arrests${scope}|(?:nobody|no[- ]one) (?:was|` +
    `has been) arrested${scope}|(?:did not|without) (?:lead(?:ing)? to |result(?:ing)? in |mak(?:e|` +
    `ing) )?any arrests?${scope})`,
  'i',
);

const saysNone = (text: string): boolean => none.test(text);
