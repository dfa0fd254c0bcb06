/** Reports as the public site seals them and staff open them. Each report has its own key and its source identity another. Both are wrapped for the line's staff, and the first also for the receipt. */
import { randomUUID } from 'node:crypto';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type About, aboutAt } from '../attachments/received-files.ts';
import { type Answers, type Field, fields, isHeld, parted, sealedApart } from '../intake/questions.ts';
import type { SealedReport } from '../intake/store.ts';
import { lookUpOf, type Receipt } from '../mailbox/receipt.ts';
import { hoursToWait, type Line, type PartId, type Queue, type ReportId, type Way } from '../report.ts';
import { placeInBrowser, type SealedPart } from './envelope.ts';
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

const uses: Record<Line, string> = { police: 'intake/main', help: 'intake/safeguarding' };

/** The key pair of one line's staff, derived from the unit's keys. The public site has only the public half. */
export const pairOf = (keys: UnitKeys, line: Line): IntakePair =>
  intakeKeyPair(Buffer.from(keys.derive(uses[line]), 'base64'));

/** Every key pair that the staff ever had, to open reports sealed before the current one. */
export const pairsOf = (keys: UnitKeys, line: Line): readonly IntakePair[] =>
  keys.deriveEach(uses[line]).map((seed) => intakeKeyPair(Buffer.from(seed, 'base64')));

function unwrapped(pairs: readonly IntakePair[], name: string, wrapped: Buffer): Buffer {
  const id = keyIdOf(wrapped);
  const pair = pairs.find((one) => one.id === id);
  if (!pair) throw new Error(`a report is sealed to the key ${id}, which the unit does not hold`);
  return unwrapForUnit(pair, name, wrapped);
}

const partAt = (line: Line, id: PartId) => ({ tenant: line, table: 'report_parts', column: 'sealed', row: id });
const contactAt = (line: Line, id: ReportId) => ({ tenant: line, table: 'report_contacts', column: 'sealed', row: id });
const contactKey = (id: ReportId): string => `${id}/contact`;

export type InBrowser = Readonly<Partial<Record<SealedPart, Buffer>>>;

export type ToSend = {
  readonly id: ReportId;
  readonly line: Line;
  readonly way: Way;
  readonly answers: Answers;
  /** The language of the report. Staff need it to answer. */
  readonly language?: string;
  /** For a report taken by staff: its words and its source identity, ready to be sealed separately. */
  readonly split?: { readonly told: Said; readonly contact: Said | undefined };
  /** What the reporter's browser sealed. Those words are in none of the answers. */
  readonly inBrowser?: InBrowser | undefined;
  readonly receipt: Receipt | undefined;
  readonly queue: Queue;
  readonly promisedHours: number;
  readonly now: Date;
};

/** No time finer than the hour leaves here. */
export function sealReport(keys: IntakeKeys, sent: ToSend): SealedReport {
  const { id, line, way, answers, language, inBrowser = {}, receipt, queue, promisedHours, now } = sent;
  const key = newReportKey();
  const partId = newTimelessId<'report part'>();
  const { told, contact: said } = sent.split ?? parted(answers);
  const contact = said ?? (answers.reach === 'yes' && inBrowser.contact ? {} : undefined);
  const danger = answers.now === 'yes';
  return {
    id,
    way,
    sealedKey: wrapForUnit(keys, id, key),
    receiptKey: receipt ? wrapForReceipt(receipt, id, key) : null,
    lookUp: receipt ? lookUpOf(receipt) : null,
    hour: floorToHour(now),
    hoursToWait: hoursToWait(promisedHours, danger, queue),
    danger,
    queue,
    partId,
    told: sealPart(
      key,
      partAt(line, partId),
      JSON.stringify(withSealed({ ...told, ...(language && { language }) }, inBrowser.words)),
    ),
    contact: contact ? sealContact(keys, line, id, withSealed(contact, inBrowser.contact)) : null,
    requestId: randomUUID(),
  };
}

