/** How consents, disclosures and grants lie in the safeguarding store: added to and ended, never rewritten. What a withdrawal ends, the database ends itself. */

import { digest, seal, type UnitKeys, unseal } from '../../platform/crypto.ts';
import type { Reader, Seen, Writer } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { addOnce } from '../../platform/store-once.ts';
import type { PersonId, Shown } from '../../vocabulary/agreed.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { Consent, ConsentId } from './consent.ts';
import type { Disclosure } from './disclosure.ts';
import type { Grant, GrantEnd, GrantId } from './grant.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] extends readonly (infer One)[] ? One[] : Row[Key] };
type ConsentRow = Mutable<Omit<Consent, 'interpreter'>> & {
  wordingDigest: string;
  sealedInterpreter: Buffer | null;
  wrappedKey: Buffer | null;
};
type Sealed = 'reasons' | 'plan' | 'cannotWait' | 'said';
export type DisclosureRow = Mutable<Omit<Disclosure, Sealed>> & {
  sealedReasons: Buffer;
  sealedPlan: Buffer | null;
  sealedCannotWait: Buffer | null;
  sealedSaid: Buffer | null;
  wrappedKey: Buffer;
};
type GrantRow = Mutable<Omit<Grant, 'shown'>> & { sealedShown: Buffer; wrappedKey: Buffer };
export type ConsentTables = {
  consents: ConsentRow;
  disclosures: DisclosureRow;
  personGrants: GrantRow;
  grantEnds: Mutable<GrantEnd>;
};

export const contextOf = (table: string, column: string, id: string): string => `${table}/${column}/${id}`;

function toConsent(
  keys: UnitKeys,
  { sealedInterpreter, wrappedKey, wordingDigest: _checked, ...row }: ConsentRow,
): Consent {
  const interpreter =
    sealedInterpreter && wrappedKey
      ? unseal(
          keys.unwrap(wrappedKey, row.id),
          contextOf('consents', 'sealed_interpreter', row.id),
          sealedInterpreter,
        ).toString()
      : null;
  return { ...row, interpreter };
}

function toGrant(keys: UnitKeys, { sealedShown, wrappedKey, ...row }: GrantRow): Grant {
  const context = contextOf('person_grants', 'sealed_shown', row.id);
  const shown = JSON.parse(unseal(keys.unwrap(wrappedKey, row.id), context, sealedShown).toString()) as Shown[];
  return { ...row, shown };
}

/** A form that is sent twice is written once. Not found when the id is another person’s. */
export async function addConsent(tx: Writer<ConsentTables>, keys: UnitKeys, consent: Consent): Promise<void> {
  const { interpreter, items, ...row } = consent;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const written = {
    ...row,
    items: [...items],
    wordingDigest: digest(row.wording),
    sealedInterpreter: interpreter && seal(key, contextOf('consents', 'sealed_interpreter', row.id), interpreter),
    wrappedKey: interpreter ? wrapped : null,
  } as ConsentRow;
  await addOnce(tx, ['consents', 'consent'], written, ['personId', 'authorId']);
}

/** A form that is sent twice tells once. Not found when the id is of something else. */
export async function addGrant(tx: Writer<ConsentTables>, keys: UnitKeys, grant: Grant): Promise<void> {
  const { shown, items, papers, ...row } = grant;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealedShown = seal(key, contextOf('person_grants', 'sealed_shown', row.id), JSON.stringify(shown));
  const made = { ...row, items: [...items], papers: [...papers], sealedShown, wrappedKey: wrapped };
  await addOnce(tx, ['personGrants', 'grant'], made, ['consentId', 'authorId']);
}

/** The ids under which one person is known: as she was met, and by her record. */
export type PersonIds = readonly PersonId[];

/** What this member wrote down in the same hour with an interpreter: one person after another is asked for several things, and who interprets is not typed anew. */
export async function interpretedBefore(
  db: Seen<ConsentTables>,
  keys: UnitKeys,
  ids: PersonIds,
  { authorId, hour }: { readonly authorId: string; readonly hour: Date },
): Promise<Consent | undefined> {
  return (await listConsents(db, keys, ids)).find(
    (one) => one.interpreter && one.authorId === authorId && one.givenAt.getTime() === hour.getTime(),
  );
}

