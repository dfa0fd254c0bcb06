/** Reads what a release claims, each claim with the sentence it came from: plain rules, and what is unsure is left out. */

import { ClaimCollector, type Seen } from './claim-collector.ts';
import { contactsIn, hoursIn } from './contacts.ts';
import { figuresIn } from './counts/figures.ts';
import { withLabelLast } from './counts/labels.ts';
import { masked, withoutDates } from './counts/masking.ts';
import { type Mention, mentionsIn } from './counts/noun-phrases.ts';
import { partsOfBefore } from './counts/parts-of-before.ts';
import { addSinglePremises } from './counts/single-premises.ts';
import type { ListVerb } from './counts/verb-phrases.ts';
import { withoutFigureIn } from './counts/without-figure.ts';
import {
  type Claim,
  type ClaimContent,
  type ParsedRelease,
  type Place,
  placeNamed,
  type ReleaseFacts,
} from './parsed-release.ts';
import { isOwnUnit } from './partners/organisations.ts';
import { carersToCome, countriesIn, projectsIn } from './partners/other-partners.ts';
import { isOwn, isUnitOfArea, participantsIn, publisherOf } from './partners/participants.ts';
import { leadsToPartners, officersIn, partnerItem, partnersIn, unitsIn } from './partners/partners.ts';
import { inFull, shortNamesIn } from './partners/short-names.ts';
import { agesOfAll } from './people/ages-of-all.ts';
import {
  arrestedHolder,
  countedArrests,
  partsOfArrests,
  placedArrests,
  someOfArrests,
} from './people/arrest-counts.ts';
import { arrestsIn, arrestsInItem, leadsToArrested, withDetainedAsArrested } from './people/arrests.ts';
import { withHomesOfAll } from './people/homes-of-all.ts';
import { namedArrests } from './people/named-rows.ts';
import { operationsIn, ownOperationsIn, speakersIn, withoutEdition } from './people/names.ts';
import { partsOfPeople } from './people/parts-of-people.ts';
import { oneReferredIn, vaguePeopleIn } from './people/people.ts';
import { namedBefore, subjectOfSaid } from './people/speakers.ts';
import { surnamesIn } from './people/surnames.ts';
import { withoutThoseToldTwice } from './people/told-twice.ts';
import { addDayOfDeed, withoutWiderWindow } from './places-and-days/day-of-deed.ts';
import { leadTownsOf } from './places-and-days/lead-towns.ts';
import { isNation, isOfWiderAction, isWorldwide } from './places-and-days/regions.ts';
import { onlyTownOf, onTheSpot, withOtherAsOne, withTownOfBefore } from './places-and-days/town-before.ts';
import type { Setting } from './places-and-days/where.ts';
import { windowsIn } from './places-and-days/windows.ts';
import { powersIn } from './powers.ts';
import { withoutRoughTitles } from './restated.ts';
import {
  type Block,
  beforeComparing,
  isOfOtherPlace,
  isOfOtherTime,
  isUncertain,
  longestSentence,
  quotes,
  readReleaseBlocks,
  type Sentence,
  withoutOtherYear,
} from './sentences.ts';
import { signParagraphs, signsInSentence } from './signs.ts';
import { unreadIn } from './unread.ts';

