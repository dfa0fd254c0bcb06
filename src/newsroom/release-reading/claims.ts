/** Reads what a release claims, each claim with the sentence it came from: plain rules, and what is unsure is left out. */
import { arrestsIn, arrestsInItem, leadsToArrested } from './arrests.ts';
import { contactsIn, hoursIn } from './contacts.ts';
import { dayIn, spansIn } from './dates.ts';
import type { Claim, ClaimContent, ParsedRelease, Place } from './parsed-release.ts';
import { leadsToPartners, officersIn, partnerItem, partnersIn, unitsIn } from './partners.ts';
import { peopleIn, powersIn, premisesIn } from './premises.ts';
import {
  type Block,
  beforeComparing,
  isAboutAnotherTimeOrPlace,
  readReleaseBlocks,
  type Sentence,
  saysOtherTime,
} from './sentences.ts';

/** A sentence longer than this is no sentence: a table, a dump, an attack on the rules. */
const longestSentence = 1500;

type ReleaseContext = { readonly area: string | null; readonly published: string | null };

/** Everything that the release claims, in the order of the file. */
export function readClaims(cutting: ParsedRelease): Claim[] {
  const setting = { area: cutting.area, published: cutting.publishDate };
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
  let seenInList: Seen = new Map();
  for (const block of blocks) {
    if (block.kind !== 'item') {
      above = lead?.kind === 'heading' ? lead : undefined;
      lead = block;
      seenInList = new Map();
    }
    const ofList = block.kind === 'item' && block.part === 'body' ? claimsOfItem(block, lead, above) : null;
    if (ofList) gathered.add(placeOf(block), ofList, seenInList);
    else readSentences(block, lead, setting, gathered);
  }
  return gathered.claims;
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
  const leadText = lead.sentences.at(-1)?.text ?? '';
  if (lead.kind !== 'heading' && !leadText.endsWith(':') && leadText.length >= 100) return null;
  if (leadsToArrested(leadText)) return arrestsInItem(item.text);
  const ofSigns = signWords.test(leadText);
  if (!ofSigns && leadsToPartners(leadText)) {
    const partner = partnerItem(item.text);
    return partner ? [partner] : null;
  }
  const ofContacts = contactWords.test(leadText);
  const spotting = ofSigns ? !toReport.test(leadText) : !ofContacts && signWords.test(underHeading?.text ?? '');
  if (!spotting || contactsIn(item.text, leadText).length > 0) return null;
  return [{ kind: 'sign', text: item.text.replace(/[;,.]?(?: (?:and|or))?$/, '').replace(/[;,.]$/, '') }];
}

function readSentences(block: Block, lead: Block | undefined, setting: ReleaseContext, gathered: ClaimCollector): void {
  let before: Sentence | undefined;
  let toldBefore: readonly ClaimContent[] = [];
  for (const sentence of block.sentences) {
    if (sentence.text.length > longestSentence) continue;
    const ahead = block.kind === 'item' ? (lead?.text.slice(-200) ?? '') : '';
    const told = claimsInSentence(sentence, ahead, toldBefore, setting);
    gathered.add({ sentence: sentence.said, line: sentence.line, part: sentence.part }, told);
    if (before) addHours(sentence, before, toldBefore, told, gathered);
    before = sentence;
    toldBefore = told;
  }
}

function claimsInSentence(
  { text: whole, part }: Sentence,
  ahead: string,
  before: readonly ClaimContent[],
  setting: ReleaseContext,
): ClaimContent[] {
  const { area, published } = setting;
  const text = beforeComparing(whole);
  const told: ClaimContent[] = [];
  if (!saysOtherTime(text, published)) told.push(...windowsIn(text, published));
  if (!isAboutAnotherTimeOrPlace(text, published)) {
    told.push(...unitsIn(text), ...partnersIn(text), ...premisesIn(text, area));
    told.push(...arrestsIn(text, { area, afterArrests: before.some(({ kind }) => kind === 'arrests') }));
    told.push(...peopleIn(text), ...powersIn(text));
  }
  told.push(...officersIn(whole), ...withoutFigureIn(whole));
  return part === 'title' ? told : [...told, ...contactsIn(whole, ahead)];
}

