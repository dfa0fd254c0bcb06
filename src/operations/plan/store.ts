/** Stores premises, powers of entry and planned visits in PostgreSQL. */
import { sql } from 'kysely';
import { listAgencies } from '../../identity/agencies/index.ts';
import { listAgreements } from '../../identity/agreements/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import { anyOf } from '../../platform/database/any-of.ts';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { type EarlierVersion, selectBecame } from '../../platform/database/earlier-versions.ts';
import { notFound } from '../../platform/http/problem.ts';
import { publishEvent } from '../../platform/jobs/outbox.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { OperationId, PremisesId, TeamId, VisitId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { full, type LookupResult, notVisible, restricted } from '../../vocabulary/visibility.ts';
import { listInvitations } from '../invitations/store.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { listDecisions } from '../policy-log/store.ts';
import { powerName } from '../powers-of-entry/load.ts';
import { getBriefingTime } from '../premises-restriction/briefing-time.ts';
import { listBriefingTimes } from '../premises-restriction/store.ts';
import { isComing, type OperationInWeek, operationsOf } from '../weeks/operation.ts';
import { listMembersOfTeams, listParticipants, listPartners, listTeams } from '../weeks/partner-store.ts';
import type { Power, PowerId } from './planned-power.ts';
import type { PlannedVisit, VisitInPlan } from './planned-visit.ts';
import type { Premises } from './premises.ts';

export type PlanTables = {
  premises: Mutable<Premises>;
  powers: Mutable<Power>;
  plannedVisits: Mutable<PlannedVisit>;
  teams: { id: TeamId; name: string };
};

