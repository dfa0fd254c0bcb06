/** Reads what a release claims, each claim with the sentence it came from: plain rules, and what is unsure is left out. */

import { ClaimCollector, type Seen } from './claim-collector.ts';
import { type BlockContext, claimsInSentence, eachAdvised, everyone } from './claims-in-sentence.ts';
import { contactsIn, hoursIn } from './contacts.ts';
import { withoutDates } from './counts/masking.ts';
import { addSinglePremises } from './counts/single-premises.ts';
import type { ListVerb } from './counts/verb-phrases.ts';
import type { Claim, ClaimContent, ParsedRelease, Place, ReleaseFacts } from './parsed-release.ts';
import { publisherOf } from './partners/participants.ts';
import { leadsToPartners, partnerItem } from './partners/partners.ts';
import { shortNamesIn } from './partners/short-names.ts';
import { arrestsInItem, leadsToArrested } from './people/arrests.ts';
import {
  type Described,
  describedAsArrested,
  describedIn,
  describedInItem,
  leadsToAccused,
  personsIn,
  withOneSex,
} from './people/described.ts';
import { withHomesOfAll } from './people/homes-of-all.ts';
import { withoutThoseToldTwice } from './people/told-twice.ts';
import { addDayOfDeed, withoutWiderWindow } from './places-and-days/day-of-deed.ts';
import { leadTownsOf } from './places-and-days/lead-towns.ts';
import { isNation, isWorldwide } from './places-and-days/regions.ts';
import { onlyTownOf, onTheSpot } from './places-and-days/town-before.ts';
import { withoutRoughTitles } from './restated.ts';
import { type Block, longestSentence, quotes, readReleaseBlocks, type Sentence, saysOtherTime } from './sentences.ts';
import { signParagraphs } from './signs.ts';
import { unreadIn } from './unread.ts';

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
  const described: Described[] = [];
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
  for (const [index, block] of blocks.entries()) {
    const leadTowns = leadTownsOf(block);
    if (block.kind !== 'item') {
      above = lead?.kind === 'heading' ? lead : undefined;
      lead = block;
      seenInList = new Map();
      if (/:$/.test(block.text)) listLead = block.text;
      else if (leadTowns.length === 0) listLead = '';
    }
    const ofList = block.kind === 'item' && block.part === 'body' ? claimsOfItem(block, lead, above) : null;
    if (block.kind === 'item' && leadsToAccused(lead?.text ?? ''))
      described.push(...describedInItem(block.text, placeOf(block)));
    const sign = signs.get(block);
    if (sign) gathered.add(placeOf(block), [{ kind: 'sign', text: sign }]);
    else if (ofList) gathered.add(placeOf(block), ofList, seenInList);
    else
      readSentences(
        block,
        blocks[index + 1],
        lead,
        { ...setting, leadTowns, listVerb: listVerbOf(listLead) },
        gathered,
      );
  }
  for (const { place, groups } of describedAsArrested([...described, ...gathered.described], gathered.claims)) {
    gathered.add(place, personsIn(withOneSex(groups, gathered.claims)));
    gathered.dropUnread(
      place,
      groups.flatMap(({ size, ages }) => [size, ...ages]),
    );
  }
  const worldwide = isWorldwide(cutting.area);
  addDayOfDeed(blocks, cutting.publishDate, worldwide, gathered);
  addSinglePremises(blocks, setting, gathered);
  const inWindow = worldwide ? gathered.claims : withoutWiderWindow(gathered.claims);
  const claims = withHomesOfAll(withoutThoseToldTwice(inWindow), blocks);
  return { claims: withoutRoughTitles(claims), unread: gathered.unread };
}

/** A quote that names nobody: its speaker is named in the paragraph before. */
const isOnlyQuote = (block: Block | undefined): boolean =>
  block !== undefined &&
  /^["']/.test(block.text) &&
  !/\b(?:said|says|added|explained) (?:the )?[A-Z]|[A-Z][\w'-]+ (?:said|says|added|explained)\b/.test(block.text);

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

function readSentences(
  block: Block,
  next: Block | undefined,
  lead: Block | undefined,
  setting: BlockContext,
  gathered: ClaimCollector,
): void {
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
      quoting: quotes(block) || (block.kind === 'paragraph' && isOnlyQuote(next)),
      rows: gathered.claims.filter(({ kind }) => kind === 'arrests' || kind === 'person arrested'),
    });
    if (
      sentence.part === 'body' &&
      !saysOtherTime(sentence.text, setting.published) &&
      told.every(({ kind }) => kind !== 'arrests' && kind !== 'person arrested')
    )
      gathered.described.push(...describedIn(withoutDates(sentence.text), place));
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
