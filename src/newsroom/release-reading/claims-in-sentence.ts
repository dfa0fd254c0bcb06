/** Reads what one sentence of a release claims: names, days, partners, deeds, speakers, signs and contacts. */

import { contactsIn } from './contacts.ts';
import { figuresIn } from './counts/figures.ts';
import { withLabelLast } from './counts/labels.ts';
import { masked, withoutDates } from './counts/masking.ts';
import { type Mention, mentionsIn } from './counts/noun-phrases.ts';
import { partsOfBefore } from './counts/parts-of-before.ts';
import type { ListVerb } from './counts/verb-phrases.ts';
import { withoutFigureIn } from './counts/without-figure.ts';
import { type ClaimContent, placeNamed } from './parsed-release.ts';
import { isOwnUnit } from './partners/organisations.ts';
import { carersToCome, countriesIn, projectsIn } from './partners/other-partners.ts';
import { isOwn, isUnitOfArea, participantsIn } from './partners/participants.ts';
import { officersIn, partnersIn, unitsIn } from './partners/partners.ts';
import { inFull } from './partners/short-names.ts';
import { agesOfAll } from './people/ages-of-all.ts';
import {
  arrestedHolder,
  countedArrests,
  partsOfArrests,
  placedArrests,
  someOfArrests,
} from './people/arrest-counts.ts';
import { arrestsIn, withDetainedAsArrested } from './people/arrests.ts';
import { operationsIn, ownOperationsIn, speakersIn, withoutEdition } from './people/names.ts';
import { partsOfPeople } from './people/parts-of-people.ts';
import { oneReferredIn, vaguePeopleIn } from './people/people.ts';
import { namedBefore, subjectOfSaid } from './people/speakers.ts';
import { surnamesIn } from './people/surnames.ts';
import { isOfWiderAction } from './places-and-days/regions.ts';
import { withOtherAsOne, withTownOfBefore } from './places-and-days/town-before.ts';
import { placeHere, type Setting } from './places-and-days/where.ts';
import { windowsIn } from './places-and-days/windows.ts';
import { powersIn } from './powers.ts';
import {
  beforeComparing,
  isOfOtherPlace,
  isOfOtherTime,
  isUncertain,
  type Sentence,
  withoutOtherYear,
} from './sentences.ts';
import { signsInSentence } from './signs.ts';

export type ReleaseContext = {
  readonly area: string | null;
  readonly published: string | null;
  /** Whether the release speaks of a whole nation: then "across the country" is its own place. */
  readonly national: boolean;
  readonly publisher: string | null;
  /** What its short names stand for. */
  readonly shortNames: ReadonlyMap<string, string>;
  /** The text of the whole release, for names that it shortens later. */
  readonly whole: string;
};

export type BlockContext = ReleaseContext & {
  readonly leadTowns: readonly string[];
  readonly listVerb: ListVerb;
  /** What the sentence before told, be it of the paragraph before. */
  readonly above?: readonly ClaimContent[];
  readonly sentenceBefore?: string;
  /** How many were arrested, as told so far. */
  readonly arrested?: readonly number[];
  /** Whether these are results of an action in many countries. */
  readonly elsewhere?: boolean;
  /** The arrests told so far. */
  readonly rows?: readonly ClaimContent[];
  /** Whether the paragraph quotes somebody. */
  readonly quoting?: boolean;
};

