/** How telling without consent lies in the safeguarding store: asked for, approved or refused, looked at afterwards; each once, by whoever the database sees. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto.ts';
import type { Reader, Seen, Writer } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { addOnce } from '../../platform/store-once.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { AtOnceRefusal, Disclosure, DisclosureId, DisclosurePlan } from './disclosure.ts';
import { type ConsentTables, contextOf, type DisclosureRow, type PersonIds } from './store.ts';

const columns = {
  sealedReasons: 'sealed_reasons',
  sealedPlan: 'sealed_plan',
  sealedCannotWait: 'sealed_cannot_wait',
  sealedSaid: 'sealed_said',
} as const;
const place = (column: string, id: string): string => contextOf('disclosures', column, id);

function toDisclosure(keys: UnitKeys, row: DisclosureRow): Disclosure {
  const { sealedReasons, sealedPlan, sealedCannotWait, sealedSaid, wrappedKey, ...open } = row;
  const key = keys.unwrap(wrappedKey, row.id);
  const text = (column: string, sealed: Buffer): string => unseal(key, place(column, row.id), sealed).toString();
  return {
    ...open,
    reasons: text(columns.sealedReasons, sealedReasons),
    plan: sealedPlan && (JSON.parse(text(columns.sealedPlan, sealedPlan)) as DisclosurePlan),
    cannotWait: sealedCannotWait && text(columns.sealedCannotWait, sealedCannotWait),
    said: sealedSaid && text(columns.sealedSaid, sealedSaid),
  };
}

/** A form that is sent twice is asked for once: whether it was now. Not found when the id is another’s. */
export async function addDisclosure(
  tx: Writer<ConsentTables>,
  keys: UnitKeys,
  disclosure: Disclosure,
): Promise<boolean> {
  const { reasons, plan, cannotWait, said, items, ...row } = disclosure;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealed = (column: string, text: string) => seal(key, place(column, row.id), text);
  const written = {
    ...row,
    items: [...items],
    sealedReasons: sealed(columns.sealedReasons, reasons),
    sealedPlan: plan && sealed(columns.sealedPlan, JSON.stringify(plan)),
    sealedCannotWait: cannotWait && sealed(columns.sealedCannotWait, cannotWait),
    sealedSaid: said && sealed(columns.sealedSaid, said),
    wrappedKey: wrapped,
  } as DisclosureRow;
  return addOnce(tx, ['disclosures', 'disclosure'], written, ['askedBy', 'personId']);
}

const saidIn = ({ recipient, items, basis, reasons, plan }: Disclosure): string =>
  JSON.stringify([recipient, items, basis, reasons, plan]);

/** Of a form that is sent twice one is asked for; refused where its words were others the first time: those are judged, and nobody takes them for these. */
export async function askOnce(
  tx: Writer<ConsentTables>,
  keys: UnitKeys,
  disclosure: Disclosure,
): Promise<Result<boolean, AtOnceRefusal>> {
  if (await addDisclosure(tx, keys, disclosure)) return accept(true);
  const there = await getDisclosure(tx, keys, disclosure.id);
  // What crossed or was refused is kept here no longer: its page says how it ended.
  return !there.plan || saidIn(there) === saidIn(disclosure) ? accept(false) : refuse('asked otherwise');
}

/** What is told at once goes on itself alone: refused where its form was asked for before, so that nothing else goes on what somebody approved, or still judges. */
export async function addAtOnce(
  tx: Writer<ConsentTables>,
  keys: UnitKeys,
  disclosure: Disclosure,
): Promise<Result<boolean, AtOnceRefusal>> {
  if (await addDisclosure(tx, keys, disclosure)) return accept(true);
  const { told } = await tx
    .selectFrom('disclosures')
    .select('told')
    .where('id', '=', disclosure.id)
    .executeTakeFirstOrThrow();
  return told === 'at once' ? accept(false) : refuse('asked before');
}

/** Held until the transaction ends: of two who answer, the second finds it answered. */
export async function lockDisclosure(tx: Writer<ConsentTables>, keys: UnitKeys, id: DisclosureId): Promise<Disclosure> {
  const row = await tx.selectFrom('disclosures').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('disclosure');
  return toDisclosure(keys, row);
}

/** What a second person answered; who and when are the database’s to say. */
export async function saveAnswer(tx: Writer<ConsentTables>, keys: UnitKeys, disclosure: Disclosure): Promise<void> {
  const { id, approvedBy, approvedAt, refusedBy, refusedAt, lookedBy, lookedAt, looked, said } = disclosure;
  const { wrappedKey } = await tx
    .selectFrom('disclosures')
    .select('wrappedKey')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const sealedSaid = said && seal(keys.unwrap(wrappedKey, id), place(columns.sealedSaid, id), said);
  await tx
    .updateTable('disclosures')
    .set({ approvedBy, approvedAt, refusedBy, refusedAt, lookedBy, lookedAt, looked, sealedSaid: sealedSaid || null })
    .where('id', '=', id)
    .execute();
}

