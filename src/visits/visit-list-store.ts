/** Which visits a list shows, found by the database: those of today and later, those under way, and one page of all. */
import { sql } from 'kysely';
import { isOfPlans, listPlannedVisits, type OwnPlans } from '../operations/plan/index.ts';
import { anyOf } from '../platform/database/any-of.ts';
import type { AnyTables, Reader } from '../platform/database/database.ts';
import { pageSize } from '../platform/rendering/paging.ts';
import type { OperationId, VisitId } from '../vocabulary/ids.ts';
import type { TeamPlace, VisitFilter, VisitWithStage } from './list-pages.ts';
import { getStage } from './pages.ts';
import type { VisitTables } from './store.ts';
import { isEntered, type VisitState } from './visit.ts';

const selectStates = (db: Reader<VisitTables>) =>
  db.selectFrom('visits').select(['id', 'arrivedAt', 'leftAt', 'answer', 'finishedAt', 'powerId', 'basis']);

/** State of each visit of these operations that the member may see. */
export const listVisitStates = (db: Reader<VisitTables>, operationIds: readonly string[]): Promise<VisitState[]> =>
  selectStates(db).where('operationId', '=', anyOf<OperationId>(operationIds)).execute();

/** Planned for today or later, or begun and not finished: as far as the member may see them. */
export async function listCurrentVisits(
  db: Reader<AnyTables>,
  plans: OwnPlans,
  today: string,
): Promise<VisitWithStage[]> {
  const tables = db as Reader<VisitTables>;
  const underWay = await selectStates(tables).where('finishedAt', 'is', null).execute();
  const planned = await listPlannedVisits(db, {
    ids: underWay.map(({ id }) => id),
    upcoming: { from: today, plans },
  });
  return withStages(tables, planned);
}

/** These visits, in this order, as far as the member may see them. */
export async function listVisitsById(db: Reader<AnyTables>, ids: readonly string[]): Promise<VisitWithStage[]> {
  if (ids.length === 0) return [];
  const visits = await withStages(db, await listPlannedVisits(db, { ids }));
  const places = new Map(ids.map((id, place) => [id, place]));
  return visits.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

async function withStages(
  db: Reader<VisitTables>,
  planned: Awaited<ReturnType<typeof listPlannedVisits>>,
): Promise<VisitWithStage[]> {
  const ids = planned.map(({ id }) => id);
  const states = await selectStates(db).where('id', '=', anyOf<VisitId>(ids)).execute();
  const made = new Map(states.map((state) => [state.id, state]));
  return planned.map((visit) => {
    const state = made.get(visit.id);
    return { ...visit, stage: getStage(visit, state), team: state && findTeamPlace(state) };
  });
}

/** Somebody may count from it who is in a building: inside only if the record says so. */
function findTeamPlace({ answer, leftAt, finishedAt }: VisitState): TeamPlace | undefined {
  if (finishedAt) return undefined;
  if (leftAt) return 'left';
  return isEntered(answer) ? 'inside' : 'at the premises';
}

export type PageOfVisits = {
  readonly visits: readonly VisitWithStage[];
  /** How many fit the filter; whether the member sees any visit at all; the towns of all that the member sees, by name. */
  readonly total: number;
  readonly any: boolean;
  readonly towns: readonly string[];
};

const stagesOf: Readonly<Record<string, readonly string[]>> = {
  'to do': ['planned', 'under way'],
  finished: ['finished'],
  'not made': ['postponed', 'called off'],
};

/** Today's visits first, then later ones, then past ones, latest first. Of today's, open ones come before finished ones. */
export async function readPageOfVisits(
  db: Reader<AnyTables>,
  plans: OwnPlans,
  { state, town, day, page }: VisitFilter,
  today: string,
): Promise<PageOfVisits> {
  const stages = stagesOf[state] ?? null;
  const { rows } = await sql<{ ids: string[]; total: number; any: boolean; towns: string[] }>`
    with seen as materialized (
      select v.id, v.day, v.starts, p.town,
        case when m.id is null then v.state when m.finished_at is null then 'under way' else 'finished' end as stage
      from planned_visits v
      join premises p on p.id = v.premises_id
      cross join lateral (select from teams where teams.id = v.team_id offset 0) t
      left join visits m on m.id = v.id
      where ${isOfPlans(plans)}
    ), fitting as materialized (
      select id, day, starts,
        case when day > ${today}::date then 2 when day < ${today}::date then 3
          when stage in ('planned', 'under way') then 0 else 1 end as rank
      from seen
      where (${stages}::text[] is null or stage = any (${stages}::text[]))
        and (${town} = '' or town = ${town})
        and (${day} <> 'today' or day = ${today}::date)
    )
    select (select count(*)::integer from fitting) as total,
      exists (select from seen) as any,
      coalesce((select array_agg(distinct town) from seen), '{}') as towns,
      array(
        select id from fitting
        order by rank, case when rank < 3 then day end, case when rank < 3 then starts end, day desc, starts desc, id
        limit ${pageSize} offset ${(page - 1) * pageSize}
      ) as ids`.execute(db);
  const [found] = rows;
  return {
    visits: await listVisitsById(db, found?.ids ?? []),
    total: found?.total ?? 0,
    any: found?.any ?? false,
    towns: (found?.towns ?? []).toSorted((one, other) => one.localeCompare(other)),
  };
}