/** Every claim of one sentence. `ahead`: the line above its list; `before`: what the sentence before told. */
export function claimsInSentence(
  { text: whole, part }: Sentence,
  ahead: string,
  before: readonly ClaimContent[],
  context: BlockContext,
): ClaimContent[] {
  const { area, published, national, shortNames } = context;
  const text = withTownOfBefore(
    withLabelLast(withOtherAsOne(withDetainedAsArrested(withoutOtherYear(beforeComparing(whole), published)))),
    context.sentenceBefore ?? '',
    context,
  );
  const told: ClaimContent[] = [];
  if (!isOfOtherTime(text, published)) {
    told.push(
      ...operationsIn(text).map((one) =>
        one.kind === 'operation' ? { ...one, name: withoutEdition(one.name, context.whole) } : one,
      ),
    );
    if (!isUncertain(text)) told.push(...windowsIn(text, published));
    if (!isUncertain(text) || /^["']/.test(whole)) told.push(...partnersAndHelpers(inFull(text, shortNames), context));
    const carers = carersToCome(text);
    if (carers) told.push(...partnersAndHelpers(carers, context));
    if (!context.elsewhere && (national || !(isOfOtherPlace(text) || isOfWiderAction(text, area))))
      told.push(...deedsIn(text, before, context));
  } else told.push(...ownOperationsIn(text));
  const officers = context.quoting ? officersIn(whole) : [];
  const waysToName = context.quoting ? [subjectOfSaid, speakersIn, surnamesIn, namedBefore] : [];
  let speakers = officers;
  for (const read of waysToName)
    if (speakers.length === 0)
      speakers = read(whole, read === subjectOfSaid ? (context.sentenceBefore ?? '') : context.whole);
  told.push(...speakers);
  told.push(...withoutFigureIn(whole));
  if (part === 'body') told.push(...signsInSentence(whole).map((one): ClaimContent => ({ kind: 'sign', text: one })));
  return part === 'title' ? told : [...told, ...contactsIn(whole, ahead)];
}

/** "the Denby and Marl police departments": a body in each. */
const twoDepartments =
  /(?<first>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}) and (?<last>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}) (?:police departments|Police Departments)\b/g;

