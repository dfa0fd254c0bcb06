/** Which agencies received documents of a record with a referral, and the outcome of each. For the module that made the documents. */

import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import {
  isDraftOutcome,
  type Message,
  parseSubmissionResult,
  type Referral,
  referralOutcomes,
  type SubmissionResult,
} from '../referrals/referral.ts';
import { listMessages, type ReferralTables } from '../referrals/store.ts';

type Audited = AuditedReader<ReferralTables>;

type Row = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'state' | 'outcome' | 'ended' | 'endedAt'> & {
  readonly paperId: string;
  /** To the hour. */
  readonly madeAt: Date;
  /** The recipient can no longer see it: it expired or ended. */
  readonly over: boolean;
};
/** With what the recipient recorded: day and reference number, or why it was not submitted. */
export type ReferredDocument = Row & SubmissionResult;

/** The referrals that the member may read, latest first. */
export async function listReferredDocuments(
  db: Audited,
  keys: UnitKeys,
  paperIds: readonly string[],
  now: Date,
): Promise<ReferredDocument[]> {
  const { rows } = await sql<Row>`
    select r.id, r.to_agency, r.outside, r.state, r.outcome, r.ended, r.ended_at, g.made_at, p.id as paper_id,
           g.ended_at is not null or g.until <= ${now} as over
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where p.id = any (${sql.val([...paperIds])}::uuid[])
     order by g.made_at desc, r.id`.execute(db);
  const all: ReferredDocument[] = [];
  for (const row of rows) all.push({ ...row, ...(await readSubmissionResult(db, keys, row)) });
  return all;
}

/** Which of these documents were sent with a referral that the member may read. Opens nothing sealed. */
export async function listSentDocuments(db: Audited, paperIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (paperIds.length === 0) return new Set();
  const { rows } = await sql<{ readonly id: string }>`
    select distinct p.id from person_grants g cross join unnest(g.papers) p (id)
     where g.referral_id is not null and p.id = any (${sql.val([...paperIds])}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** What the accepting agency recorded at the end. */
const readSubmissionResult = async (
  db: Audited,
  keys: UnitKeys,
  request: Pick<Referral, 'id' | 'toAgency' | 'outside' | 'outcome'>,
): Promise<SubmissionResult> => {
  const said = await listMessages(db, keys, request.id);
  return parseSubmissionResult(said.findLast((one) => isDraftOutcome(one, request))?.words ?? null, request);
};

export type FinishedReferral = Pick<Referral, 'id' | 'toAgency' | 'outside' | 'outcome'> & {
  readonly personId: PersonId;
  readonly paperId: string;
  readonly endedAt: Date;
};

/** Finished requests to submit a referral since that instant, with each document sent. Leaves out “not submitted” if another agency was asked later. Opens nothing sealed. */
export async function listFinishedReferrals(db: Audited, agencyId: string, since: Date): Promise<FinishedReferral[]> {
  const { rows } = await sql<FinishedReferral>`
    select r.id, r.to_agency, r.outside, r.outcome, r.ended_at, g.person_id, p.id as paper_id
      from person_grants g
      join referrals r on r.id = g.referral_id
      cross join unnest(g.papers) p (id)
     where r.from_agency = ${agencyId} and r.purpose = ${nrmPurpose} and r.ended = 'finished' and r.ended_at > ${since}
       and (r.outcome = ${referralOutcomes[0]} or not exists (select from person_grants o
         where o.referral_id <> r.id and p.id = any (o.papers) and o.made_at >= r.ended_at))
     order by r.ended_at desc, r.id`.execute(db);
  return rows;
}

/** The message with which an agency reports the outcome of a draft, linked to that item only. */
export const createOutcomeMessage = ({ actor, now }: Request, referralId: Referral['id'], words: string): Message => ({
  id: newTimelessId(),
  referralId,
  agencyId: actor.agencyId as AgencyId,
  authorId: actor.memberId as MemberId,
  item: draftGroup,
  words,
  writtenAt: floorToHour(now),
});
