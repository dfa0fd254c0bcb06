/** Stores weeks and operations in PostgreSQL. Participants are in partner-store.ts. */
import { sql } from 'kysely';
import { addOnce } from '../../platform/database/add-once.ts';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { OperationFacts } from '../../vocabulary/figures.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { Operation, OperationInWeek, OperationState } from './operation.ts';
import type { Week } from './week.ts';

type PartnerName = { id: string; operationId: string; ownUnit: boolean; leads: boolean; printedName: string };
type PremisesTown = { operationId: string; town: string };

export type WeekTables = {
  weeks: Mutable<Week>;
  operations: Mutable<Operation>;
  agencies: { id: string; name: string };
  partners: PartnerName;
  premises: PremisesTown;
};

export const listWeeks = (db: Reader<WeekTables>): Promise<Week[]> =>
  db.selectFrom('weeks').selectAll().orderBy('startsOn', 'desc').orderBy('id', 'desc').execute();

/** All weeks, with no other added or changed until the transaction ends. */
export async function lockWeeks(tx: Writer<WeekTables>): Promise<Week[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('weeks', 0))`.execute(tx);
  return listWeeks(tx);
}

export type PageOptions = { readonly page: number; readonly size: number };

/** One page of the weeks, the latest first, and how many there are. */
export async function paginateWeeks(
  db: Reader<WeekTables>,
  { page, size }: PageOptions,
): Promise<{ readonly weeks: (Week & { readonly parentName: string | null })[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('weeks')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const weeks = await db
    .selectFrom('weeks as w')
    .leftJoin('weeks as p', 'p.id', 'w.parentId')
    .selectAll('w')
    .select('p.name as parentName')
    .orderBy('w.startsOn', 'desc')
    .orderBy('w.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { weeks, total };
}

export const getWeek = (db: Reader<WeekTables>, id: string): Promise<Week> =>
  db
    .selectFrom('weeks')
    .selectAll()
    .where('id', '=', id as Week['id'])
    .executeTakeFirstOrThrow(() => notFound('week'));

/** The week, held until the transaction ends. Not found where it is not this agency's to change. */
export const lockWeek = (tx: Writer<WeekTables>, id: string): Promise<Week> =>
  tx
    .selectFrom('weeks')
    .selectAll()
    .where('id', '=', id as Week['id'])
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('week'));

export async function addWeek(tx: Writer<WeekTables>, week: Week): Promise<void> {
  await tx.insertInto('weeks').values(week).execute();
}

/** False where the week is not this agency's to change. */
export async function saveWeek(tx: Writer<WeekTables>, { id, ...week }: Week): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('weeks').set(week).where('id', '=', id).executeTakeFirst();
  return numUpdatedRows > 0n;
}

const selectOperations = (db: Reader<WeekTables>) =>
  db
    .selectFrom('operations as o')
    .innerJoin('weeks as w', 'w.id', 'o.weekId')
    .innerJoin('agencies as a', 'a.id', 'o.agencyId');

const selectOperationsWithNames = (db: Reader<WeekTables>) =>
  selectOperations(db)
    .selectAll('o')
    .select(['w.name as weekName', 'w.startsOn as weekStartsOn', 'w.endsOn as weekEndsOn', 'a.name as agencyName']);

/** Not found if the member neither takes part nor plans for the leading agency. */
export const getOperation = (db: Reader<WeekTables>, id: string): Promise<OperationInWeek> =>
  selectOperationsWithNames(db)
    .where('o.id', '=', id as Operation['id'])
    .executeTakeFirstOrThrow(() => notFound('operation'));

/** All operations that the member may see, latest first. */
export async function listOperations(
  db: Reader<WeekTables>,
  { weekId }: { readonly weekId?: string } = {},
): Promise<OperationInWeek[]> {
  let query = selectOperationsWithNames(db);
  if (weekId) query = query.where('o.weekId', '=', weekId as Week['id']);
  return query.orderBy('o.startsOn', 'desc').orderBy('o.id', 'desc').execute();
}

/** The operations whose partners and people this member may read: those of their own agency, and those that they take part in. Latest first. */
const selectReadInFull = (
  db: Reader<WeekTables>,
  { agencyId, operations }: { readonly agencyId: string; readonly operations: readonly string[] },
) =>
  selectOperationsWithNames(db).where((on) =>
    on.or([
      on('o.agencyId', '=', agencyId as Operation['agencyId']),
      on('o.id', '=', sql<Operation['id']>`any (${sql.val([...operations])}::uuid[])`),
    ]),
  );

export const listReadInFull = (
  db: Reader<WeekTables>,
  reader: Parameters<typeof selectReadInFull>[1],
  most: number,
): Promise<OperationInWeek[]> =>
  selectReadInFull(db, reader).orderBy('o.startsOn', 'desc').orderBy('o.id', 'desc').limit(most).execute();

/** One of them, or none. */
export const listReadInFullById = (
  db: Reader<WeekTables>,
  reader: Parameters<typeof selectReadInFull>[1],
  id: string,
): Promise<OperationInWeek[]> =>
  selectReadInFull(db, reader)
    .where('o.id', '=', id as Operation['id'])
    .execute();

/** Operations of these weeks that this agency leads, in the order of their days. */
export const listOwnOperations = (
  db: Reader<WeekTables>,
  agencyId: string,
  weekIds: readonly string[],
): Promise<OperationInWeek[]> =>
  selectOperationsWithNames(db)
    .where('o.agencyId', '=', agencyId as Operation['agencyId'])
    .where('o.weekId', 'in', weekIds as Week['id'][])
    .orderBy('o.startsOn')
    .orderBy('o.id')
    .execute();

export type OperationFilter = PageOptions & {
  readonly today: string;
  readonly weekId?: string | undefined;
  readonly town?: string | undefined;
  readonly standing?: OperationState | undefined;
};

/** One page of matching operations, latest first, and their number. A town matches through premises that the member may see. */
export async function paginateOperations(
  db: Reader<WeekTables>,
  { page, size, today, weekId, town, standing }: OperationFilter,
): Promise<{ readonly operations: OperationInWeek[]; readonly total: number }> {
  const conditions = [
    weekId && sql<boolean>`o.week_id = ${weekId}::uuid`,
    town && sql<boolean>`exists (select 1 from premises p where p.operation_id = o.id and p.town = ${town})`,
    standing === 'to come' && sql<boolean>`o.starts_on > ${today}::date`,
    standing === 'within its dates' && sql<boolean>`${today}::date between o.starts_on and o.ends_on`,
    standing === 'over' && sql<boolean>`o.ends_on < ${today}::date`,
  ].filter((condition) => condition !== undefined && condition !== false && condition !== '');
  const fitting = conditions.length > 0 ? sql<boolean>`${sql.join(conditions, sql` and `)}` : sql<boolean>`true`;
  const { total } = await selectOperations(db)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where(fitting)
    .executeTakeFirstOrThrow();
  const operations = await selectOperationsWithNames(db)
    .where(fitting)
    .orderBy('o.startsOn', 'desc')
    .orderBy('o.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { operations, total };
}

/** Towns of the premises in these operations that the member may see. Nobody sees premises of an operation that they are not in. */
export async function listTowns(db: Reader<WeekTables>, operationIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('premises')
    .select('town')
    .distinct()
    .where('operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy('town')
    .execute();
  return rows.map(({ town }) => town);
}

/** False where the same form has added it already. */
export const addOperation = (tx: Writer<WeekTables>, operation: Operation): Promise<boolean> =>
  addOnce(tx, ['operations', 'operation'], operation, ['agencyId', 'plannedBy', 'codeName']);

/** The operation, locked until the transaction ends, so that rules decide on current data. */
export const lockOperation = (tx: Writer<WeekTables>, id: string): Promise<Operation> =>
  tx
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', id as Operation['id'])
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('operation'));

export async function saveOperation(tx: Writer<WeekTables>, { id, ...operation }: Operation): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('operations').set(operation).where('id', '=', id).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What surrounds the figures of a return. Also under the statistics role, for agencies that take part. The leading unit is named once, as the unit. */
export async function getOperationFacts(db: Reader<WeekTables>, operationId: string): Promise<OperationFacts> {
  const row = await selectOperations(db)
    .leftJoin('weeks as p', 'p.id', 'w.parentId')
    .select(['o.codeName', 'o.unit', 'o.area', 'o.startsOn', 'o.endsOn', 'a.name as leadAgency'])
    .select(['w.name as weekName', 'w.focus', 'w.startsOn as weekStartsOn', 'w.endsOn as weekEndsOn', 'w.countries'])
    .select(['p.name as parentWeekName', 'p.countries as parentCountries'])
    .where('o.id', '=', operationId as Operation['id'])
    .executeTakeFirstOrThrow(() => notFound('operation'));
  const partners = await db
    .selectFrom('partners')
    .select(['ownUnit', 'leads', 'printedName'])
    .where('operationId', '=', operationId)
    .orderBy('id')
    .execute();
  const named = (own: boolean) =>
    partners.filter(({ ownUnit, leads }) => ownUnit === own && !leads).map(({ printedName }) => printedName);
  return {
    weekName: row.weekName,
    weekFocus: row.focus,
    officialDates: [row.weekStartsOn, row.weekEndsOn],
    localDates: [row.startsOn, row.endsOn],
    area: row.area,
    leadAgency: row.leadAgency,
    codeName: row.codeName,
    unit: row.unit,
    ownUnits: named(true),
    partners: named(false),
    participatingCountries: (row.parentWeekName === null ? row.countries : row.parentCountries)?.length || null,
    parentWeekName: row.parentWeekName,
  };
}
