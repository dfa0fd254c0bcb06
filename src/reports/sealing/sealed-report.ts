/** Reports as the public site seals them and staff open them. Each report has its own key and its source identity another. Both are wrapped for the line's staff, and the first also for the receipt. */

import { randomUUID } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { descriptionContext, type FileDescription } from '../attachments/received-files.ts';
import {
  type Answers,
  type Field,
  fields,
  isSealedInBrowser,
  sealedPartOf,
  splitAnswers,
} from '../intake/questions.ts';
import type { SealedReport } from '../intake/store.ts';
import { lookUpValueOf, type Receipt } from '../mailbox/receipt.ts';
import { hoursToWait, type IntakeLine, type PartId, type Queue, type ReportId, type Way } from '../report.ts';
import { browserSealContext, type SealedPart } from './envelope.ts';
import {
  type IntakeKeys,
  type IntakePair,
  intakeKeyPair,
  keyIdOf,
  newReportKey,
  openPart,
  openSealed,
  sealPart,
  unwrapForUnit,
  wrapForReceipt,
  wrapForUnit,
} from './sealing.ts';

const keyPurposes: Record<IntakeLine, string> = { police: 'intake/main', help: 'intake/safeguarding' };

/** The key pair of one line's staff, derived from the unit's keys. The public site has only the public half. */
export const currentKeyPair = (keys: UnitKeys, line: IntakeLine): IntakePair =>
  intakeKeyPair(Buffer.from(keys.derive(keyPurposes[line]), 'base64'));

/** Every key pair that the staff ever had, to open reports sealed before the current one. */
export const allKeyPairs = (keys: UnitKeys, line: IntakeLine): readonly IntakePair[] =>
  keys.deriveEach(keyPurposes[line]).map((seed) => intakeKeyPair(Buffer.from(seed, 'base64')));

function unwrapKey(pairs: readonly IntakePair[], name: string, wrapped: Buffer): Buffer {
  const id = keyIdOf(wrapped);
  const pair = pairs.find((one) => one.id === id);
  if (!pair) throw new Error(`a report is sealed to the key ${id}, which the unit does not hold`);
  return unwrapForUnit(pair, name, wrapped);
}

const partContext = (line: IntakeLine, id: PartId) => ({
  tenant: line,
  table: 'report_parts',
  column: 'sealed',
  row: id,
});
const contactContext = (line: IntakeLine, id: ReportId) => ({
  tenant: line,
  table: 'report_contacts',
  column: 'sealed',
  row: id,
});
const contactKey = (id: ReportId): string => `${id}/contact`;

export type BrowserSealed = Readonly<Partial<Record<SealedPart, Buffer>>>;

export type ReportToSeal = {
  readonly id: ReportId;
  readonly line: IntakeLine;
  readonly way: Way;
  readonly answers: Answers;
  /** The language of the report. Staff need it to answer. */
  readonly language?: string;
  /** For a report taken by staff: its words and its source identity, ready to be sealed separately. */
  readonly split?: { readonly told: PartContent; readonly contact: PartContent | undefined };
  /** What the reporter's browser sealed. Those words are in none of the answers. */
  readonly inBrowser?: BrowserSealed | undefined;
  readonly receipt: Receipt | undefined;
  /** Where the same content may be sent again; otherwise a new one. */
  readonly partId?: PartId;
  readonly queue: Queue;
  readonly promisedHours: number;
  readonly now: Date;
};

/** No time finer than the hour leaves here. */
export function sealReport(keys: IntakeKeys, sent: ReportToSeal): SealedReport {
  const { id, line, way, answers, language, inBrowser = {}, receipt, queue, promisedHours, now } = sent;
  const key = newReportKey();
  const partId = sent.partId ?? newTimelessId<'report part'>();
  const { told, contact: said } = sent.split ?? splitAnswers(answers);
  const contact = said ?? (answers.reach === 'yes' && inBrowser.contact ? {} : undefined);
  const danger = answers.now === 'yes';
  return {
    id,
    way,
    sealedKey: wrapForUnit(keys, id, key),
    receiptKey: receipt ? wrapForReceipt(receipt, id, key) : null,
    lookUp: receipt ? lookUpValueOf(receipt) : null,
    hour: floorToHour(now),
    hoursToWait: hoursToWait(promisedHours, danger, queue),
    danger,
    queue,
    partId,
    told: sealPart(
      key,
      partContext(line, partId),
      JSON.stringify(withBrowserBox({ ...told, ...(language && { language }) }, inBrowser.words)),
    ),
    contact: contact ? sealContact(keys, line, id, withBrowserBox(contact, inBrowser.contact)) : null,
    requestId: randomUUID(),
  };
}