export async function listDisclosures(db: Seen<ConsentTables>, keys: UnitKeys, ids: PersonIds): Promise<Disclosure[]> {
  const rows = await db
    .selectFrom('disclosures')
    .selectAll()
    .where('personId', 'in', ids)
    .orderBy('askedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toDisclosure(keys, row));
}

/** Without a word that anybody wrote: that stays under seal until somebody asks for it alone. */
const openColumns = [
  'id',
  'personId',
  'operationId',
  'agencyId',
  'recipient',
  'purpose',
  'items',
  'basis',
  'until',
  'told',
  'askedBy',
  'askedAt',
  'approvedBy',
  'approvedAt',
  'refusedBy',
  'refusedAt',
  'lookBy',
  'looked',
] as const;
export type DisclosureInShort = Pick<Disclosure, (typeof openColumns)[number]> & {
  /** Whether what is to be told still lies here. */
  readonly kept: boolean;
};
const kept = sql<boolean>`sealed_plan is not null`.as('kept');

export async function listDisclosed(db: Seen<ConsentTables>, ids: PersonIds): Promise<DisclosureInShort[]> {
  return db
    .selectFrom('disclosures')
    .select(openColumns)
    .select(kept)
    .where('personId', 'in', ids)
    .orderBy('askedAt', 'desc')
    .orderBy('id')
    .execute();
}

export async function getDisclosure(
  db: Seen<ConsentTables> | Writer<ConsentTables>,
  keys: UnitKeys,
  id: DisclosureId,
): Promise<Disclosure> {
  const row = await (db as Reader<ConsentTables>)
    .selectFrom('disclosures')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('disclosure');
  return toDisclosure(keys, row);
}

const waitsForSecond = sql<boolean>`(told = 'after approval' and approved_at is null and refused_at is null
  or told = 'at once' and looked_at is null)`;
const waitsForAsker = sql<boolean>`(told = 'after approval' and approved_at is not null and sealed_plan is not null
  and not exists (select from person_grants g where g.disclosure_id = disclosures.id))`;

/** More than anybody answers in a day. */
export const mostUnfinished = 100;

/** What waits for a second person of this agency and can still be answered, and what somebody asked for herself and can send, or was refused or ran out these days. What was told at once stands first. */
export async function listUnfinished(
  db: Seen<ConsentTables>,
  { agencyId, memberId, now }: { readonly agencyId: string; readonly memberId: string; readonly now: Date },
): Promise<DisclosureInShort[]> {
  const lately = new Date(now.getTime() - 7 * 86_400_000);
  return db
    .selectFrom('disclosures')
    .select(openColumns)
    .select(kept)
    .where('agencyId', '=', agencyId as Disclosure['agencyId'])
    .where(
      sql<boolean>`(${waitsForSecond} and (told = 'at once' or until > ${now})
        or asked_by = ${memberId} and (${waitsForAsker} and until > ${now} or refused_at > ${lately}
          or ${waitsForSecond} and until > ${lately}))`,
    )
    .orderBy(sql`told = 'at once'`, 'desc')
    .orderBy('askedAt')
    .orderBy('id')
    .limit(mostUnfinished)
    .execute();
}

/** Of one person: what somebody asked to tell, and nobody is told yet. */
export async function listUnsent(db: Seen<ConsentTables>, ids: PersonIds, now: Date): Promise<DisclosureInShort[]> {
  return db
    .selectFrom('disclosures')
    .select(openColumns)
    .select(kept)
    .where('personId', 'in', ids)
    .where('until', '>', now)
    .where(sql<boolean>`(told = 'after approval' and approved_at is null and refused_at is null or ${waitsForAsker})`)
    .orderBy('askedAt')
    .orderBy('id')
    .execute();
}

/** For one who may approve: what waits to be approved, what was told at once, and how much of that too long. Never her own. */
export async function countForSecond(
  db: Reader<ConsentTables>,
  { agencyId, memberId, now }: { readonly agencyId: string; readonly memberId: string; readonly now: Date },
): Promise<{ readonly approve: number; readonly look: number; readonly late: number }> {
  return db
    .selectFrom('disclosures')
    .select([
      sql<number>`count(*) filter (where told = 'after approval')::integer`.as('approve'),
      sql<number>`count(*) filter (where told = 'at once')::integer`.as('look'),
      sql<number>`count(*) filter (where told = 'at once' and look_by <= ${now})::integer`.as('late'),
    ])
    .where('agencyId', '=', agencyId as Disclosure['agencyId'])
    .where('askedBy', '<>', memberId as MemberId)
    .where(waitsForSecond)
    .where(sql<boolean>`(told = 'at once' or until > ${now})`)
    .executeTakeFirstOrThrow();
}

/** Asked for by her: what waits for a second person, and what is approved and not sent. */
export async function countAsked(
  db: Reader<ConsentTables>,
  memberId: string,
  now: Date,
): Promise<{ readonly waiting: number; readonly approved: number }> {
  return db
    .selectFrom('disclosures')
    .select([
      sql<number>`count(*) filter (where ${waitsForSecond})::integer`.as('waiting'),
      sql<number>`count(*) filter (where ${waitsForAsker})::integer`.as('approved'),
    ])
    .where('askedBy', '=', memberId as MemberId)
    .where('told', '=', 'after approval')
    .where('until', '>', now)
    .executeTakeFirstOrThrow();
}

/** What was told on it, as far as who asks reads it. */
export const findGrantOn = (db: Seen<ConsentTables>, id: DisclosureId): Promise<{ readonly id: string } | undefined> =>
  db.selectFrom('personGrants').select('id').where('disclosureId', '=', id).executeTakeFirst();
