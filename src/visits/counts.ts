/** The rows of visits that are counted: read under the statistics role, which sees these columns and no more. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { dayOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/database.ts';
import type { VisitInterpreter } from '../vocabulary/interpreting.ts';
import type { OtherAttendees } from './visit.ts';

export type CountableVisit = {
  readonly id: string;
  readonly premisesId: string;
  readonly powerId: string | null;
  /** Null if nobody entered or no power is recorded yet. */
  readonly basis: string | null;
  readonly answer: string | null;
  readonly damaged: boolean;
  readonly finished: boolean;
  /** Numbers of the search record; null while none is stated. */
  readonly peopleChecked: number | null;
  readonly vehiclesChecked: number | null;
  readonly documentsChecked: number | null;
  readonly suspects: number | null;
};
export type CountableAttendee = { readonly visitId: string; readonly memberId: string };
/** One of those who attended without an account: no name, an id that says at which visit and from which unit. */
export type CountableOther = { readonly id: string; readonly visitId: string; readonly partner: string };
export type CountableEncounter = {
  readonly id: string;
  readonly visitId: string;
  readonly spokenTo: boolean;
  readonly interpreter: VisitInterpreter;
};
export type CountableIndicator = { readonly id: string; readonly visitId: string; readonly ofControl: boolean };
export type CountableArrest = {
  readonly id: string;
  readonly visitId: string;
  readonly kind: string;
  readonly matter: string;
  readonly sex: string;
  readonly age: number | null;
  readonly residence: string | null;
  readonly status: string;
  /** Outcome of the screening; null while none is recorded. */
  readonly screening: string | null;
};
/** An NRM referral or Duty to Notify of an officer; the outcome is null for a draft. Nothing of what it says. */
export type CountableOfficerReferral = {
  readonly id: string;
  readonly visitId: string;
  readonly outcome: string | null;
  readonly agencyId: string;
  /** A pseudonym: two agencies that referred one person give the same. */
  readonly person: string;
  /** Adult, child or not sure, as it was sent; null for a draft, and for those sent before it was kept. */
  readonly referredAs: string | null;
};
/** Pence, or hundredths of another currency; null while the cash is not counted. */
export type CountableSeizure = {
  readonly id: string;
  readonly visitId: string;
  readonly kind: string;
  readonly pence: number | null;
  readonly currency: string;
};

export type CountableVisits = {
  readonly visits: readonly CountableVisit[];
  readonly attendees: readonly CountableAttendee[];
  readonly others: readonly CountableOther[];
  readonly encounters: readonly CountableEncounter[];
  readonly signs: readonly CountableIndicator[];
  readonly arrests: readonly CountableArrest[];
  readonly seizures: readonly CountableSeizure[];
  readonly officerReferrals: readonly CountableOfficerReferral[];
};

const stated = ['peopleChecked', 'vehiclesChecked', 'documentsChecked', 'suspects'] as const;
type Stated = Pick<CountableVisit, (typeof stated)[number]>;

type VisitRow = Omit<CountableVisit, 'damaged' | 'finished' | keyof Stated> & {
  operationId: string;
  finishedAt: Date | null;
  others: readonly OtherAttendees[];
};
export type CountableVisitTables = {
  visits: VisitRow;
  searches: { id: string; damaged: boolean } & Stated;
  visitAttendees: CountableAttendee;
  encounters: CountableEncounter;
  observations: CountableIndicator;
  arrests: Omit<CountableArrest, 'screening'>;
  screenings: { id: string; outcome: string };
  seizures: CountableSeizure;
  nrmReferrals: Omit<CountableOfficerReferral, 'person'> & { person: string | null };
};

/** The first, second, third … of a unit at a visit, each under the same id whenever it is counted. */
export const expandOthers = (visitId: string, others: readonly OtherAttendees[]): CountableOther[] =>
  others.flatMap(({ partnerId, from, count }) =>
    Array.from({ length: count }, (_, index) => {
      const hex = createHash('sha256').update(`${visitId}/${partnerId}/${from}/${index}`).digest('hex').slice(0, 32);
      const id = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-8$3-8$4-');
      return { id, visitId, partner: from };
    }),
  );

/** On which day each visit of one operation was made. */
export async function readVisitDays(
  db: Reader<{ visits: { id: string; operationId: string; arrivedAt: Date } }>,
  operationId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('visits')
    .select(['id', 'arrivedAt'])
    .where('operationId', '=', operationId)
    .execute();
  return new Map(rows.map(({ id, arrivedAt }) => [id, dayOf(arrivedAt)]));
}

/** What happened at the visits of one operation, as it is counted, by seven queries. */
export async function readCountableVisits(
  db: Reader<CountableVisitTables>,
  operationId: string,
): Promise<CountableVisits> {
  const ofOperation = db.selectFrom('visits').select('id').where('operationId', '=', operationId);
  const rows = await db
    .selectFrom('visits as v')
    .leftJoin('searches as s', 's.id', 'v.id')
    .select(['v.id', 'v.premisesId', 'v.powerId', 'v.basis', 'v.answer', 'v.others'])
    .select(stated.map((column) => `s.${column}` as const))
    .select([
      sql<boolean>`coalesce(s.damaged, false)`.as('damaged'),
      sql<boolean>`v.finished_at is not null`.as('finished'),
    ])
    .where('v.operationId', '=', operationId)
    .execute();
  const attendees = await db
    .selectFrom('visitAttendees')
    .select(['visitId', 'memberId'])
    .where('visitId', 'in', ofOperation)
    .execute();
  const encounters = await db
    .selectFrom('encounters')
    .select(['id', 'visitId', 'spokenTo', 'interpreter'])
    .where('visitId', 'in', ofOperation)
    .execute();
  const signs = await db
    .selectFrom('observations')
    .select(['id', 'visitId', 'ofControl'])
    .where('visitId', 'in', ofOperation)
    .execute();
  const arrests = await db
    .selectFrom('arrests as a')
    .leftJoin('screenings as s', 's.id', 'a.id')
    .select(['a.id', 'a.visitId', 'a.kind', 'a.matter', 'a.sex', 'a.age', 'a.residence', 'a.status'])
    .select('s.outcome as screening')
    .where('a.visitId', 'in', ofOperation)
    .execute();
  const seizures = await db
    .selectFrom('seizures')
    .select(['id', 'visitId', 'kind', 'pence', 'currency'])
    .where('visitId', 'in', ofOperation)
    .execute();
  const officerReferrals = await db
    .selectFrom('nrmReferrals')
    .select(['id', 'visitId', 'outcome', 'agencyId', 'referredAs'])
    .select(({ fn }) => fn.coalesce('person', 'id').as('person'))
    .where('visitId', 'in', ofOperation)
    .execute();
  const visits = rows.map(({ others: _counted, ...visit }) => visit);
  const others = rows.flatMap(({ id, others: there }) => expandOthers(id, there));
  return { visits, attendees, others, encounters, signs, arrests, seizures, officerReferrals };
}
