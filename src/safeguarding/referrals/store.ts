/** Stores referrals in the safeguarding database, with sealed content, and their decisions. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import { announceCaseNewsTo } from '../../platform/notifications/index.ts';
import { pageSize } from '../../platform/rendering/paging.ts';
import type { AgencyId, PersonId } from '../../vocabulary/ids.ts';
import { draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import type { NoteId } from '../notes/note.ts';
import { type EarlierReferral, type Message, notSubmitted, type Referral, type ReferralId } from './referral.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] extends readonly (infer One)[] ? One[] : Row[Key] };
type ReferralRow = Mutable<Omit<Referral, 'words' | 'reason'>> & {
  sealedWords: Buffer;
  sealedReason: Buffer | null;
  wrappedKey: Buffer;
};
type MessageRow = Mutable<Omit<Message, 'words'>> & { sealedWords: Buffer; wrappedKey: Buffer };
export type ReferralTables = { referrals: ReferralRow; referralMessages: MessageRow };
type Db = Reader<ReferralTables>;
type Audited = AuditedReader<ReferralTables>;
type Tx = Writer<ReferralTables>;

const contextOf = (column: string, id: string): string => `referrals/${column}/${id}`;

function toReferral(keys: UnitKeys, { sealedWords, sealedReason, wrappedKey, ...row }: ReferralRow): Referral {
  const key = keys.unwrap(wrappedKey, row.id);
  return {
    ...row,
    words: unseal(key, contextOf('sealed_words', row.id), sealedWords).toString(),
    reason: sealedReason && unseal(key, contextOf('sealed_reason', row.id), sealedReason).toString(),
  };
}

/** What lists show of a referral: nothing sealed. */
const listedColumns = [
  ...(['id', 'day', 'fromAgency', 'toAgency', 'needs', 'purpose', 'ground'] as const),
  ...(['state', 'ended', 'answerBy'] as const),
] as const;
export type ListedReferral = Pick<Referral, (typeof listedColumns)[number]>;

/** One page of the referrals that the member may read: undecided ones first, then the latest. */
export async function listReferrals(
  db: Audited,
  page: number,
): Promise<{ readonly referrals: ListedReferral[]; readonly total: number }> {
  const total = await countRows(db.selectFrom('referrals'));
  const referrals = await db
    .selectFrom('referrals')
    .select(listedColumns)
    .orderBy(({ eb }) => eb('state', '=', 'sent'), 'desc')
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { referrals, total };
}

export const listReferralsOfNote = (db: Audited, noteId: NoteId): Promise<ListedReferral[]> =>
  db.selectFrom('referrals').select(listedColumns).where('noteId', '=', noteId).orderBy('day').orderBy('id').execute();

/** For the case of the person: also who decided and when, and when it was sent. */
const caseColumns = ['authorId', 'decidedBy', 'decidedAt', 'endedAt', 'outcome'] as const;
export type PersonReferral = ListedReferral &
  Pick<Referral, (typeof caseColumns)[number]> & {
    /** Null where the reader may not see what was shared. */
    readonly sentAt: Date | null;
  };