/** The box that a browser sealed is kept unopened inside the public site's seal. The public site cannot open it. */
const withBrowserBox = (said: PartContent, box: Buffer | undefined): PartContent =>
  box ? { ...said, sealed: box.toString('base64url') } : said;

function sealContact(keys: IntakeKeys, line: IntakeLine, id: ReportId, contact: PartContent): SealedReport['contact'] {
  const key = newReportKey();
  return {
    sealedKey: wrapForUnit(keys, contactKey(id), key),
    sealed: sealPart(key, contactContext(line, id), JSON.stringify(contact)),
  };
}

/** What a part says, by field: answers of the form, or `words` that the reporter added later. */
export type PartContent = Readonly<Record<string, string>>;

export const sealPartContent = (key: Uint8Array, line: IntakeLine, id: PartId, said: PartContent): Buffer =>
  sealPart(key, partContext(line, id), JSON.stringify(said));

export const openPartContent = (
  key: Uint8Array,
  line: IntakeLine,
  part: { readonly id: PartId; readonly sealed: Buffer },
): PartContent => JSON.parse(openPart(key, partContext(line, part.id), part.sealed).toString()) as PartContent;

export const openReportKey = (pairs: readonly IntakePair[], id: ReportId, sealedKey: Buffer): Buffer =>
  unwrapKey(pairs, id, sealedKey);

export const openFileKey = unwrapKey;

/** Opens the description of a file, which is sealed separately from the file. */
export function openFileDescription(
  pairs: readonly IntakePair[],
  line: IntakeLine,
  { id, about }: { readonly id: string; readonly about: Buffer },
): FileDescription {
  const pair = pairs.find((one) => one.id === keyIdOf(about));
  if (!pair) throw new Error('what a file is was sealed to a key that the unit does not hold');
  return JSON.parse(openSealed(pair, descriptionContext(line, id), about).toString()) as FileDescription;
}

export function openContact(
  pairs: readonly IntakePair[],
  line: IntakeLine,
  id: ReportId,
  { sealedKey, sealed }: { readonly sealedKey: Buffer; readonly sealed: Buffer },
): OpenedContent {
  const key = unwrapKey(pairs, contactKey(id), sealedKey);
  return openBrowserSealed(
    pairs,
    line,
    id,
    'contact',
    JSON.parse(openPart(key, contactContext(line, id), sealed).toString()) as PartContent,
  );
}

/** The report's words, and whether a browser had sealed them. If its box does not open, the answers that the public site sealed. */
export type OpenedContent = {
  readonly said: PartContent;
  readonly inBrowser: 'no' | 'yes' | 'more in it' | 'does not open';
};

/** Opens the browser's box inside the part that the public site sealed. */
export function openBrowserSealed(
  pairs: readonly IntakePair[],
  line: IntakeLine,
  id: ReportId,
  part: SealedPart,
  { sealed, ...said }: PartContent,
): OpenedContent {
  if (sealed === undefined) return { said, inBrowser: 'no' };
  try {
    const box = Buffer.from(sealed, 'base64url');
    const pair = pairs.find((one) => one.id === keyIdOf(box));
    if (!pair) return { said, inBrowser: 'does not open' };
    const words: unknown = JSON.parse(openSealed(pair, browserSealContext(line, id, part), box).toString());
    const { answers, more } = readSealedAnswers(part, words);
    return { said: { ...said, ...answers }, inBrowser: more ? 'more in it' : 'yes' };
  } catch {
    return { said, inBrowser: 'does not open' };
  }
}

/** The sender controls the sealed content, so only fields that our form keeps for this part are read. Other fields are not shown as the report's words, and identity fields are not shown to readers who may not see them. */
function readSealedAnswers(
  part: SealedPart,
  words: unknown,
): { readonly answers: PartContent; readonly more: boolean } {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) throw new Error('no answers');
  const entries = Object.entries(words).filter(
    (entry): entry is [Field, string] =>
      typeof entry[1] === 'string' && belongsToPart(entry[0], part) && entry[1].trim() !== '',
  );
  if (entries.length === 0) throw new Error('it says nothing');
  return { answers: Object.fromEntries(entries), more: entries.length < Object.keys(words).length };
}

const belongsToPart = (name: string, part: SealedPart): boolean =>
  fields.some((field) => field === name && isSealedInBrowser(field) && sealedPartOf(field) === part);
