/** Whom papers of a record were handed to by requests for help, and what came of each: for the room that made them. */
import { sql } from 'kysely';
import { hourOf } from '../platform/audit.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import type { AnyTables, Db, Seen } from '../platform/database.ts';
import type { Request } from '../platform/http.ts';
import { draftGroup, type PersonId, toTheNrm } from '../vocabulary/agreed.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../vocabulary/ids.ts';
import { isNumber, type Message, type Referral } from './referral.ts';
import { listMessages } from './referral-store.ts';

export type HandedOn = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'state' | 'outcome' | 'ended' | 'endedAt'> & {
  readonly paperId: string;
  /** To the hour. */
  readonly madeAt: Date;
  /** Nobody is shown it any more: it ran out, or it ended. */
  readonly over: boolean;
  /** What the service gave, as they wrote it down. */
  readonly number: string | null;
};

/** The latest first, of those requests that who asks may read. */
export async function listHandedOn(
  db: Seen<AnyTables>,
  keys: UnitKeys,
  paperIds: readonly string[],
  now: Date,
): Promise<HandedOn[]> {
  const { rows } = await sql<Omit<HandedOn, 'number'>>`
    select r.id, r.to_agency, r.outside, r.state, r.outcome, r.ended, r.ended_at, g.made_at, p.id as paper_id,
           g.ended_at is not null or g.until <= ${now} as over
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where p.id = any (${sql.val([...paperIds])}::uuid[])
     order by g.made_at desc, r.id`.execute(db as unknown as Db);
  const all: HandedOn[] = [];
  for (const row of rows) all.push({ ...row, number: await numberOf(db, keys, row) });
  return all;
}

/** What the service gave, as whoever submitted it wrote it down. */
export const numberOf = async (
  db: Seen<AnyTables>,
  keys: UnitKeys,
  request: Pick<Referral, 'id' | 'toAgency' | 'outside'>,
): Promise<string | null> =>
  (await listMessages(db as never, keys, request.id)).findLast((one) => isNumber(one, request))?.words ?? null;

export type FinishedRequest = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'outcome'> & {
  readonly personId: PersonId;
  readonly paperId: string;
  readonly endedAt: Date;
};

/** Requests of an agency to submit a referral that were finished since then, with each paper that went along; nothing that lies sealed. */
export async function listFinished(db: Seen<AnyTables>, agencyId: string, since: Date): Promise<FinishedRequest[]> {
  const { rows } = await sql<FinishedRequest>`
    select r.id, r.to_agency, r.outside, r.outcome, r.ended_at, g.person_id, p.id as paper_id
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where r.from_agency = ${agencyId} and r.purpose = ${toTheNrm} and r.ended = 'finished' and r.ended_at > ${since}
     order by r.ended_at desc, r.id`.execute(db as unknown as Db);
  return rows;
}

/** What whoever submitted a draft writes back: the number, about that item alone. */
export const numberGiven = ({ actor, now }: Request, referralId: Referral['id'], words: string): Message => ({
  id: newTimelessId(),
  referralId,
  agencyId: actor.agencyId as AgencyId,
  authorId: actor.memberId as MemberId,
  item: draftGroup,
  words,
  writtenAt: hourOf(now),
});
