/** Example reports for tests, seeds and the gallery: who attends, and what was reported. Written with full database rights; people and places are invented. */

import { sql } from 'kysely';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import type { Db } from '../platform/database/database.ts';
import { floorToHour, hourMs } from '../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../vocabulary/ids.ts';
import { type DraftFile, sealFiles } from './attachments/received-files.ts';
import type { Attendance } from './attendance/attendance.ts';
import { newReceipt, type Receipt } from './mailbox/receipt.ts';
import type { IntakeLine, MessageKind, PartId, PartKind, ReportId, ReportState } from './report.ts';
import type { Outcome, RetentionRule } from './retention/retention.ts';
import {
  currentKeyPair,
  openReportKey,
  type ReportToSeal,
  sealPartContent,
  sealReport,
} from './sealing/sealed-report.ts';
import { openSealing } from './sealing/sealing.ts';

type Member = { readonly id: string; readonly agencyId: string };

/** What a data-protection lead types to open a line. */
export const attendanceForm = {
  state: 'open',
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  opens: '07:00',
  closes: '22:00',
  promisedHours: '8',
  readers: 'Two intelligence officers of Lea Vale Constabulary read it. Nobody else does.',
  mustAct: 'If a child or a life is in danger they must act, whatever you choose.',
  immigration: 'They do not tell immigration officers what you say of yourself.',
  notice: 'What you tell is kept for one year by Lea Vale Constabulary, which answers for it.',
  keepsConfidence: 'no',
  onCall: 'Duty inspector, by the control room',
} as const;

export async function attend(
  db: Db,
  keys: UnitKeys,
  line: IntakeLine,
  by: Member,
  setAt: Date,
  more: Partial<Attendance> = {},
): Promise<Attendance> {
  await openSealing();
  const { days, promisedHours, keepsConfidence: _asked, ...words } = attendanceForm;
  const attendance: Attendance = {
    ...words,
    id: newTimelessId(),
    agencyId: by.agencyId as AgencyId,
    keyId: currentKeyPair(keys, line).id,
    days,
    promisedHours: Number(promisedHours),
    keepsConfidence: false,
    setBy: by.id as MemberId,
    setAt,
    ...more,
  };
  await db.insertInto('readingHours').values(attendance).execute();
  return attendance;
}

export type Told = { readonly id: ReportId; readonly receipt: Receipt; readonly key: Buffer };

/** A report as the public form would have sealed it, straight into the tables of its line. */
export async function addReport(
  db: Db,
  keys: UnitKeys,
  line: IntakeLine,
  agencyId: string,
  at: Date,
  more: Partial<Pick<ReportToSeal, 'answers' | 'queue' | 'way'>> & {
    readonly state?: ReportState;
    readonly outcome?: Outcome;
  } = {},
): Promise<Told> {
  await openSealing();
  const receipt = newReceipt();
  const pair = currentKeyPair(keys, line);
  const {
    state = 'open',
    answers = { who: 'worried', what: 'Six men sleep above the shop and are fetched before light.' },
  } = more;
  const sealed = sealReport(pair, {
    id: newTimelessId(),
    line,
    way: 'public form',
    queue: 'first',
    ...more,
    answers,
    receipt,
    promisedHours: 8,
    now: at,
  });
  const { id, hour, hoursToWait, told, partId, contact, requestId: _request, ...row } = sealed;
  await db
    .insertInto('reports')
    .values({
      ...row,
      id,
      agencyId,
      receivedAt: hour,
      actedAt: hour,
      dueAt: new Date(hour.getTime() + hoursToWait * hourMs),
      state,
      outcome: state === 'closed' ? (more.outcome ?? 'no further action') : null,
      unread: state === 'open',
    })
    .execute();
  await addPart(db, id, { id: partId, kind: 'told', place: 0, sealed: told, writtenAt: hour, memberId: null });
  if (contact)
    await db
      .insertInto('reportContacts')
      .values({ id, agencyId, ...contact })
      .execute();
  return { id, receipt, key: openReportKey([pair], id, sealed.sealedKey) };
}

type Row = {
  readonly id: PartId;
  readonly kind: PartKind;
  readonly place: number;
  readonly sealed: Buffer;
  readonly writtenAt: Date;
  readonly memberId: string | null;
};
const addPart = async (db: Db, reportId: ReportId, row: Row): Promise<void> =>
  void (await db
    .insertInto('reportParts')
    .values({ ...row, reportId })
    .execute());

/** Adds a message to the reporter, or one by the reporter where no member is given. */
export async function addWords(
  db: Db,
  line: IntakeLine,
  { id, key }: Told,
  said: { readonly kind: MessageKind | 'added'; readonly place: number; readonly words: string; readonly at: Date },
  by: Member | undefined = undefined,
): Promise<void> {
  const partId: PartId = newTimelessId();
  await addPart(db, id, {
    id: partId,
    kind: said.kind,
    place: said.place,
    sealed: sealPartContent(key, line, partId, { words: said.words }),
    writtenAt: floorToHour(said.at),
    memberId: by?.id ?? null,
  });
}

/** Rules as a data-protection lead would have said them. */
export const addRetention = async (db: Db, rules: readonly RetentionRule[]): Promise<void> =>
  void (await db
    .insertInto('reportRetentionRules')
    .values([...rules])
    .execute());

/** As a reader would have held it, and ended the hold where it says when. */
export async function addHold(
  db: Db,
  reportId: ReportId,
  by: Member,
  setAt: Date,
  endedAt: Date | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The trigger asks who ends it: here nobody does.
    await sql`set local session_replication_role = replica`.execute(tx);
    await tx
      .insertInto('reportRetentionHolds')
      .values({
        id: newTimelessId(),
        reportId,
        agencyId: by.agencyId,
        reason: 'The court asked for it, by an invented reference',
        reviewOn: '2026-12-01',
        setBy: by.id,
        setAt,
        endedBy: endedAt && by.id,
        endedAt,
        endedBecause: endedAt && 'The court has decided, by an invented reference',
      })
      .execute();
  });
}

/** A photo of a report, as the public form would have stored its row; the file itself does not exist. */
export async function addFile(
  db: Db,
  keys: UnitKeys,
  line: IntakeLine,
  reportId: ReportId,
  more: Partial<DraftFile> = {},
): Promise<string> {
  await openSealing();
  const file: DraftFile = {
    id: newTimelessId(),
    key: Buffer.alloc(32, 7).toString('base64'),
    name: 'door.jpg',
    kind: 'jpeg',
    bytes: 120_000,
    ...more,
  };
  const answers = { who: line === 'police' ? 'worried' : 'me' };
  for (const { copied: _copied, ...row } of sealFiles(currentKeyPair(keys, line), answers, [file]))
    await db
      .insertInto('reportFiles')
      .values({ ...row, reportId, state: 'waiting' })
      .execute();
  return file.id;
}
