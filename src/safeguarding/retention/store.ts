/** Stores retention rules, facts and certificates in the safeguarding database, and reads the dates that each record's retention follows from. */

import { sql } from 'kysely';
import { dayOf } from '../../platform/clock.ts';
import { findPointer, padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, foreignKeyViolation, refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import {
  type AgencyRetentionRule,
  type RetainedItem,
  type RetainedKind,
  type RetentionFact,
  type RetentionFactId,
  retainedKinds,
} from './erasure.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type Certificate = {
  readonly id: Id<'erasure certificate'>;
  readonly personId: string;
  readonly agencyId: AgencyId;
  readonly class: string;
  readonly why: string;
  readonly openedAt: Date;
  readonly records: number;
  readonly keys: number;
  /** Keys from before halves were introduced: older backups of the database open these with the unit’s key. */
  readonly wholeKeys: number;
  readonly keysDestroyedAt: Date | null;
  readonly destroyedAt: Date;
  readonly logRequest: string;
};
/** Reasons from before sealing was added are in plain text until the leader process seals them. */
type FactRow = Mutable<Omit<RetentionFact, 'reason'>> & {
  reason: string | null;
  sealedReason: Buffer | null;
  wrappedKey: Buffer | null;
};
export type RetentionTables = {
  personRetentionRules: Mutable<AgencyRetentionRule>;
  retentionFacts: FactRow;
  personErasureCertificates: Mutable<Certificate>;
};
type Db = Reader<RetentionTables>;
type Tx = Writer<RetentionTables>;

/** Rules of the member's agency. */
export const listRules = (db: Db): Promise<AgencyRetentionRule[]> =>
  db
    .selectFrom('personRetentionRules')
    .selectAll()
    .orderBy('validFrom')
    .orderBy('setAt')
    .orderBy('id')
    .limit(500)
    .execute();

/** Adds a rule once, even if the form is sent twice. Not found if the id is another agency’s. */
export const addRule = (tx: Tx, rule: AgencyRetentionRule): Promise<boolean> =>
  addOnce(tx, ['personRetentionRules', 'rule'], rule, []);

const contextOf = (id: string): string => `retention_facts/sealed_reason/${id}`;

const step = 256;

function sealReason(keys: UnitKeys, id: string, reason: string) {
  const { key, wrapped } = keys.newRecordKey(id);
  return { sealedReason: seal(key, contextOf(id), padText(reason, step)), wrappedKey: wrapped };
}

/** The reason in a restored backup, of a record that was erased. */
const erasedReason = 'The reason went with the record.';

function toFact(keys: UnitKeys, { reason, sealedReason, wrappedKey, ...row }: FactRow): RetentionFact {
  if (!sealedReason || !wrappedKey) return { ...row, reason: reason ?? erasedReason };
  const opened = unlessDestroyed(() => unseal(keys.unwrap(wrappedKey, row.id), contextOf(row.id), sealedReason));
  return { ...row, reason: opened ? opened.toString().trimEnd() : erasedReason };
}

/** Refused if the record is missing or another agency’s, or if somebody ordered it at the same moment. A repeated form adds it once. */
export async function addFact(
  tx: Tx,
  keys: UnitKeys,
  { reason, ...fact }: RetentionFact,
): Promise<Result<true, 'gone' | 'said already'>> {
  const added = await refuseOn(
    {
      [uniqueViolation]: 'said already',
      [checkViolation]: 'gone',
      [foreignKeyViolation]: 'gone',
    } as const,
    async () => {
      await tx
        .insertInto('retentionFacts')
        .values({ ...fact, reason: null, ...sealReason(keys, fact.id, reason) })
        .onConflict((on) => on.column('id').doNothing())
        .execute();
      return tx
        .selectFrom('retentionFacts')
        .select('id')
        .where('id', '=', fact.id)
        .where('personId', 'is not distinct from', fact.personId)
        .where('encounterId', 'is not distinct from', fact.encounterId)
        .executeTakeFirst();
    },
  );
  if (!added.ok) return added;
  return added.value ? accept(true) : refuse('gone');
}

/** Whether the person asked for the erasure and proved their identity: an open request with this agency. */
export async function isErasureRequested(tx: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`select ctx.asked_by_person(${id}, 'erasure') as asked`.execute(tx);
  return rows[0]?.asked === true;
}