/** "Denby Council (Licensing and Housing) and the Home Office (HO)": short names and departments say nothing more. */
const withoutShortNames = (text: string): string =>
  text
    .replace(twoDepartments, '$<first> Police Department and the $<last> Police Department')
    .replace(/(?<=(?:^|[^\p{L}])[A-Z][\p{L}'&.-]*) \([^()]{1,120}\)/gu, '');

/** Partners in a row after words of company, and every other organisation that took part; a name within another once. */
function partnersAndHelpers(whole: string, { area, publisher, shortNames }: ReleaseContext): ClaimContent[] {
  const text = withoutShortNames(whole);
  const given = [...shortNames.values()];
  const others = partnersIn(text, given).filter((one) => one.kind !== 'partner' || !isOwn(one.name, area, publisher));
  const rows = others.map((one) =>
    one.kind === 'partner' && (isOwnUnit(one.name) || isUnitOfArea(one.name, area)) ? { ...one, own: true } : one,
  );
  rows.push(
    ...projectsIn(text),
    ...countriesIn(text).filter((one) => one.kind === 'partner' && !isOwn(one.name, area, publisher)),
  );
  const names = rows.flatMap((one) => (one.kind === 'partner' ? [one.name] : []));
  const more = participantsIn(text, { area, publisher, names: given }).filter(
    (one) => one.kind === 'partner' && !names.some((name) => name.includes(one.name) || one.name.includes(name)),
  );
  return [...rows, ...more];
}

/** What a sentence of this release says was done: figures, arrests, powers. */
function deedsIn(
  text: string,
  before: readonly ClaimContent[],
  {
    area,
    published,
    national,
    leadTowns,
    listVerb,
    arrested = [],
    above = before,
    rows: soFar = [],
    sentenceBefore = '',
  }: BlockContext,
): ClaimContent[] {
  const setting: Setting = { area, published, national, leadTowns };
  // "identified or arrested 68": nobody knows how many of each.
  const hidden = masked(text)
    .replaceAll('members of staff', 'members_of_staff')
    .replace(/\blabour (?=(?:providers?|users?)\b)/g, 'labour_')
    .replace(/\b(estate|letting|travel|recruitment|employment) (?=agen(?:ts|cies)\b)/g, '$1_')
    .replace(/\bor arrest(?:ed|ing)?\b/g, (words) => '_'.repeat(words.length));
  const sure = !isUncertain(text);
  const told: ClaimContent[] = sure ? [...unitsIn(text)] : [];
  const mentions = mentionsIn(hidden);
  for (const figure of figuresIn(hidden, mentions, setting, listVerb)) {
    const { start, end } = figure.mention;
    // "1,200 officers took part, and they will do so again": only the plan is unsure.
    const after = hidden.slice(end, end + 25).replace(/(?:,|;) (?:and|but) .*$/, '');
    if (sure || !isUncertain(`${hidden.slice(Math.max(0, start - 50), end)}${after}`)) told.push(...figure.told);
  }
  const rows = sure
    ? arrestsIn(
        withoutDates(text).replace(/\bor arrest(?:ed|ing)?\b/g, (words) => '_'.repeat(words.length)),
        mentions,
        { area, afterArrests: before.some(({ kind }) => kind === 'arrests'), counted: arrested, sentenceBefore },
      )
    : [];
  if (sure && told.every(({ kind }) => kind !== 'premises')) told.push(...partsOfBefore(hidden, above));
  told.push(...(sure && rows.length === 0 ? partsOfPeople(withoutDates(text), told, above) : []));
  told.push(...placedArrests(hidden, mentions, rows, setting));
  if (sure) {
    const parts = partsOfArrests(hidden, mentions);
    told.push(...(parts.length > 0 ? parts : countedArrests(hidden, mentions, rows, setting, listVerb === 'arrest')));
    if (arrested.length === 0 && told.every(({ kind }) => kind !== 'arrests')) told.push(...arrestedHolder(hidden));
    told.push(...someOfArrests(hidden, told), ...agesOfAll(text, [...soFar, ...told]));
    if (told.every((one) => one.kind !== 'people' || one.treatment !== 'referred')) told.push(...oneReferredIn(text));
    told.push(...vaguePeopleIn(hidden));
    const counted = told.some((one) => one.kind === 'power' && one.power === 'warrant');
    told.push(
      ...powersIn(hidden).filter(
        (one) => one.kind !== 'power' || one.power !== 'warrant' || (one.count === null && !counted),
      ),
    );
  }
  return withPlaceOfOpening(withoutDoubtfulNone(told, mentions), hidden, setting);
}

/** "In Ukraine 13 were freed, and four arrested": a count keeps the place with which its sentence begins. */
function withPlaceOfOpening(told: readonly ClaimContent[], text: string, setting: Setting): ClaimContent[] {
  const opening = /^(?:In|At|Across) /.test(text)
    ? placeHere(`${text.charAt(0).toLowerCase()}${text.slice(1)}`, 0, setting)
    : null;
  if (!opening || !/^,? (?:an?|another|[a-z\d]+|police|officers) /i.test(text.slice(opening.end))) return [...told];
  return told.map((one) =>
    (one.kind === 'arrests' || one.kind === 'people') && placeNamed(one) === null && one.scope === undefined
      ? { ...one, ...opening.where }
      : one,
  );
}

/** "No arrests were made, though five were made for …": of what there were none is unsure. */
const withoutDoubtfulNone = (told: readonly ClaimContent[], mentions: readonly Mention[]): ClaimContent[] =>
  mentions.some(({ class: kind, count }) => kind === 'arrests' && count.value > 0)
    ? told.filter((one) => one.kind !== 'arrests' || one.count.value > 0 || placeNamed(one) !== null)
    : [...told];

export const everyone =
  /\b(?:each|every|all)(?: (?:of them|of these|of the (?:women|men|people|workers)|person|woman|man|worker|individual|one))? (?:of whom )?(?:was|were) (?:also )?(?:given|offered|provided with) (?:[a-z-]+ ){0,4}?(?:advice|information|guidance|support|help)\b/i;

/** "Each person was given advice", of the one number of people that the paragraph says were spoken to. */
export function eachAdvised(told: readonly ClaimContent[]): ClaimContent[] {
  const spoken = told.filter((one) => one.kind === 'people' && one.treatment === 'spoken to');
  const [only] = spoken;
  if (spoken.length !== 1 || only?.kind !== 'people') return [];
  return told.some((one) => one.kind === 'people' && one.treatment === 'advised')
    ? []
    : [{ ...only, treatment: 'advised' }];
}