/** The box that a browser sealed is kept unopened inside the public site's seal. The public site cannot open it. */
const withSealed = (said: Said, box: Buffer | undefined): Said =>
  box ? { ...said, sealed: box.toString('base64url') } : said;

function sealContact(keys: IntakeKeys, line: Line, id: ReportId, contact: Said): SealedReport['contact'] {
  const key = newReportKey();
  return {
    sealedKey: wrapForUnit(keys, contactKey(id), key),
    sealed: sealPart(key, contactAt(line, id), JSON.stringify(contact)),
  };
}

/** What a part says, by field: answers of the form, or `words` that the reporter added later. */
export type Said = Readonly<Record<string, string>>;

export const sealWords = (key: Uint8Array, line: Line, id: PartId, said: Said): Buffer =>
  sealPart(key, partAt(line, id), JSON.stringify(said));

export const openWords = (key: Uint8Array, line: Line, part: { readonly id: PartId; readonly sealed: Buffer }): Said =>
  JSON.parse(openPart(key, partAt(line, part.id), part.sealed).toString()) as Said;

export const openReportKey = (pairs: readonly IntakePair[], id: ReportId, sealedKey: Buffer): Buffer =>
  unwrapped(pairs, id, sealedKey);

export const openFileKey = unwrapped;

/** Opens the description of a file, which is sealed separately from the file. */
export function openAbout(
  pairs: readonly IntakePair[],
  line: Line,
  { id, about }: { readonly id: string; readonly about: Buffer },
): About {
  const pair = pairs.find((one) => one.id === keyIdOf(about));
  if (!pair) throw new Error('what a file is was sealed to a key that the unit does not hold');
  return JSON.parse(openSealed(pair, aboutAt(line, id), about).toString()) as About;
}

export function openContact(
  pairs: readonly IntakePair[],
  line: Line,
  id: ReportId,
  { sealedKey, sealed }: { readonly sealedKey: Buffer; readonly sealed: Buffer },
): Opened {
  const key = unwrapped(pairs, contactKey(id), sealedKey);
  return openInBrowser(
    pairs,
    line,
    id,
    'contact',
    JSON.parse(openPart(key, contactAt(line, id), sealed).toString()) as Said,
  );
}

/** The report's words, and whether a browser had sealed them. If its box does not open, the answers that the public site sealed. */
export type Opened = { readonly said: Said; readonly inBrowser: 'no' | 'yes' | 'more in it' | 'does not open' };

/** Opens the browser's box inside the part that the public site sealed. */
export function openInBrowser(
  pairs: readonly IntakePair[],
  line: Line,
  id: ReportId,
  part: SealedPart,
  { sealed, ...said }: Said,
): Opened {
  if (sealed === undefined) return { said, inBrowser: 'no' };
  try {
    const box = Buffer.from(sealed, 'base64url');
    const pair = pairs.find((one) => one.id === keyIdOf(box));
    if (!pair) return { said, inBrowser: 'does not open' };
    const words: unknown = JSON.parse(openSealed(pair, placeInBrowser(line, id, part), box).toString());
    const { answers, more } = answersIn(part, words);
    return { said: { ...said, ...answers }, inBrowser: more ? 'more in it' : 'yes' };
  } catch {
    return { said, inBrowser: 'does not open' };
  }
}

/** The sender controls the sealed content, so only fields that our form keeps for this part are read. Other fields are not shown as the report's words, and identity fields are not shown to readers who may not see them. */
function answersIn(part: SealedPart, words: unknown): { readonly answers: Said; readonly more: boolean } {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) throw new Error('no answers');
  const entries = Object.entries(words).filter(
    (entry): entry is [Field, string] =>
      typeof entry[1] === 'string' && belongs(entry[0], part) && entry[1].trim() !== '',
  );
  if (entries.length === 0) throw new Error('it says nothing');
  return { answers: Object.fromEntries(entries), more: entries.length < Object.keys(words).length };
}

const belongs = (name: string, part: SealedPart): boolean =>
  fields.some((field) => field === name && isHeld(field) && sealedApart(field) === part);
