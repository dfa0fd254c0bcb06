/** What the public door seals and staff open: a report under a key of its own, who told it under another, both keys wrapped for the line's staff, the first for the receipt too. */
import { randomUUID } from 'node:crypto';
import { hourOf } from '../platform/audit.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { type Answers, parted } from './journey.ts';
import type { SealedReport } from './public-store.ts';
import { lookUpOf, type Receipt } from './receipt.ts';
import { hoursToWait, type Line, type PartId, type Queue, type ReportId, type Way } from './report.ts';
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
import { type About, aboutAt } from './told-files.ts';

const uses: Record<Line, string> = { police: 'intake/main', help: 'intake/safeguarding' };

/** The pair of one line's staff: whoever holds the unit's keys has it, the public door has its public half. */
export const pairOf = (keys: UnitKeys, line: Line): IntakePair =>
  intakeKeyPair(Buffer.from(keys.derive(uses[line]), 'base64'));

/** Every pair that the staff ever had, to open what came in before the present one. */
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

export type ToSend = {
  readonly id: ReportId;
  readonly line: Line;
  readonly way: Way;
  readonly answers: Answers;
  readonly receipt: Receipt | undefined;
  readonly queue: Queue;
  readonly promisedHours: number;
  readonly now: Date;
};

/** No time finer than the hour leaves here. */
export function sealReport(keys: IntakeKeys, sent: ToSend): SealedReport {
  const { id, line, way, answers, receipt, queue, promisedHours, now } = sent;
  const key = newReportKey();
  const partId = newTimelessId<'report part'>();
  const { told, contact } = parted(answers);
  const danger = answers.now === 'yes';
  return {
    id,
    way,
    sealedKey: wrapForUnit(keys, id, key),
    receiptKey: receipt ? wrapForReceipt(receipt, id, key) : null,
    lookUp: receipt ? lookUpOf(receipt) : null,
    hour: hourOf(now),
    hoursToWait: hoursToWait(promisedHours, danger, queue),
    danger,
    queue,
    partId,
    told: sealPart(key, partAt(line, partId), JSON.stringify(told)),
    contact: contact ? sealContact(keys, line, id, contact) : null,
    requestId: randomUUID(),
  };
}

function sealContact(keys: IntakeKeys, line: Line, id: ReportId, contact: Answers): SealedReport['contact'] {
  const key = newReportKey();
  return {
    sealedKey: wrapForUnit(keys, contactKey(id), key),
    sealed: sealPart(key, contactAt(line, id), JSON.stringify(contact)),
  };
}

/** What a part says, by field: the answers of the form, or the `words` of whoever wrote more. */
export type Said = Readonly<Record<string, string>>;

export const sealWords = (key: Uint8Array, line: Line, id: PartId, said: Said): Buffer =>
  sealPart(key, partAt(line, id), JSON.stringify(said));

export const openWords = (key: Uint8Array, line: Line, part: { readonly id: PartId; readonly sealed: Buffer }): Said =>
  JSON.parse(openPart(key, partAt(line, part.id), part.sealed).toString()) as Said;

export const openReportKey = (pairs: readonly IntakePair[], id: ReportId, sealedKey: Buffer): Buffer =>
  unwrapped(pairs, id, sealedKey);

export const openFileKey = unwrapped;

/** What a file is, as it was sealed beside it. */
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
): Answers {
  const key = unwrapped(pairs, contactKey(id), sealedKey);
  return JSON.parse(openPart(key, contactAt(line, id), sealed).toString()) as Answers;
}
