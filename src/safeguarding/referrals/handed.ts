/** Whom papers of a record were handed to by requests for help, and what came of each: for the room that made them. */
import { sql } from 'kysely';
import { hourOf } from '../../platform/audit.ts';
import type { UnitKeys } from '../../platform/crypto.ts';
import type { AnyTables, Db, Seen } from '../../platform/database.ts';
import type { Request } from '../../platform/http.ts';
import { draftGroup, type PersonId, toTheNrm } from '../../vocabulary/agreed.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { endIn, helpEndings, isOfDraft, type Message, type ReadEnd, type Referral } from './referral.ts';
import { listMessages } from './referral-store.ts';

type Row = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'state' | 'outcome' | 'ended' | 'endedAt'> & {
  readonly paperId: string;
  /** To the hour. */
  readonly madeAt: Date;
  /** Nobody is shown it any more: it ran out, or it ended. */
  readonly over: boolean;
};
/** With what they wrote down of it: the day and the number of the service, or why it was not submitted. */
export type HandedOn = Row & ReadEnd;

/** The latest first, of those requests that who asks may read. */
export async function listHandedOn(
  db: Seen<AnyTables>,
  keys: UnitKeys,
  paperIds: readonly string[],
  now: Date,
): Promise<HandedOn[]> {
  const { rows } = await sql<Row>`
    select r.id, r.to_agency, r.outside, r.state, r.outcome, r.ended, r.ended_at, g.made_at, p.id as paper_id,
           g.ended_at is not null or g.until <= ${now} as over
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where p.id = any (${sql.val([...paperIds])}::uuid[])
     order by g.made_at desc, r.id`.execute(db as unknown as Db);
  const all: HandedOn[] = [];
  for (const row of rows) all.push({ ...row, ...(await endOf(db, keys, row)) });
  return all;
}

/** What whoever took it on wrote down of its end. */
const endOf = async (
  db: Seen<AnyTables>,
  keys: UnitKeys,
  request: Pick<Referral, 'id' | 'toAgency' | 'outside' | 'outcome'>,
): Promise<ReadEnd> => {
  const said = await listMessages(db as never, keys, request.id);
  return endIn(said.findLast((one) => isOfDraft(one, request))?.words ?? null, request);
};

export type FinishedRequest = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'outcome'> & {
  readonly personId: PersonId;
  readonly paperId: string;
  readonly endedAt: Date;
};

/** Requests of an agency to submit a referral that were finished since then, with each paper that went along; of those whose draft somebody else was asked to submit afterwards, none that were not submitted. Nothing that lies sealed. */
export async function listFinished(db: Seen<AnyTables>, agencyId: string, since: Date): Promise<FinishedRequest[]> {
  const { rows } = await sql<FinishedRequest>`
    select r.id, r.to_agency, r.outside, r.outcome, r.ended_at, g.person_id, p.id as paper_id
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where r.from_agency = ${agencyId} and r.purpose = ${toTheNrm} and r.ended = 'finished' and r.ended_at > ${since}
       and (r.outcome = ${helpEndings[0]} or not exists (select from person_grants o
         where o.referral_id <> r.id and p.id = any (o.papers) and o.made_at >= r.ended_at))
     order by r.ended_at desc, r.id`.execute(db as unknown as Db);
  return rows;
}

/** What whoever was handed a draft writes back: about that item alone. */
export const writtenBack = ({ actor, now }: Request, referralId: Referral['id'], words: string): Message => ({
  id: newTimelessId(),
  referralId,
  agencyId: actor.agencyId as AgencyId,
  authorId: actor.memberId as MemberId,
  item: draftGroup,
  words,
  writtenAt: hourOf(now),
});
