/** Reads who was arrested: how many, of which sex and age, from which town, where and over what. */

import { isCounty, placeAt, placesAfter } from '../counts/counts.ts';
import type { Mention } from '../counts/noun-phrases.ts';
import { numberOf, positiveNumber } from '../counts/numbers.ts';
import type { ClaimContent, Count, Sex } from '../parsed-release.ts';
import { groupsAt } from './people-in-rows.ts';
import { type Group, type Groups, isNameAt, sexOf } from './person-phrase.ts';

const verb = new RegExp(
  '(?:,| -|\\))? (?:were|was|have been|has been|had been|have all been|being)(?: (?:also|then|later|' +
    'subsequently|both|all|each))? (?:arrested|apprehended|detained on suspicion|held on suspicion|taken into custody)\\b|(?:,| -|\\))? (?:is|are|remains?|was|were) (?:now |currently |still )?' +
    'under arrest\\b| arrested(?=[.,;]|$| (?:on suspicion|in connection|in relation|' +
    'for|over|as part|after|at|in|following)\\b)',
  'g',
);
const object =
  /\b(?:arrested|arresting|apprehended|detained(?=[^.;:"]{0,120} on suspicion of)|(?:the )?arrests? of) (?=[a-z\d]|[A-Z][\w'-]+ [A-Z])/gi;
const listLead =
  /\barrests (?:(?:were|have been) )?made(?: [^.;:]{1,40})?: (?=an? )|\b(?:arrested(?: (?:suspects|people|persons|individuals))?|in custody|held) (?:were|are|was|is|include[sd]?|comprised?|consist(?:ed)? of)(?: the following)?:? /gi;
const groupStart = new RegExp(`(?<![\\w'-])(?:an?|another|one|${positiveNumber})(?= |-)`, 'gi');

/** A name in a row of people: two words with capitals, behind which an age stands. */
const nameStart = /(?<![\w'-]|[A-Z][\w'-]* )(?:\d\d[- ]years?[- ]old )?[A-Z][\w'-]+ (?=[A-Z][\w.'-]*,? [(\dA-Za-z])/g;

type Context = {
  readonly area: string | null;
  readonly afterArrests: boolean;
  /** How many were arrested, as the release has said so far. */
  readonly counted?: readonly number[];
  /** The sentence before, which may say that all were men. */
  readonly sentenceBefore?: string;
};

/** Every arrest that a sentence claims; nothing where it cannot be told who the sentence means. */
export function arrestsIn(
  text: string,
  mentions: readonly Mention[],
  { area, afterArrests, counted = [], sentenceBefore = '' }: Context,
): ClaimContent[] {
  const told: ClaimContent[] = [];
  const them = thoseArrested(text, counted);
  if (them.length > 0) return them;
  if (!/arrest|\b(?:held|detained)\b[^.;]{0,120} on suspicion|into custody/i.test(text))
    return afterArrests ? followOnArrests(text) : [];
  if (saysNone(text)) told.push(arrests(exact(0), null, noSurroundings));

  const taken: [number, number][] = [];
  const isTaken = (at: number) => taken.some(([from, to]) => at >= from && at < to);

  for (const match of text.matchAll(listLead)) {
    const list = groupsAt(text, match.index + match[0].length);
    if (!list) continue;
    taken.push([match.index, list.end]);
    const claims = toArrestClaims(list.groups, { ...noSurroundings, matter: matterIn(text.slice(list.end)) });
    const some = /\bAmong (?:those|the people) $/i.test(text.slice(0, match.index));
    told.push(...(some ? claims.filter(({ kind }) => kind === 'person arrested') : claims));
  }
  for (const match of text.matchAll(verb)) {
    if (isTaken(match.index)) continue;
    const list = groupsBefore(text, match.index, mentions);
    if (!list || isTaken(list.start)) continue;
    const end = match.index + match[0].length;
    taken.push([list.start, end]);
    told.push(...toArrestClaims(withSexOf(list.groups, text, sentenceBefore), surroundings(text, end, area)));
    const along = alongWith(text, end);
    if (along) {
      taken.push([end, along.end]);
      told.push(...toArrestClaims(along.groups, noSurroundings));
    }
    const behind = listBehind(text, end, list.groups);
    if (!behind) continue;
    taken.push([end, behind.end]);
    told.push(...toArrestClaims(behind.groups, noSurroundings));
  }
  for (const match of text.matchAll(object)) {
    const at = match.index + match[0].length;
    if (isTaken(match.index)) continue;
    const list = isExact(text, at, mentions) ? groupsAt(text, at) : null;
    if (!list) continue;
    taken.push([match.index, list.end]);
    told.push(...toArrestClaims(list.groups, surroundings(text, list.end, area)));
  }
  told.push(...elsewhereToo(text, area));
  return told;
}

const sizeOf = (groups: readonly Group[]): number => groups.reduce((sum, { size }) => sum + size, 0);

/** "Eight people were arrested by police: three men, aged …, and five women": the row that follows is of the eight. */
function listBehind(text: string, at: number, groups: readonly Group[]): Groups | null {
  const lead = /^[^.;:"]{0,60}: (?=[a-z\d])/.exec(text.slice(at))?.[0];
  const list = lead ? groupsAt(text, at + lead.length) : null;
  return list && sizeOf(list.groups) === sizeOf(groups) ? list : null;
}

/** "11 men were arrested too, along with seven local men". */
function alongWith(text: string, at: number): Groups | null {
  const lead = /^(?: too| as well)?,? (?:along with|together with|as well as|alongside|as were) (?=[a-z\d])/.exec(
    text.slice(at),
  )?.[0];
  const list = lead ? groupsAt(text, at + lead.length) : null;
  return list?.groups.every(({ sex, ages }) => sex !== null || ages.length > 0) ? list : null;
}

const sexOfAll =
  /\b(?:[Bb]oth|[Aa]ll)(?: (?:two|three|four|five|six))?(?: (?:are|were))? (?<who>men|women|male|female)\b/;

/** "The two, both men, were arrested." before "A 38-year-old … and a 39-year-old": men, too. Unsure without such words. */
function withSexOf(groups: readonly Group[], text: string, before: string): readonly Group[] {
  const who = (sexOfAll.exec(text) ?? sexOfAll.exec(before))?.groups?.['who'];
  if (groups.some(({ sex, size }) => sex !== null || size > 1)) return groups;
  if (who) return groups.map((one) => ({ ...one, sex: /^(?:men|male)$/.test(who) ? 'male' : 'female' }));
  return sexless.test(text) ? [] : groups;
}

const sexless = /\b\d\d[- ]years?[- ]old(?=,? (?:from|of|and|was|were)\b|,)/;

/** "At Marl two men were arrested; at Denby it was two women": the verb of the first is the second's. */
const elsewhere =
  /(?<=\barrested\b[^.]*(?:;|,|,? and|,? while) )(?=(?:at|in) (?<place>[A-Z][^.;:]{1,60}?),? it was (?<who>an?|one|two|three|four|five|six|seven|eight)\b)/g;

const elsewhereToo = (text: string, area: string | null): ClaimContent[] =>
  [...text.matchAll(elsewhere)].flatMap((match) => {
    const { place = '', who = '' } = match.groups ?? {};
    const list = groupsAt(text, text.indexOf(` it was ${who}`, match.index + place.length) + ' it was '.length);
    const around = surroundings(` ${text.slice(match.index)}`, 0, area);
    return list ? toArrestClaims(list.groups, { ...around, matter: null }) : [];
  });

const definite = new RegExp(
  `^(?:The|All|These|Those|Both)(?: (?<size>${positiveNumber}))?(?: (?:people|persons|suspects|individuals|men|women|arrests?|in custody))?(?: (?:who were |that were )?(?:arrested|detained|held|in custody))?(?:,? -|,|:| \\()(?: were)? `,
);

/** "The three – a woman aged 55, and two men aged 31 and 55 – come from Denby": those whose arrest was told before. */
function thoseArrested(text: string, counted: readonly number[]): ClaimContent[] {
  const lead = definite.exec(text);
  const said = lead?.groups?.['size'];
  if (!lead || !(said || /suspects|arrest|custody|detained|held/i.test(lead[0]))) return [];
  const list = groupsAt(text, lead[0].length);
  const size = list ? sizeOf(list.groups) : 0;
  if (!list && said) return agedOnly(text, numberOf(said) ?? 0, counted);
  if (!list || !counted.includes(size) || (said && numberOf(said) !== size)) return [];
  const from = /^ ?(?:-|,|\)) (?:all |both )?(?:come|came|are|were) (?:all |both )?from (?=[A-Z])/.exec(
    text.slice(list.end),
  )?.[0];
  const home = from ? placeAt(text, list.end + from.length)?.town : undefined;
  const groups = list.groups.map((one) => ({ ...one, home: one.home ?? home ?? null }));
  return toArrestClaims(groups, noSurroundings);
}

const agesInRow = /^[^.;,(-]{4,40}(?:,| -| \() ?aged (?<ages>\d\d(?:(?:, | and |, and )\d\d)+)(?:,| -|\))/;

/** "The four suspects, aged 25, 31, 38 and 44, are all from Marl": ages of those counted before. */
function agedOnly(text: string, size: number, counted: readonly number[]): ClaimContent[] {
  const found = agesInRow.exec(text);
  const ages = (found?.groups?.['ages'] ?? '').split(/\D+/).map(Number);
  if (!found || ages.length !== size || !counted.includes(size)) return [];
  const from = /^ (?:are|were|come) (?:all |both )?(?:from|of) (?=[A-Z])/.exec(text.slice(found[0].length))?.[0];
  const home = from ? (placeAt(text, found[0].length + from.length)?.town ?? null) : null;
  const sex = sexOf(/\b(?:wo)?men\b/.exec(found[0])?.[0] ?? '');
  return toArrestClaims([{ size, sex, ages, home, range: null }], noSurroundings);
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
  const range = list?.groups.at(-1)?.range;
  // "A man and two women in their 30s", in a line of its own: all of them are.
  if (list && range && list.groups.slice(0, -1).every((one) => !one.range && one.ages.length === 0))
    for (const group of list.groups) group.range = range;
  return list
    ? toArrestClaims(list.groups, { ...noSurroundings, matter: matterIn(text.slice(list.end)) })
    : namedInItem(text);
}

/** "Jan Novak, 51, of Port Langdon": an item of a list of people; the name is left out of the claim. */
function namedInItem(text: string): ClaimContent[] {
  const lead =
    /^(?:(?:\p{Lu}[\p{L}.'-]*,? ){2,5}|(?<who>(?:Fem|M)ale|(?:Wom|M)an),? )(?:\(|aged? )?(?<age>[1-9]\d)(?:[- ]years?[- ]old)?\)?(?:,? (?:of|from) |, )?/u.exec(
      text,
    );
  if (!lead) return [];
  const home = placeAt(text, lead[0].length)?.town ?? null;
  const who = lead.groups?.['who'];
  return toArrestClaims(
    [{ size: 1, sex: who ? sexOf(who) : null, ages: [Number(lead.groups?.['age'])], home, range: null }],
    { ...noSurroundings, matter: null },
  );
}

const byPolice =
  /\b(?:[Pp]olice|[Dd]etectives|constabulary)(?: [a-z]+){0,2} detained\b|\bdetained by (?:the )?(?:[A-Z][a-z]+ )*(?:[Pp]olice|detectives)\b|\bsuspects?\b[^.;]{0,60}\bdetained\b|\bdetained\b[^.;]{0,20}\bsuspects?\b|\bdetained\b[^.;]{0,60}\b(?:over|for|in connection with) (?:alleged|suspected|their|his|her)\b/;
const ofImmigration =
  /\b(?:[Ii]mmigration|unlawful|visas?|overstay\w*|removal|removed|[Bb]order|non-citizens?|undocumented|illegal(?:ly)?|mental|under the|pending|for (?:checks|questioning|their own))\b/;

/** "Police detained 23 women": arrested, where nothing says that it was over immigration. Of the same length. */
export const withDetainedAsArrested = (text: string): string =>
  byPolice.test(text) && !ofImmigration.test(text) ? text.replace(/\bdetained\b/g, 'arrested') : text;

export const leadsToArrested = (text: string): boolean =>
  /\b(?:arrested|arrests)(?: (?:were|are|include[sd]?))?(?: the following| as follows)?:$|\bin custody (?:are|were)\b[^.:]{0,40}:$/i.test(
    text.trim(),
  );

const wholeBefore = new RegExp(
  `(?<size>${positiveNumber}) (?:people|persons|individuals|suspects|arrests)(?:,| -| \\() $`,
  'i',
);

/** Before a number: only some of those spoken of, an age. */
const notWhoWasArrested =
  /(?:(?<!\btotal )\bof(?: the| these| those)?|\b(?:other|including|of whom|of them)|aged?|between) $/i;

/** Whether a row of people may begin here: with an article, or with a number that is said exactly. */
const isExact = (text: string, at: number, mentions: readonly Mention[]): boolean =>
  /^(?:an?|another|one)\b/i.test(text.slice(at, at + 8)) ||
  /^\S+[- ]years?[- ]old/i.test(text.slice(at, at + 30)) ||
  isNameAt(text, at) ||
  mentions.some(({ at: start, count, scope }) => start === at && count.qualifier === 'exact' && scope !== 'part');

/** What is said of people in passing, before the verb of their arrest. */
const aside =
  /^(?:,? (?:who|whose|and (?:all )?(?:believed|thought|suspected|alleged|understood)|suspected|believed|working|employed|posing|acting|living|one|two) (?:(?!\b(?:were|was|have been|has been|arrested|and (?:an?|one|two|three|\d+))\b)[^,;]){1,70},?)?$/;

function groupsBefore(text: string, end: number, mentions: readonly Mention[]): (Groups & { start: number }) | null {
  const windowStart = Math.max(0, end - 400);
  const words = text.slice(windowStart, end);
  const starts = [...words.matchAll(groupStart), ...words.matchAll(nameStart)].map(({ index }) => windowStart + index);
  for (const start of starts.sort((one, other) => one - other)) {
    const before = text.slice(Math.max(0, start - 24), start);
    if (notWhoWasArrested.test(before) || !isExact(text, start, mentions)) continue;
    const list = groupsAt(text, start);
    const left = list ? text.slice(list.end, end) : '';
    if (!list || !aside.test(left)) continue;
    // "Four people, three men and a woman, were arrested": the total stands before its parts.
    const total = wholeBefore.exec(text.slice(0, start))?.groups?.['size'];
    const size = total ? numberOf(total) : null;
    const whole: Group[] = size === null ? [] : [{ size, sex: null, ages: [], home: null, range: null }];
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
  `^,? (?:at|from|in) (?:(?<size>an?|one|${positiveNumber}) )?(?:different |separate |` +
    'of the )?(?:[a-z]+ )?(?:address|addresses|premises|property|properties|business|businesses|venues?|' +
    'locations?|sites?)\\b',
  'i',
);

/** What follows the word: "at two addresses in Watford in relation to immigration matters". */
export function surroundings(text: string, at: number, area: string | null): Surroundings {
  let end = at + (made.exec(text.slice(at))?.[0].length ?? 0);
  const addresses = atAddresses.exec(text.slice(end));
  const said = addresses?.groups?.['size'];
  if (addresses) end += addresses[0].length;
  const number = said ? (/^an?$/i.test(said) ? 1 : numberOf(said)) : null;
  const town = soleTown(placesAfter(text, end)?.towns ?? [], area);
  return { town, addresses: number, matter: matterIn(text.slice(at)) };
}

/** Not past ", 12 of them for …": that matter is theirs alone. */
const matterLead = new RegExp(
  `^(?:(?!, (?:${positiveNumber}|some|most) | \\((?:${positiveNumber})\\b|,? (?:including|of which|of whom|among) )[^;]){0,80}?\\b(?:on suspicion of|suspected of|in connection with|` +
    'in relation to|for|over) (?!questioning|the (?:most|main|first|second) |the (?:week|operation|investigation|incident|inquiry)|\\d)',
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

const toArrestClaims = (groups: readonly Group[], around: Surroundings): ClaimContent[] => {
  const names = groups.filter(({ named }) => named).length;
  return groups.flatMap((group) => {
    const { size, sex, ages, home, range, apart, named } = group;
    const people: ClaimContent[] = [];
    // A home alone tells nobody from the others.
    const known = ages.length > 0 || (home !== null && sex !== null) || range !== null || apart !== undefined;
    for (let index = 0; index < Math.min(size, 200) && known; index += 1) {
      const its = ages.length === 0 ? (apart?.[index] ?? range) : null;
      const ageRange = its ? { ageRange: its } : {};
      people.push({ kind: 'person arrested', sex, age: ages[index] ?? null, ...ageRange, home, matter: around.matter });
    }
    // A row of names is counted once, as a whole.
    if (named)
      return [...(groups.find((one) => one.named) === group ? [arrests(exact(names), null, around)] : []), ...people];
    return [arrests(exact(size), sex, around), ...people];
  });
};

const scope = '(?= during | on this occasion| as a result| but | and |[,.;]|$)';
const none = new RegExp(
  `\\b(?:no arrests? (?:were|was|have been|had been) (?:made|necessary)${scope}|(?:there (?:were|` +
    `have been)|with|and|made|but) no arrests?${scope}|^no arrests${scope}|(?:nobody|no[- ]one) (?:was|` +
    `has been) arrested${scope}|(?:did not|without) (?:lead(?:ing)? to |result(?:ing)? in |mak(?:e|` +
    `ing) )?any arrests?${scope})`,
  'i',
);

const saysNone = (text: string): boolean => none.test(text);