/** Referrals made from a person’s record, or from the given notes behind the record. */
export async function listReferralsOfPerson(
  db: Audited,
  { personId, noteIds }: { readonly personId: PersonId; readonly noteIds: readonly NoteId[] },
): Promise<PersonReferral[]> {
  return db
    .selectFrom('referrals')
    .select(listedColumns)
    .select(caseColumns)
    .select(
      sql<Date | null>`(select min(g.made_at) from person_grants g where g.referral_id = referrals.id)`.as('sentAt'),
    )
    .where(({ eb, or }) =>
      or([eb('personId', '=', personId), ...(noteIds.length > 0 ? [eb('noteId', 'in', [...noteIds])] : [])]),
    )
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Referrals of one person that the recipient can still see, among those that the member may read. */
export const listOpenReferrals = (
  db: Audited,
  ids: readonly PersonId[],
  now: Date,
): Promise<(EarlierReferral & Pick<Referral, 'id'>)[]> =>
  db
    .selectFrom('referrals')
    .select(['id', 'toAgency', 'needs', 'state', 'ended'])
    .select(sql<string[]>`(select g.papers from person_grants g where g.referral_id = referrals.id)`.as('papers'))
    .where(
      sql<boolean>`exists (select from person_grants g where g.referral_id = referrals.id
        and g.person_id = any (${sql.val([...ids])}::uuid[]) and g.ended_at is null and g.until > ${now})`,
    )
    .execute();

/** Those that were sent on paper or as a sealed file. */
export async function filterSentByLetter(db: Audited, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('referrals')
    .select('id')
    .where('outside', '=', true)
    .where('id', 'in', [...ids] as ReferralId[])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether the member may still read it. */
export async function isReferralShown(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('referrals')
    .select('id')
    .where('id', '=', id as ReferralId)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many referrals, the earliest deadline among them, and the id of one. */
export type CountedReferrals = {
  readonly count: number;
  readonly dueAt: Date | null;
  readonly first: string | null;
};

const counted = [
  sql<number>`count(*)::integer`.as('count'),
  sql<Date | null>`min(answer_by)`.as('dueAt'),
  sql<string | null>`min(id::text)`.as('first'),
] as const;

/** Minutes count: a person under 18, or of unknown age, wants help now. */
const isUrgent = sql<boolean>`(child and wants_help_now)`;
export type UrgentReferrals = CountedReferrals & {
  /** How many of the others are about a child, and how many about somebody who wants help now. */
  readonly children: number;
  readonly wanting: number;
};

const countedUrgency = [
  sql<number>`count(*) filter (where child)::integer`.as('children'),
  sql<number>`count(*) filter (where wants_help_now)::integer`.as('wanting'),
] as const;

/** Referrals that wait for this agency’s decision: the urgent ones, or the others. */
export const countToDecide = (db: Db, agencyId: string, urgent: boolean): Promise<UrgentReferrals> =>
  db
    .selectFrom('referrals')
    .select([...counted, ...countedUrgency])
    .where(urgent ? isUrgent : sql<boolean>`not ${isUrgent}`)
    .where('toAgency', '=', agencyId as AgencyId)
    .where('state', '=', 'sent')
    .where('ended', 'is', null)
    .executeTakeFirstOrThrow();

/** Drafts that this agency accepted without reporting the outcome, and when the first of their grants ends. */
export const countToSubmit = (db: Db, agencyId: string, now: Date): Promise<CountedReferrals> => {
  const grantOfDraft = sql`from person_grants g
    where g.referral_id = referrals.id and ${draftGroup} = any (g.items) and g.until > ${now}`;
  return db
    .selectFrom('referrals')
    .select([
      sql<number>`count(*)::integer`.as('count'),
      sql<Date | null>`min((select min(g.until) ${grantOfDraft}))`.as('dueAt'),
      sql<string | null>`min(id::text)`.as('first'),
    ])
    .where('toAgency', '=', agencyId as AgencyId)
    .where('state', '=', 'accepted')
    .where('ended', 'is', null)
    .where(sql<boolean>`exists (select ${grantOfDraft})`)
    .executeTakeFirstOrThrow();
};

export type CountedNews = Readonly<Record<'declined' | 'questioned' | 'takenOn' | 'finished', number>> & {
  readonly firstTakenOn: string | null;
};

/** Counts news on the agency’s sent referrals. Declined ones count for four weeks unless another agency was asked. Questions count until answered; accepted and finished ones for three days. Finished NRM drafts are counted in a later module. */
export async function countNews(db: Db, agencyId: string, now: Date): Promise<CountedNews> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const countOf = (which: ReturnType<typeof sql<boolean>>) => sql<number>`count(*) filter (where ${which})::integer`;
  const nobodyElse = sql`not exists (select from referrals o
    where (o.note_id = referrals.note_id or o.person_id = referrals.person_id) and o.needs && referrals.needs
      and o.state <> 'declined' and o.ended is distinct from 'taken back' and o.outcome is distinct from ${notSubmitted})`;
  return db
    .selectFrom('referrals')
    .select([
      countOf(sql`state = 'declined' and decided_at > ${daysAgo(28)} and ${nobodyElse}`).as('declined'),
      countOf(sql`state <> 'declined' and ended is null and ${questionUnanswered}`).as('questioned'),
      countOf(sql`state = 'accepted' and ended is null and decided_at > ${daysAgo(3)}`).as('takenOn'),
      sql<
        string | null
      >`min(id::text) filter (where state = 'accepted' and ended is null and decided_at > ${daysAgo(3)})`.as(
        'firstTakenOn',
      ),
      countOf(sql`ended = 'finished' and ended_at > ${daysAgo(3)} and purpose is distinct from ${nrmPurpose}`).as(
        'finished',
      ),
    ])
    .where('fromAgency', '=', agencyId as AgencyId)
    .where('toAgency', '<>', agencyId as AgencyId)
    .executeTakeFirstOrThrow();
}

/** As `waitsForAnswer` decides: no later answer, or fewer answers than questions in the hour of the last question. */
const questionUnanswered = sql<boolean>`exists (select from referral_messages q
  where q.referral_id = referrals.id and q.item is null
    and not exists (select from referral_messages a where a.referral_id = q.referral_id
      and a.item is not null and a.written_at > q.written_at)
    and (select count(*) filter (where m.item is null) > count(*) filter (where m.item is not null)
      from referral_messages m where m.referral_id = q.referral_id and m.written_at = q.written_at))`;

/** Referrals that the member may read, sent to other agencies and not answered in time. */
export const countLate = (db: Db, agencyId: string, now: Date): Promise<CountedReferrals> =>
  db
    .selectFrom('referrals')
    .select(counted)
    .where('state', '=', 'sent')
    .where('ended', 'is', null)
    .where('toAgency', '<>', agencyId as AgencyId)
    .where('answerBy', '<=', now)
    .executeTakeFirstOrThrow();

/** Referrals of this agency that are to be answered by this moment, and are not late yet. */
export const countAwaited = (
  db: Db,
  agencyId: string,
  { now, by }: { readonly now: Date; readonly by: Date },
): Promise<CountedReferrals> =>
  db
    .selectFrom('referrals')
    .select(counted)
    .where('state', '=', 'sent')
    .where('ended', 'is', null)
    .where('fromAgency', '=', agencyId as AgencyId)
    .where('toAgency', '<>', agencyId as AgencyId)
    .where('answerBy', '>', now)
    .where('answerBy', '<=', by)
    .executeTakeFirstOrThrow();

/** Referrals for help that this agency accepted and has not finished. Drafts for the NRM are counted apart. */
export const countAccepted = (db: Db, agencyId: string): Promise<UrgentReferrals> =>
  db
    .selectFrom('referrals')
    .select([...counted, ...countedUrgency])
    .where('toAgency', '=', agencyId as AgencyId)
    .where('state', '=', 'accepted')
    .where('ended', 'is', null)
    .where('purpose', 'is distinct from', nrmPurpose)
    .executeTakeFirstOrThrow();

/** Opens the seal. */
export async function getReferral(db: Audited, keys: UnitKeys, id: ReferralId): Promise<Referral> {
  const row = found(await db.selectFrom('referrals').selectAll().where('id', '=', id).executeTakeFirst(), 'referral');
  return toReferral(keys, row);
}

export async function lockReferral(tx: Tx, keys: UnitKeys, id: ReferralId): Promise<Referral> {
  const row = await tx.selectFrom('referrals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return toReferral(keys, found(row, 'referral'));
}

/** Writes a repeated form once, and returns whether it was new. Throws “not found” if the id belongs to another person’s referral. */
export async function addReferral(tx: Tx, keys: UnitKeys, referral: Referral): Promise<boolean> {
  const { words, reason: _none, needs, ...row } = referral;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealedWords = seal(key, contextOf('sealed_words', row.id), words);
  const sent = { ...row, needs: [...needs], sealedWords, sealedReason: null, wrappedKey: wrapped };
  return await addOnce(tx, ['referrals', 'referral'], sent, ['noteId', 'personId']);
}

/** Seals the reason under the referral's own key. */
export async function saveDecision(
  tx: Tx,
  keys: UnitKeys,
  { id, operationId, state, decidedBy, decidedAt, reason, outcome, ended, endedAt, ...from }: Referral,
): Promise<void> {
  const { wrappedKey } = await tx
    .selectFrom('referrals')
    .select('wrappedKey')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const sealedReason = reason && seal(keys.unwrap(wrappedKey, id), contextOf('sealed_reason', id), reason);
  await tx
    .updateTable('referrals')
    .set({ state, decidedBy, decidedAt, sealedReason: sealedReason || null, outcome, ended, endedAt })
    .where('id', '=', id)
    .execute();
  // Where the recipient works outside Safelight, the sender records the answer. What the sender took back is no news to them.
  if (!from.outside && ended !== 'taken back')
    await announceCaseNewsTo(tx, id, { member: from.authorId, agency: from.fromAgency });
}

const messageContext = (id: string): string => `referral_messages/sealed_words/${id}`;

/** The oldest first. */
export async function listMessages(db: Audited, keys: UnitKeys, referralId: ReferralId): Promise<Message[]> {
  const rows = await db
    .selectFrom('referralMessages')
    .selectAll()
    .where('referralId', '=', referralId)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute();
  return rows.map(({ sealedWords, wrappedKey, ...row }) => ({
    ...row,
    words: unseal(keys.unwrap(wrappedKey, row.id), messageContext(row.id), sealedWords).toString(),
  }));
}

/** Writes a repeated form once. */
export async function addMessage(tx: Tx, keys: UnitKeys, { words, ...row }: Message): Promise<void> {
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealedWords = seal(key, messageContext(row.id), words);
  await addOnce(tx, ['referralMessages', 'message'], { ...row, sealedWords, wrappedKey: wrapped }, [
    'referralId',
    'authorId',
  ]);
}

/** Whether the person of a record has an open request with the member’s agency, with their identity confirmed. */
export async function hasOpenSubjectRequest(tx: Db, id: string, what: 'correction' | 'erasure'): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`select ctx.asked_by_person(${id}, ${what}) as asked`.execute(tx);
  return rows[0]?.asked === true;
}