/** Whether the member may read the note, without reading any of it. */
export async function opensNote(db: Db, noteId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from notes where id = ${noteId}`.execute(db);
  return rows.length > 0;
}

/** Not found if it is another agency’s, or was erased with its record. */
export async function getFact(db: Db, keys: UnitKeys, id: string): Promise<RetentionFact> {
  const fact = await db
    .selectFrom('retentionFacts')
    .selectAll()
    .where('id', '=', id as RetentionFactId)
    .executeTakeFirst();
  return toFact(keys, found(fact, 'fact'));
}

/** Facts about a record, or about a meeting without one. */
export async function listFacts(db: Db, keys: UnitKeys, about: string): Promise<RetentionFact[]> {
  const rows = await db
    .selectFrom('retentionFacts')
    .selectAll()
    .where((fact) => fact.or([fact('personId', '=', about), fact('encounterId', '=', about)]))
    .orderBy('recordedOn', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map((row) => toFact(keys, row));
}

/** By the ids of records, or of the meetings or reports that they were opened from. */
export async function listFactsAbout(db: Db, keys: UnitKeys, about: readonly string[]): Promise<RetentionFact[]> {
  const rows = await db
    .selectFrom('retentionFacts')
    .selectAll()
    .where(
      sql<boolean>`(encounter_id = any (${[...about]}::uuid[]) or person_id in (select p.id from persons p
        where p.id = any (${[...about]}::uuid[]) or p.origin_id = any (${[...about]}::uuid[])))`,
    )
    .orderBy('recordedOn')
    .orderBy('id')
    .execute();
  return rows.map((row) => toFact(keys, row));
}

/** Open holds and requests for erasure, by their review dates. */
export async function listOpenFacts(db: Db, keys: UnitKeys): Promise<RetentionFact[]> {
  const rows = await db
    .selectFrom('retentionFacts')
    .selectAll()
    .where('what', 'in', ['hold', 'asked to go'])
    .where('endedOn', 'is', null)
    .orderBy('reviewOn')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map((row) => toFact(keys, row));
}

/** Seals reasons from before sealing was added. For the leader process; returns whether more remain. */
export async function sealReasons(tx: Db, keys: UnitKeys): Promise<boolean> {
  const { rows } = await sql<{ id: string; reason: string }>`select * from ctx.unsealed_reasons(${atOnce})`.execute(tx);
  for (const { id, reason } of rows) {
    const { sealedReason, wrappedKey } = sealReason(keys, id, reason);
    await sql`select ctx.seal_reason(${id}, ${sealedReason}::bytea, ${wrappedKey}::bytea)`.execute(tx);
  }
  return rows.length === atOnce;
}

/** False if it was ended before. */
export async function endFact(tx: Tx, id: RetentionFactId, endedBy: MemberId, endedOn: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('retentionFacts')
    .set({ endedBy, endedOn })
    .where('id', '=', id)
    .where('endedOn', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type ShownCertificate = Certificate & { readonly leaf: number | undefined };

/** The latest first, each with its leaf of the sealed log. */
export async function listCertificates(
  db: Db,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly certificates: ShownCertificate[]; readonly total: number }> {
  const total = await countRows(db.selectFrom('personErasureCertificates'));
  const certificates = await db
    .selectFrom('personErasureCertificates')
    .selectAll()
    .orderBy('destroyedAt', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const ids = certificates.map(({ id }) => id);
  const { rows } = await sql<{ id: string; leaf: string }>`
    select id, leaf::text as leaf from ctx.erasure_leaves(${ids}::uuid[])`.execute(db);
  const leaves = new Map(rows.map(({ id, leaf }) => [id, Number(leaf)]));
  return { certificates: certificates.map((one) => ({ ...one, leaf: leaves.get(one.id) })), total };
}

type Fact = Readonly<Record<string, string | null>>;
type RetainedRow = Omit<RetainedItem, 'kind' | 'openedOn' | 'facts' | 'met' | 'noteId'> & {
  readonly facts: readonly Fact[];
  readonly wrappedKey: Buffer | null;
  /** Only for a meeting. */
  readonly met?: readonly string[];
  readonly noteId?: string | null;
};

const atOnce = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** The JSON of the database: its own column names, and days as text. */
const factOf = (row: Fact): Omit<RetentionFact, 'reason'> =>
  ({
    id: row.id,
    personId: row.person_id,
    encounterId: row.encounter_id,
    agencyId: row.agency_id,
    what: row.what,
    detail: row.detail,
    reviewOn: row.review_on,
    recordedOn: row.recorded_on,
    recordedBy: row.recorded_by,
    endedOn: row.ended_on,
    endedBy: row.ended_by,
  }) as Omit<RetentionFact, 'reason'>;

const toRetainedItem = (
  kind: RetainedKind,
  { facts, wrappedKey: _key, met = [], noteId = null, ...row }: RetainedRow,
): RetainedItem => ({
  ...row,
  kind,
  met,
  noteId,
  openedOn: dayOf(row.openedAt),
  facts: facts.map(factOf),
});

const rows = async (db: Db, asked: ReturnType<typeof sql<RetainedRow>>): Promise<RetainedRow[]> =>
  (await asked.execute(db)).rows;
const ownAgencyQueries = {
  record: (one: string | null, beyond: string, most: number) =>
    sql<RetainedRow>`select * from ctx.people_kept_here(${one}, ${beyond}, ${most})`,
  meeting: (one: string | null, beyond: string, most: number) =>
    sql<RetainedRow>`select * from ctx.meetings_kept_here(${one}, ${beyond}, ${most})`,
};
const allAgencyQueries = {
  record: (beyond: string) => sql<RetainedRow>`select * from ctx.people_kept(${beyond}, ${atOnce})`,
  meeting: (beyond: string) => sql<RetainedRow>`select * from ctx.meetings_kept(${beyond}, ${atOnce})`,
};

/** Page by page, each from the end of the one before. */
async function* readPages(ask: (beyond: string) => Promise<RetainedRow[]>): AsyncGenerator<RetainedRow> {
  for (let beyond: string | undefined = beforeAll; beyond; ) {
    const page: RetainedRow[] = await ask(beyond);
    yield* page;
    beyond = page.length >= atOnce ? page.at(-1)?.id : undefined;
  }
}

/** Everything that the member's agency keeps, one by one: days and facts only. */
export async function listRetainedItems(db: Db): Promise<RetainedItem[]> {
  const all: RetainedItem[] = [];
  for (const kind of retainedKinds)
    for await (const row of readPages((beyond) => rows(db, ownAgencyQueries[kind](null, beyond, atOnce))))
      all.push(toRetainedItem(kind, row));
  return all;
}

/** A record, or a meeting without a record of the agency. */
export async function getRetainedItem(db: Db, id: string): Promise<RetainedItem> {
  for (const kind of retainedKinds) {
    const [row] = await rows(db, ownAgencyQueries[kind](id, beforeAll, 1));
    if (row) return toRetainedItem(kind, row);
  }
  throw notFound('person');
}

export type FoundItem = { readonly kept: RetainedItem; readonly keyGone: boolean };

/** Records of every agency, for the leader process. Says of each whether its key is destroyed, as after restoring a backup. */
export async function* iterateRetainedItems(tx: Db, keys: UnitKeys): AsyncGenerator<FoundItem> {
  for (const kind of retainedKinds)
    for await (const row of readPages((beyond) => rows(tx, allAgencyQueries[kind](beyond)))) {
      const pointer = row.wrappedKey && findPointer(row.wrappedKey);
      yield { kept: toRetainedItem(kind, row), keyGone: pointer ? keys.halves?.isDestroyed(pointer) === true : false };
    }
}

export const listAllRules = async (tx: Db): Promise<AgencyRetentionRule[]> =>
  (await sql<AgencyRetentionRule>`select * from ctx.rules_of_keeping()`.execute(tx)).rows;

/** False if something was added since, or during a hold. */
export async function erase(
  tx: Db,
  { kind, id, agencyId, seen }: Pick<RetainedItem, 'kind' | 'id' | 'agencyId' | 'seen'>,
  now: Date,
  { of, why }: { readonly of: string; readonly why: string },
): Promise<boolean> {
  const erased = {
    record: sql<{ gone: boolean }>`select ctx.erase_person(${id}, ${seen}, ${now}, ${of}, ${why}) as gone`,
    meeting: sql<{
      gone: boolean;
    }>`select ctx.erase_meeting(${id}, ${agencyId}, ${seen}, ${now}, ${of}, ${why}) as gone`,
  }[kind];
  return (await erased.execute(tx)).rows[0]?.gone === true;
}

/** Locked until the transaction ends. */
export async function listKeysWaiting(tx: Db, most: number): Promise<Buffer[]> {
  const { rows } = await sql<{ pointer: Buffer }>`select pointer from ctx.keys_waiting(${most})`.execute(tx);
  return rows.map(({ pointer }) => pointer);
}

export const saveKeysDestroyed = async (tx: Db, pointers: readonly Buffer[], now: Date): Promise<void> =>
  void (await sql`select ctx.keys_destroyed(${[...pointers]}::bytea[], ${now})`.execute(tx));

/** Takes longer than a page request may, with very many rows. */
export async function rewriteMarks(tx: Db, since: Date): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`select ctx.write_marks_anew(${since})`.execute(tx);
}
