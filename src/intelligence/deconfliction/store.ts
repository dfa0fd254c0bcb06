/** Stores the check between agencies in PostgreSQL: what members set and read. */
import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';
import { sealedContentOf } from '../sealed-content.ts';
import type {
  AskedInHour,
  Contact,
  ContactDetails,
  HiddenId,
  HiddenOperation,
  Match,
  MatchId,
  Partner,
  PartnerId,
  Subject,
} from './deconfliction.ts';

export type SubjectRow = Mutable<Subject> & { sealedContent: Buffer; wrappedKey: Buffer };
export type CheckTables = {
  deconflictionContacts: Mutable<Contact>;
  deconflictionPartners: Mutable<Partner>;
  deconflictionHidden: Mutable<HiddenOperation>;
  deconflictionSubjects: SubjectRow;
  deconflictionQuestions: Mutable<AskedInHour>;
  deconflictionMatches: Mutable<Match>;
};
type Tx = Writer<CheckTables>;
type Db = Reader<CheckTables>;

export const sealedInputs = sealedContentOf<readonly string[]>('deconfliction_subjects', 512);

export const findContact = (db: Db, agencyId: string): Promise<Contact | undefined> =>
  db
    .selectFrom('deconflictionContacts')
    .selectAll()
    .where('agencyId', '=', agencyId as AgencyId)
    .executeTakeFirst();

export async function saveContact(tx: Tx, contact: Contact): Promise<void> {
  const { id: _id, agencyId: _agency, ...changed } = contact;
  await tx
    .insertInto('deconflictionContacts')
    .values(contact)
    .onConflict((on) => on.column('agencyId').doUpdateSet(changed))
    .execute();
}

/** Those in force first, by name. */
export const listPartners = (db: Db): Promise<Partner[]> =>
  db
    .selectFrom('deconflictionPartners')
    .selectAll()
    .orderBy(sql`ended_at is not null`)
    .orderBy('name')
    .orderBy('id')
    .execute();

export const getPartner = (db: Db, id: PartnerId): Promise<Partner> =>
  db
    .selectFrom('deconflictionPartners')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('partner'));

export type NewPartner = Omit<Partner, 'endedBy' | 'endedAt' | 'answeredAt' | 'failedAt' | 'failure'>;
export async function addPartner(tx: Tx, partner: NewPartner): Promise<void> {
  await tx
    .insertInto('deconflictionPartners')
    .values(partner as Partner)
    .execute();
}

/** False where it was ended before. */
export async function endPartner(tx: Tx, id: PartnerId, endedBy: MemberId, endedAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deconflictionPartners')
    .set({ endedBy, endedAt })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const listHidden = (db: Db): Promise<HiddenOperation[]> =>
  db.selectFrom('deconflictionHidden').selectAll().orderBy('hiddenAt').orderBy('operationId').execute();

export const getHidden = (db: Db, id: HiddenId): Promise<HiddenOperation> =>
  db
    .selectFrom('deconflictionHidden')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('hidden operation'));

export async function hideOperation(tx: Tx, hidden: HiddenOperation): Promise<void> {
  await tx.insertInto('deconflictionHidden').values(hidden).execute();
}

/** Also where two members hid it at once. */
export async function showOperation(tx: Tx, operationId: HiddenOperation['operationId']): Promise<void> {
  await tx.deleteFrom('deconflictionHidden').where('operationId', '=', operationId).execute();
}

export const findSubject = (db: Db, id: EntityId): Promise<Subject | undefined> =>
  db
    .selectFrom('deconflictionSubjects')
    .select(['id', 'agencyId', 'until', 'addedBy', 'addedAt'])
    .where('id', '=', id)
    .executeTakeFirst();

export async function addSubject(tx: Tx, keys: UnitKeys, subject: Subject, inputs: readonly string[]): Promise<void> {
  await tx.deleteFrom('deconflictionSubjects').where('id', '=', subject.id).execute();
  await tx
    .insertInto('deconflictionSubjects')
    .values({ ...subject, ...sealedInputs.seal(keys, subject.id, inputs) })
    .execute();
}

export async function endSubject(tx: Tx, id: EntityId): Promise<void> {
  await tx.deleteFrom('deconflictionSubjects').where('id', '=', id).execute();
}

/** The sums of the last weeks by agency, the latest hour first. */
export const listAsked = (db: Db, since: Date, most: number): Promise<AskedInHour[]> =>
  db
    .selectFrom('deconflictionQuestions')
    .selectAll()
    .where('hour', '>=', since)
    .orderBy('hour', 'desc')
    .orderBy('partyName')
    .orderBy('direction')
    .limit(most)
    .execute();

/** Open ones first, the latest first. */
export const listMatches = (db: AuditedReader<AnyTables>, most: number): Promise<Match[]> =>
  (db as unknown as Db)
    .selectFrom('deconflictionMatches')
    .selectAll()
    .orderBy(sql`ended_at is not null`)
    .orderBy('foundAt', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();

export const getMatch = (db: AuditedReader<AnyTables>, id: MatchId): Promise<Match> =>
  (db as unknown as Db)
    .selectFrom('deconflictionMatches')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('match'));

/** Matches that nobody has acknowledged and that are not over. */
export const listUnacknowledged = (db: Db, most: number): Promise<Pick<Match, 'id' | 'target' | 'operationId'>[]> =>
  db
    .selectFrom('deconflictionMatches')
    .select(['id', 'target', 'operationId'])
    .where('endedAt', 'is', null)
    .where('acknowledgedAt', 'is', null)
    .orderBy('foundAt')
    .orderBy('id')
    .limit(most)
    .execute();

/** False where a colleague did before. */
export async function acknowledge(tx: Tx, id: MatchId, by: MemberId, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deconflictionMatches')
    .set({ acknowledgedBy: by, acknowledgedAt: at })
    .where('id', '=', id)
    .where('acknowledgedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type ProgramAnswer = {
  readonly partner: PartnerId;
  readonly allowed: boolean;
  readonly contact: ContactDetails;
  readonly tags: readonly Buffer[];
};

/** Counts what a partner's program asks, and gives what it is answered. Undefined where there is no such partner, or the agency takes no part. */
export async function answerProgram(
  tx: Writer<AnyTables>,
  asked: {
    readonly key: string;
    readonly from: string;
    readonly to: string;
    readonly week: string;
    readonly questions: number;
    readonly most: number;
    readonly now: Date;
  },
): Promise<ProgramAnswer | undefined> {
  const { key, from, to, week, questions, most, now } = asked;
  const { rows } = await sql<{
    partner: PartnerId;
    allowed: boolean;
    contactName: string;
    contactTelephone: string;
    contactHours: string;
    tags: Buffer[];
  }>`select * from ctx.answer_deconfliction(${key}, ${from}, ${to}, ${week}, ${questions}, ${most}, ${now})`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { partner, allowed, contactName, contactTelephone, contactHours, tags } = row;
  return { partner, allowed, contact: { name: contactName, telephone: contactTelephone, hours: contactHours }, tags };
}