type ReleaseContext = {
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

/** Everything that the release claims, in the order of the file. */
export const readClaims = (cutting: ParsedRelease): Claim[] => [...readRelease(cutting).claims];

/** Everything that the release claims, and every figure of it that no claim took; both in the order of the file. */
export function readRelease(cutting: ParsedRelease): ReleaseFacts {
  const shortNames = shortNamesIn(cutting.body.slice(0, 20_000).replace(/\s+/g, ' '));
  const setting = {
    area: cutting.area,
    published: cutting.publishDate,
    national: isNation(cutting.area),
    publisher: publisherOf(cutting, shortNames),
    shortNames,
    whole: cutting.body.slice(0, 20_000),
  };
  const gathered = new ClaimCollector();
  if (cutting.publishDate) {
    const place: Place = {
      part: 'front matter',
      line: cutting.lineOf['publish.date'] ?? 1,
      sentence: cutting.publishDateAsWritten ?? '',
    };
    gathered.add(place, [{ kind: 'published', day: cutting.publishDate }]);
  }

  const blocks = readReleaseBlocks(cutting);
  let above: Block | undefined;
  let lead: Block | undefined;
  let listLead = '';
  let seenInList: Seen = new Map();
  const signs = signParagraphs(blocks);
  for (const block of blocks) {
    const leadTowns = leadTownsOf(block);
    if (block.kind !== 'item') {
      above = lead?.kind === 'heading' ? lead : undefined;
      lead = block;
      seenInList = new Map();
      if (/:$/.test(block.text)) listLead = block.text;
      else if (leadTowns.length === 0) listLead = '';
    }
    const ofList = block.kind === 'item' && block.part === 'body' ? claimsOfItem(block, lead, above) : null;
    const sign = signs.get(block);
    if (sign) gathered.add(placeOf(block), [{ kind: 'sign', text: sign }]);
    else if (ofList) gathered.add(placeOf(block), ofList, seenInList);
    else readSentences(block, lead, { ...setting, leadTowns, listVerb: listVerbOf(listLead) }, gathered);
  }
  const worldwide = isWorldwide(cutting.area);
  addDayOfDeed(blocks, cutting.publishDate, worldwide, gathered);
  addSinglePremises(blocks, setting, gathered);
  const inWindow = worldwide ? gathered.claims : withoutWiderWindow(gathered.claims);
  const claims = withHomesOfAll(withoutThoseToldTwice(inWindow), blocks);
  return { claims: withoutRoughTitles(claims), unread: gathered.unread };
}

function listVerbOf(lead: string): ListVerb {
  if (/\barrest/i.test(lead)) return 'arrest';
  if (/\bseized\b/i.test(lead)) return 'seized';
  if (/\bwarrants?\b/i.test(lead)) return 'warrant';
  return /\b(?:visit(?:s|ed)?|inspect(?:ed|ions)|checks|raid(?:s|ed)|searched|attended)\b/i.test(lead) ? 'visit' : null;
}

const placeOf = ({ said, line, part }: Pick<Block, 'said' | 'line' | 'part'>): Place => ({
  sentence: said,
  line,
  part,
});

const signWords = /\b(?:signs?|indicators?|red flags?|look(?:ing)? out for|look(?:ing)? for|warning|clues|spot)\b/i;
const toReport = /\b(?:to report|contact)\b/i;
const contactWords = /\b(?:report(?:ing)?|contact|call|get in touch|get help|support)\b/i;

/**
 * What an item says because of the line above its list; null where the list has no such line. A heading lends its
 * meaning to the first line under it alone: further down, a list may be of anything.
 */
function claimsOfItem(item: Block, lead: Block | undefined, underHeading: Block | undefined): ClaimContent[] | null {
  if (!lead) return null;
  // "… the signs of modern slavery. They include:" is one lead.
  const [beforeLast, last] = lead.sentences.slice(-2).map(({ text }) => text);
  const leadText = /^(?:They|These) (?:include|are):$/.test(last ?? '')
    ? `${beforeLast} ${last}`
    : (last ?? beforeLast ?? '');
  if (lead.kind !== 'heading' && !leadText.endsWith(':') && leadText.length >= 100) return null;
  if (leadsToArrested(leadText)) return arrestsInItem(item.text);
  const ofSigns = signWords.test(leadText);
  if (!ofSigns && leadsToPartners(leadText)) {
    const partner = partnerItem(item.text);
    return partner ? [partner] : null;
  }
  const ofContacts = contactWords.test(leadText);
  const spotting = ofSigns ? !toReport.test(leadText) : !ofContacts && signWords.test(underHeading?.text ?? '');
  if (/^(?:Should you|If you|Please|Remember)\b/.test(item.text)) return null;
  if (!spotting || contactsIn(item.text, leadText).length > 0) return null;
  return [{ kind: 'sign', text: item.text.replace(/[;,.]?(?: (?:and|or))?$/, '').replace(/[;,.]$/, '') }];
}

/** "23 countries took part. The action week led to 229 arrests": in all of them. */
const isOfAllCountries = (text: string, before: string): boolean =>
  /\b(?:countries|Europe|Europol|EMPACT|Interpol)\b/i.test(before) &&
  /^The (?:action (?:weeks?|days?)|(?:international|European|global|joint) [a-z]+)\b/.test(text);

type BlockContext = ReleaseContext & {
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

function readSentences(block: Block, lead: Block | undefined, setting: BlockContext, gathered: ClaimCollector): void {
  let before: Sentence | undefined;
  let elsewhere = false;
  let toldBefore: readonly ClaimContent[] = [];
  const toldInBlock: ClaimContent[] = [];
  for (const sentence of block.sentences) {
    const place: Place = { sentence: sentence.said, line: sentence.line, part: sentence.part };
    gathered.sentences += 1;
    if (sentence.text.length > longestSentence || gathered.isFull()) {
      gathered.leaveUnread({ ...place, sentence: sentence.said.slice(0, longestSentence) });
      continue;
    }
    const ahead = block.kind === 'item' ? (lead?.text.slice(-200) ?? '') : '';
    const above = before ? toldBefore : gathered.lastTold;
    const { lastSentence: sentenceBefore } = gathered;
    const arrested = gathered.claims.flatMap((one) => (one.kind === 'arrests' ? [one.count.value] : []));
    elsewhere ||= !isWorldwide(setting.area) && isOfAllCountries(sentence.text, sentenceBefore);
    const there = onTheSpot.test(sentence.text) ? onlyTownOf(sentenceBefore, setting) : null;
    const leadTowns = there ? [there] : setting.leadTowns;
    const told = claimsInSentence(sentence, ahead, toldBefore, {
      ...setting,
      leadTowns,
      above,
      sentenceBefore,
      arrested,
      elsewhere,
      quoting: quotes(block),
      rows: gathered.claims.filter(({ kind }) => kind === 'arrests' || kind === 'person arrested'),
    });
    gathered.lastTold = told;
    gathered.lastSentence = sentence.text;
    if (everyone.test(sentence.text)) told.push(...eachAdvised([...toldInBlock, ...told]));
    gathered.add(place, told);
    gathered.addUnread(unreadIn(sentence.text, told).map((one) => ({ ...one, ...place })));
    if (before) addHours(sentence, before, toldBefore, told, gathered);
    before = sentence;
    toldBefore = told;
    toldInBlock.push(...told);
  }
}

function claimsInSentence(
  { text: whole, part }: Sentence,
  ahead: string,
  before: readonly ClaimContent[],
  context: BlockContext,
): ClaimContent[] {
  const { area, published, publisher, national, shortNames } = context;
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
    if (!isUncertain(text) || /^["']/.test(whole))
      told.push(...partnersAndHelpers(inFull(text, shortNames), area, publisher));
    const carers = carersToCome(text);
    if (carers) told.push(...partnersAndHelpers(carers, area, publisher));
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
function partnersAndHelpers(whole: string, area: string | null, publisher: string | null): ClaimContent[] {
  const text = withoutShortNames(whole);
  const others = partnersIn(text).filter((one) => one.kind !== 'partner' || !isOwn(one.name, area, publisher));
  const rows = others.map((one) =>
    one.kind === 'partner' && (isOwnUnit(one.name) || isUnitOfArea(one.name, area)) ? { ...one, own: true } : one,
  );
  rows.push(
    ...projectsIn(text),
    ...countriesIn(text).filter((one) => one.kind === 'partner' && !isOwn(one.name, area, publisher)),
  );
  const names = rows.flatMap((one) => (one.kind === 'partner' ? [one.name] : []));
  const more = participantsIn(text, area, publisher).filter(
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
  if (sure && rows.length === 0) told.push(...namedArrests(text));
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
  return withoutDoubtfulNone(told, mentions);
}

/** "No arrests were made, though five were made for …": of what there were none is unsure. */
const withoutDoubtfulNone = (told: readonly ClaimContent[], mentions: readonly Mention[]): ClaimContent[] =>
  mentions.some(({ class: kind, count }) => kind === 'arrests' && count.value > 0)
    ? told.filter((one) => one.kind !== 'arrests' || one.count.value > 0 || placeNamed(one) !== null)
    : [...told];

const everyone =
  /\b(?:each|every|all)(?: (?:of them|of these|of the (?:women|men|people|workers)|person|woman|man|worker|individual|one))? (?:of whom )?(?:was|were) (?:also )?(?:given|offered|provided with) (?:[a-z-]+ ){0,4}?(?:advice|information|guidance|support|help)\b/i;

/** "Each person was given advice", of the one number of people that the paragraph says were spoken to. */
function eachAdvised(told: readonly ClaimContent[]): ClaimContent[] {
  const spoken = told.filter((one) => one.kind === 'people' && one.treatment === 'spoken to');
  const [only] = spoken;
  if (spoken.length !== 1 || only?.kind !== 'people') return [];
  return told.some((one) => one.kind === 'people' && one.treatment === 'advised')
    ? []
    : [{ ...only, treatment: 'advised' }];
}

/** "It is open from Monday to Friday …" after the sentence that gives one number. */
function addHours(
  sentence: Sentence,
  before: Sentence,
  toldBefore: readonly ClaimContent[],
  told: readonly ClaimContent[],
  gathered: ClaimCollector,
): void {
  if (told.some(({ kind }) => kind === 'contact')) return;
  if (!/^(?:It|This|Lines?|They|The (?:line|helpline|hotline|service|number)|Open|Opening)\b/.test(sentence.text))
    return;
  const phones = toldBefore.filter((one) => one.kind === 'contact' && one.route === 'phone');
  const [phone] = phones;
  const hours = hoursIn(sentence.text)?.openings;
  if (phones.length !== 1 || phone?.kind !== 'contact' || phone.hours || !hours) return;
  gathered.add({ sentence: `${before.said} ${sentence.said}`, line: before.line, part: before.part }, [
    { ...phone, hours },
  ]);
}