/** All that one person agreed to, the latest first. */
export async function listConsents(db: Seen<ConsentTables>, keys: UnitKeys, ids: PersonIds): Promise<Consent[]> {
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('personId', 'in', ids)
    .orderBy('givenAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toConsent(keys, row));
}

export async function getConsent(db: Seen<ConsentTables>, keys: UnitKeys, id: ConsentId): Promise<Consent> {
  const row = await db.selectFrom('consents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('consent');
  return toConsent(keys, row);
}

/** Held until the transaction ends: nothing is granted on it while it is taken back. */
export async function lockConsent(tx: Writer<ConsentTables>, keys: UnitKeys, id: ConsentId): Promise<Consent> {
  const row = await tx.selectFrom('consents').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('consent');
  return toConsent(keys, row);
}

/** With it, in this transaction, every grant that rests on it ends and every recipient is told. */
export async function saveWithdrawal(
  tx: Writer<ConsentTables>,
  { id, withdrawnAt, withdrawnBy, withdrawnHow }: Consent,
): Promise<void> {
  await tx.updateTable('consents').set({ withdrawnAt, withdrawnBy, withdrawnHow }).where('id', '=', id).execute();
}

/** What was told of one person, to whom and until when: kept when it is over, for her own account. */
export async function listGrants(db: Seen<ConsentTables>, keys: UnitKeys, ids: PersonIds): Promise<Grant[]> {
  const rows = await db
    .selectFrom('personGrants')
    .selectAll()
    .where('personId', 'in', ids)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toGrant(keys, row));
}

/** Nothing where it was never granted, and nothing to a recipient when it is over. */
export async function findGrantOfReferral(
  db: Seen<ConsentTables>,
  keys: UnitKeys,
  referralId: string,
): Promise<Grant | undefined> {
  const row = await db.selectFrom('personGrants').selectAll().where('referralId', '=', referralId).executeTakeFirst();
  return row && toGrant(keys, row);
}

export async function getGrant(db: Seen<ConsentTables>, keys: UnitKeys, id: GrantId): Promise<Grant> {
  const row = await db.selectFrom('personGrants').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('grant');
  return toGrant(keys, row);
}

/** Whether it is there and not over, and nothing of it. */
export async function isGrantOpen(db: Reader<ConsentTables>, id: GrantId, now: Date): Promise<boolean> {
  const open = db.selectFrom('personGrants').select('id').where('id', '=', id).where('endedAt', 'is', null);
  return (await open.where('until', '>', now).executeTakeFirst()) !== undefined;
}

/** What this agency is told without being asked to do anything: not over. */
export async function listSharedWith(
  db: Seen<ConsentTables>,
  agencyId: string,
  now: Date,
): Promise<Pick<Grant, 'id' | 'fromAgency' | 'items' | 'until' | 'madeAt'>[]> {
  return db
    .selectFrom('personGrants')
    .select(['id', 'fromAgency', 'items', 'until', 'madeAt'])
    .where('recipient', '=', agencyId as AgencyId)
    .where('act', '=', 'share')
    .where('endedAt', 'is', null)
    .where('until', '>', now)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
}

/** What this agency, or who asks for those she told, may see no longer: the latest first. */
export async function listEnds(db: Seen<ConsentTables>, ids?: readonly string[]): Promise<GrantEnd[]> {
  const ends = db.selectFrom('grantEnds').selectAll().orderBy('endedAt', 'desc').orderBy('id').limit(200);
  return (ids ? ends.where('id', 'in', ids.length > 0 ? ([...ids] as GrantId[]) : [noGrant]) : ends).execute();
}
const noGrant = '00000000-0000-4000-8000-000000000000' as GrantId;

/** That the person took back what one request showed; nothing where it was never taken back, or is not read here. */
export const findTakenBack = (db: Reader<ConsentTables>, referralId: string | null): Promise<GrantEnd | undefined> =>
  db
    .selectFrom('grantEnds')
    .selectAll()
    .where('referralId', '=', referralId ?? noGrant)
    .where('ended', '=', 'taken back')
    .executeTakeFirst();

/** How many were taken back that nobody at this agency has said that they know of. */
export async function countUnheard(db: Reader<ConsentTables>, agencyId: string): Promise<number> {
  const { count } = await db
    .selectFrom('grantEnds')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('recipient', '=', agencyId as AgencyId)
    .where('ended', '=', 'taken back')
    .where('heardAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** The first who says so; who says it again changes nothing. */
export async function hearEnd(
  tx: Writer<ConsentTables>,
  { id, heardAt, heardBy }: { readonly id: GrantId; readonly heardAt: Date; readonly heardBy: GrantEnd['heardBy'] },
): Promise<void> {
  const found = await tx.selectFrom('grantEnds').select('heardAt').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!found) throw notFound('end of a grant');
  if (!found.heardAt) await tx.updateTable('grantEnds').set({ heardAt, heardBy }).where('id', '=', id).execute();
}