const action = new RegExp(
  '\\b(?:(?:weeks?|fortnight|days?|period) of (?:\\w+ )?(?:action|activity|intensification|enforcement)|' +
    'action (?:week|days?)|operations?|Operation|activit(?:y|ies)|took place|carried out|campaign|crackdown|' +
    'initiative|enforcement|fortnight)\\b',
);
const noAction = new RegExp(
  '\\b(?:exhibition|conference|court|bail(?:ed)?|appear|consultation|survey|open(?:s|ing)? (?:from|on|' +
    'between)|tickets?|training)\\b',
  'i',
);

/** The days of the operation: a span beside words of action, or the one day of a "day of action". */
function windowsIn(text: string, published: string | null): ClaimContent[] {
  if (!action.test(text) || noAction.test(text)) return [];
  const spans = spansIn(text, published);
  if (spans.length > 0) return spans.map(({ from, to }) => ({ kind: 'window', from, to }));
  const day = /\bday of action\b/i.test(text) ? dayIn(text, published) : null;
  return day ? [{ kind: 'window', from: day, to: day }] : [];
}

const change =
  'grow(?:s|ing|n)?|grew|ris(?:e|es|ing|en)|rose|increas(?:e|es|ed|ing)|fall(?:s|ing|en)?|fell|declin(?:e|' +
  'es|ed|ing)|doubl(?:e|es|ed|ing)|soar(?:s|ed|ing)?';
const numberless = new RegExp(
  '\\b(?:number|scale|level|amount|volume)s? of [^.;,\\d]{3,90}?(?: (?:continues? to|has|have|is|are|' +
    `keeps?))? (?:${change})\\b`,
  'i',
);

/** A growth or a fall that is claimed without one figure. */
function withoutFigureIn(text: string): ClaimContent[] {
  const words = /\d|per cent/.test(text) ? undefined : numberless.exec(text)?.[0];
  return words ? [{ kind: 'without a figure', words }] : [];
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

type Seen = Map<string, number>;

/**
 * Claims as they come: what is said again is one claim with the lines of both. What is said twice in one sentence or
 * in one list (two women of 32) is two.
 */
class ClaimCollector {
  readonly claims: Claim[] = [];
  readonly #places = new Map<string, number[]>();

  add(place: Place, told: readonly ClaimContent[], seenHere: Seen = new Map()): void {
    for (const one of told) {
      const key = claimKey(one, place);
      const nth = seenHere.get(key) ?? 0;
      seenHere.set(key, nth + 1);
      const earlier = this.#places.get(key) ?? [];
      const at = earlier[nth];
      const claim = at === undefined ? undefined : this.claims[at];
      if (at === undefined || !claim) {
        this.#places.set(key, [...earlier, this.claims.length]);
        this.claims.push({ ...one, ...place, again: [] });
      } else this.claims[at] = merged(claim, one, place);
    }
  }
}

function merged(claim: Claim, told: ClaimContent, place: Place): Claim {
  const lines = (line: number) => (line === place.line ? claim.again : [...new Set([...claim.again, line])]);
  if (claim.kind === 'contact' && told.kind === 'contact' && told.hours && !claim.hours)
    return { ...told, name: told.name ?? claim.name, ...place, again: lines(claim.line) };
  return claim.line === place.line ? claim : { ...claim, again: [...new Set([...claim.again, place.line])] };
}

/** What makes two claims the same: a contact by its value, a power by the part that speaks of it, all else by all of it. */
function claimKey(told: ClaimContent, { part }: Place): string {
  if (told.kind === 'contact') return `contact ${told.route} ${told.value}`;
  if (told.kind === 'social') return `social ${told.handle.toLowerCase()}`;
  if (told.kind === 'officer') return `officer ${told.name}`;
  return told.kind === 'power' ? `${part} ${JSON.stringify(told)}` : JSON.stringify(told);
}