/** The most pressing first, then by town and name. */
export const listPremises = (db: Reader<PlanTables>, operationIds: readonly string[]): Promise<Premises[]> =>
  db
    .selectFrom('premises')
    .selectAll()
    .where('operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy(sql`array_position(array['high', 'medium', 'low'], priority)`)
    .orderBy('town')
    .orderBy('name')
    .orderBy('id')
    .execute();

/** What counting may know of a place. */
export type CountedPremises = Pick<Premises, 'id' | 'operationId' | 'business' | 'town'>;
const countedColumns = ['id', 'operationId', 'business', 'town'] as const;

/** Everything for members who work on the operation; town and kind of business for counting. Nothing if row policies hide the premises or there are none. */
export async function lookUpPremises(
  db: Reader<PlanTables>,
  id: string,
  purpose: 'operation' | 'statistics',
): Promise<LookupResult<Premises, CountedPremises>> {
  const found = db.selectFrom('premises').where('id', '=', id as PremisesId);
  if (purpose === 'statistics') {
    const counted = await found.select(countedColumns).executeTakeFirst();
    return counted ? restricted(counted) : notVisible;
  }
  const premises = await found.selectAll().executeTakeFirst();
  return premises ? full(premises) : notVisible;
}

/** Lets returns hear that what they count has changed. */
const announceChangedRecords = (tx: Writer<PlanTables>, operationId: string, what: string): Promise<void> =>
  publishEvent(tx, 'records changed', operationId, { what });

export async function addPremises(tx: Writer<PlanTables>, premises: Premises): Promise<void> {
  await tx.insertInto('premises').values(premises).execute();
  await announceChangedRecords(tx, premises.operationId, 'premises');
}

const rowsPerQuery = 500;

/** Premises of one operation with their first visits, by one query for each few hundred. Returns hear of it once. */
export async function addManyPremises(
  tx: Writer<PlanTables>,
  operationId: string,
  premises: readonly Premises[],
  visits: readonly PlannedVisit[],
): Promise<void> {
  for (let from = 0; from < premises.length; from += rowsPerQuery)
    await tx
      .insertInto('premises')
      .values(premises.slice(from, from + rowsPerQuery))
      .execute();
  for (let from = 0; from < visits.length; from += rowsPerQuery)
    await tx
      .insertInto('plannedVisits')
      .values(visits.slice(from, from + rowsPerQuery))
      .execute();
  await announceChangedRecords(tx, operationId, 'premises');
  if (visits.length > 0) await announceChangedRecords(tx, operationId, 'planned visits');
}

/** Locked until the transaction ends, so that rules decide on current data. */
export const lockPremises = (tx: Writer<PlanTables>, id: string): Promise<Premises> =>
  tx
    .selectFrom('premises')
    .selectAll()
    .where('id', '=', id as PremisesId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('premises'));

export async function savePremises(tx: Writer<PlanTables>, { id, operationId, ...premises }: Premises): Promise<void> {
  await tx.updateTable('premises').set(premises).where('id', '=', id).execute();
  await announceChangedRecords(tx, operationId, 'premises');
}

export const listPowers = (db: Reader<PlanTables>, operationIds: readonly string[]): Promise<Power[]> =>
  db
    .selectFrom('powers')
    .selectAll()
    .where('operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy('id')
    .execute();

/** The power with this id; not found where row policies hide it. */
export const getPower = (db: Reader<PlanTables>, id: string): Promise<Power> =>
  db
    .selectFrom('powers')
    .selectAll()
    .where('id', '=', id as PowerId)
    .executeTakeFirstOrThrow(() => notFound('power of entry'));

export const lockPower = (tx: Writer<PlanTables>, id: string): Promise<Power> =>
  tx
    .selectFrom('powers')
    .selectAll()
    .where('id', '=', id as PowerId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('power of entry'));

export async function addPower(tx: Writer<PlanTables>, power: Power): Promise<void> {
  await tx.insertInto('powers').values(power).execute();
  await announceChangedRecords(tx, power.operationId, 'powers of entry');
}

export async function savePower(
  tx: Writer<PlanTables>,
  { id, operationId, premisesId: _p, ...power }: Power,
): Promise<void> {
  await tx.updateTable('powers').set(power).where('id', '=', id).execute();
  await announceChangedRecords(tx, operationId, 'powers of entry');
}

const selectPlannedVisits = (db: Reader<PlanTables>) =>
  db
    .selectFrom('plannedVisits as v')
    .innerJoin('premises as p', 'p.id', 'v.premisesId')
    // For each visit its team: PostgreSQL expects few visits to be seen, and would begin with the teams of every operation. The offset keeps it from that.
    .innerJoinLateral(
      (from) => from.selectFrom('teams').select('teams.name').whereRef('teams.id', '=', 'v.teamId').offset(0).as('t'),
      (on) => on.onTrue(),
    )
    .leftJoin('powers as w', 'w.id', 'v.powerId')
    .selectAll('v')
    .select(['t.name as teamName', 'w.basis', 'w.state as powerState', 'w.expiresOn as powerExpiresOn'])
    .select(['p.id as placeId', 'p.name', 'p.address', 'p.town', 'p.postcode', 'p.business', 'p.languages'])
    .select(['p.interpreter', 'p.risks', 'p.immigrationEntry', 'p.dwelling'])
    .select(['p.referrerId', 'p.referrerOnCall', 'p.referrerContact'])
    .orderBy('v.day')
    .orderBy('v.starts')
    .orderBy('v.turn')
    .orderBy('v.id');

type VisitRow = Awaited<ReturnType<ReturnType<typeof selectPlannedVisits>['executeTakeFirstOrThrow']>>;

function toVisitInPlan(row: VisitRow): VisitInPlan {
  const { placeId, name, address, town, postcode, business, languages, interpreter, risks, ...rest } = row;
  const { immigrationEntry, dwelling, referrerId, referrerOnCall, referrerContact, ...visit } = rest;
  const help = { referrerId, referrerOnCall, referrerContact };
  const place = { id: placeId, name, address, town, postcode, business, languages, interpreter, risks };
  return { ...visit, premises: { ...place, dwelling, immigrationEntry, ...help } };
}

/** The visit with its premises and the basis of its power. Not found if the member may not see the visit or the premises. */
export async function getPlannedVisit(db: Reader<PlanTables>, id: string): Promise<VisitInPlan> {
  const visit = await findPlannedVisit(db, id);
  if (!visit) throw notFound('planned visit');
  return visit;
}

export async function findPlannedVisit(db: Reader<PlanTables>, id: string): Promise<VisitInPlan | undefined> {
  const row = await selectPlannedVisits(db)
    .where('v.id', '=', id as VisitId)
    .executeTakeFirst();
  return row && toVisitInPlan(row);
}

/** The operations and teams of a member, and the operation under their emergency access. */
export type OwnPlans = Pick<Actor, 'operations' | 'teams' | 'glassOperation'>;

/** Whether a visit `v`, planned or made, is of these. Row policies show no others, but let no index find these: of 200,000 visits each would be tried. */
export const isOfPlans = (plans: OwnPlans) =>
  sql<boolean>`(v.operation_id = ${anyOf(operationsOf(plans))} or v.team_id = ${anyOf(plans.teams)})`;

/** The same of premises `p`. */
export const arePremisesOfPlans = (plans: OwnPlans) => sql<boolean>`(p.operation_id = ${anyOf(operationsOf(plans))}
  or p.id = any (array(select v.premises_id from planned_visits v where v.team_id = ${anyOf(plans.teams)})))`;

/** Of these operations; or these visits, with all of own plans from this day on where one is given. */
export type VisitsAsked =
  | { readonly operationIds: readonly string[] }
  | { readonly ids: readonly string[]; readonly upcoming?: { readonly from: string; readonly plans: OwnPlans } };

/** Visits by day and time, as far as the member may see them. Never all: they grow with every operation. */
export async function listPlannedVisits(db: Reader<PlanTables>, asked: VisitsAsked): Promise<VisitInPlan[]> {
  const rows = await selectPlannedVisits(db)
    .where((where) => {
      if ('operationIds' in asked) return where('v.operationId', '=', anyOf<OperationId>(asked.operationIds));
      const named = where('v.id', '=', anyOf<VisitId>(asked.ids));
      if (!asked.upcoming) return named;
      const { from, plans } = asked.upcoming;
      return where.or([named, where.and([where('v.day', '>=', from), isOfPlans(plans)])]);
    })
    .execute();
  return rows.map(toVisitInPlan);
}

export async function addPlannedVisit(tx: Writer<PlanTables>, visit: PlannedVisit): Promise<void> {
  await tx.insertInto('plannedVisits').values(visit).execute();
  await announceChangedRecords(tx, visit.operationId, 'planned visits');
}

export const lockPlannedVisit = (tx: Writer<PlanTables>, id: string): Promise<PlannedVisit> =>
  tx
    .selectFrom('plannedVisits')
    .selectAll()
    .where('id', '=', id as VisitId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('planned visit'));

export async function savePlannedVisit(
  tx: Writer<PlanTables>,
  { id, operationId, premisesId: _p, ...visit }: PlannedVisit,
): Promise<void> {
  await tx.updateTable('plannedVisits').set(visit).where('id', '=', id).execute();
  await announceChangedRecords(tx, operationId, 'planned visits');
}

/** No figure changes by it, so no count becomes old. */
export async function saveJointReference(
  tx: Writer<PlanTables>,
  id: string,
  jointReference: string | null,
): Promise<void> {
  await tx
    .updateTable('plannedVisits')
    .set({ jointReference })
    .where('id', '=', id as VisitId)
    .execute();
}

/** Whole plans with a fixed number of queries. Row policies leave out what the member may not see. */
export async function listPlans(db: Reader<AnyTables>, operations: readonly OperationInWeek[]): Promise<Plan[]> {
  const ids = operations.map(({ id }) => id);
  const partners = await listPartners(db, ids);
  const invitations = await listInvitations(db, ids);
  const participants = await listParticipants(db, ids);
  const teams = await listTeams(db, ids);
  const members = await listMembersOfTeams(db, ids);
  const premises = await listPremises(db, ids);
  const powers = await listPowers(db, ids);
  const visits = await listPlannedVisits(db, { operationIds: ids });
  const decisions = await listDecisions(db, ids);
  const times = await listBriefingTimes(db, ids);
  const agencies = await listAgencies(db);
  const agreements = await listAgreements(db);
  return operations.map((operation) => {
    const own = <Row extends { readonly operationId: string }>(rows: readonly Row[]) =>
      rows.filter(({ operationId }) => operationId === operation.id);
    const ownTeams = own(teams);
    const ofOwnTeams = members.filter(({ teamId }) => ownTeams.some(({ id }) => id === teamId));
    return {
      operation,
      partners: own(partners),
      invitations: own(invitations),
      participants: own(participants).filter(isComing),
      teams: ownTeams,
      briefed: new Map(ownTeams.map(({ id }) => [id, getBriefingTime(operation, id, own(times))])),
      members: ofOwnTeams.filter(isComing),
      notComing: ofOwnTeams.filter((member) => !isComing(member)),
      premises: own(premises),
      powers: own(powers),
      visits: own(visits),
      decisions: own(decisions),
      agencies,
      agreements,
    };
  });
}

export type VersionOfRecord = EarlierVersion & { readonly id: string };

/** Earlier versions of the powers and visits of one premises, newest first, by record. */
export const listVersionsAtPremises = async (
  db: Reader<AnyTables>,
  table: 'powers' | 'planned_visits',
  premisesId: string,
): Promise<VersionOfRecord[]> =>
  db
    .selectFrom(`${table}_versions as v`)
    .innerJoin(`${table} as r`, 'r.id', 'v.id')
    .select(['v.id', 'v.version', 'v.record', 'v.replacedBy', 'v.replacedAt', 'v.reason'])
    .select(selectBecame(table))
    .where('r.premisesId', '=', premisesId)
    .orderBy('v.id')
    .orderBy('v.version', 'desc')
    .execute() as Promise<VersionOfRecord[]>;

/* The rows of a plan that are counted: read under the statistics role, which sees these columns and no more. */

export type CountablePremises = { readonly id: string; readonly business: string; readonly town: string };
export type CountablePower = {
  readonly id: string;
  readonly premisesId: string;
  readonly basis: string;
  readonly state: string;
};
export type CountablePlannedVisit = { readonly id: string; readonly premisesId: string; readonly state: string };
/** Under which printed name a member takes part. */
export type Participation = { readonly memberId: string; readonly partner: string };

export type CountablePlan = {
  readonly premises: readonly CountablePremises[];
  readonly powers: readonly CountablePower[];
  readonly plannedVisits: readonly CountablePlannedVisit[];
  readonly participations: readonly Participation[];
};

type OperationKey = { operationId: string };
export type CountablePlanTables = {
  premises: CountablePremises & OperationKey;
  powers: CountablePower & OperationKey;
  plannedVisits: CountablePlannedVisit & OperationKey;
  operationMembers: OperationKey & { memberId: string; partnerId: string };
  partners: { id: string; printedName: string };
};

/** The plan of one operation as it is counted, by four queries. */
export async function readCountablePlan(db: Reader<CountablePlanTables>, operationId: string): Promise<CountablePlan> {
  const premises = await db
    .selectFrom('premises')
    .select(['id', 'business', 'town'])
    .where('operationId', '=', operationId)
    .execute();
  const powers = await db
    .selectFrom('powers')
    .select(['id', 'premisesId', 'basis', 'state'])
    .where('operationId', '=', operationId)
    .execute();
  const plannedVisits = await db
    .selectFrom('plannedVisits')
    .select(['id', 'premisesId', 'state'])
    .where('operationId', '=', operationId)
    .execute();
  const takingPart = await db
    .selectFrom('operationMembers as m')
    .innerJoin('partners as p', 'p.id', 'm.partnerId')
    .select(['m.memberId', 'p.printedName as partner'])
    .where('m.operationId', '=', operationId)
    .execute();
  return { premises, powers, plannedVisits, participations: takingPart };
}

/** What premises, powers and planned visits are called where nobody may see an address, by a few queries. A visit bears the id that was planned. */
export async function readRecordNames(
  db: Reader<CountablePlanTables & { plannedVisits: { day: string } }>,
  operationId: string,
): Promise<ReadonlyMap<string, string>> {
  const { premises, powers } = await readCountablePlan(db, operationId);
  const visits = await db
    .selectFrom('plannedVisits')
    .select(['id', 'premisesId', 'day'])
    .where('operationId', '=', operationId)
    .execute();
  const places = new Map(premises.map(({ id, business, town }) => [id, `${business} in ${town}`]));
  const at = (premisesId: string) => places.get(premisesId) ?? 'premises of the plan';
  return new Map([
    ...places,
    ...powers.map(({ id, premisesId, basis }) => [id, `${powerName(basis)}, ${at(premisesId)}`] as const),
    ...visits.map(
      ({ id, premisesId, day }) => [id, `${referenceOf('visit', id)}, ${longDay(day)}, ${at(premisesId)}`] as const,
    ),
  ]);
}
