/** One query for each indicator over the view of countable facts, and all of them as one statement. Which facts each counts is in fact-counts.ts. */
import { type RawBuilder, sql } from 'kysely';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { type Breakdown, breakdowns, breakdownsOf, type Dimension } from '../../vocabulary/figures.ts';
import { getIndicator, type Indicator } from '../../vocabulary/indicators.ts';
import { unknownValue } from './counting.ts';
import { type Counts, countedByQuery, counts, factColumns, type QueriedNumber } from './fact-counts.ts';

const conditions = (
  { fact, mark, without, outcome, kind, currency, isWarrant }: Counts,
  warrants: readonly string[],
  isPart: boolean,
): RawBuilder<unknown> =>
  sql.join(
    [
      sql`g.fact = ${sql.lit(fact)}`,
      ...(mark ? [sql`${sql.lit(mark)} = any (g.marks)`] : []),
      ...(without ? [sql`not ${sql.lit(without)} = any (g.marks)`] : []),
      ...(outcome ? [sql`g.outcome = any (${sql.val([...outcome])}::text[])`] : []),
      ...(kind ? [sql`g.kind = ${sql.lit(kind)}`] : []),
      // A currency of its own is a part beside the whole.
      ...(currency && !isPart ? [sql`g.currency = ${sql.lit(currency)}`] : []),
      ...(isWarrant ? [sql`g.power = any (${sql.val([...warrants])}::text[])`] : []),
    ],
    sql` and `,
  );

/** The whole and each breakdown of one indicator, over facts that are grouped already. */
function indicatorQuery(indicator: Indicator, warrants: readonly string[]): RawBuilder<unknown> {
  const found = counts[indicator] as Counts;
  const floor = found.currency
    ? sql`(select coalesce(bool_or('not stated' = any (marks)), false) from grouped where fact = ${sql.lit(found.fact)})`
    : sql`coalesce(bool_or('not stated' = any (g.marks)), false)`;
  const part = (breakdown: Breakdown | null): RawBuilder<unknown> => {
    const dimensions: readonly Dimension[] = breakdown ? breakdowns[breakdown] : [];
    const columns = dimensions.map((one) => sql`coalesce(g.${sql.ref(one)}, ${sql.lit(unknownValue)})`);
    const of = breakdown ? sql`array[${sql.join(columns)}]` : sql`array[]::text[]`;
    return sql`
      select ${sql.lit(indicator)} as indicator, ${sql.lit(breakdown)}::text as breakdown, ${of} as part,
             coalesce(sum(g.amount), 0)::float8 as amount, ${floor} as is_floor
        from grouped g where ${conditions(found, warrants, breakdown !== null)}
        ${breakdown ? sql`group by ${sql.join(columns)}` : sql``}`;
  };
  return sql.join([part(null), ...(breakdownsOf[indicator] ?? []).map(part)], sql` union all `);
}

/** The records of an operation that should state the number of this indicator and do not, as they are now: visits of search records, seizures of cash. */
export async function listNotStated(
  db: Reader<AnyTables>,
  operationId: string,
  indicator: Indicator,
): Promise<string[]> {
  const found = counts[indicator];
  if (!found) return [];
  const { rows } = await sql<{ id: string }>`
    select g.id from countable_facts g
     where g.operation_id = ${operationId}::uuid and 'not stated' = any (g.marks) and g.fact = ${found.fact}
       ${found.kind ? sql`and g.kind = ${found.kind}` : sql``}
     order by g.id`.execute(db);
  return rows.map(({ id }) => id);
}

const columns = sql.join(factColumns.map((column) => sql.ref(column)));

/** The bare grouping under all of them: each sort of fact once, with how many there are. */
export const groupedFacts = (operationIds: readonly string[] | 'all'): RawBuilder<unknown> => sql`
  select ${columns}, sum(amount) as amount from countable_facts
   ${operationIds === 'all' ? sql`` : sql`where operation_id = any (${sql.val([...operationIds])}::uuid[])`}
   group by ${columns}`;

/** Every indicator of these operations together, or of all that the reader may count: facts are grouped once, then each indicator's query adds groups up. */
export async function queryIndicators(
  db: Reader<AnyTables>,
  operationIds: readonly string[] | 'all',
  warrants: readonly string[],
): Promise<readonly QueriedNumber[]> {
  const queries = countedByQuery.map((indicator) => indicatorQuery(indicator, warrants));
  const { rows } = await sql<QueriedNumber>`
    with grouped as materialized (${groupedFacts(operationIds)}) ${sql.join(queries, sql` union all `)}`.execute(db);
  return rows.map(({ amount, ...row }) => ({
    ...row,
    amount: getIndicator(row.indicator).unit === 'GBP' ? Math.floor(amount / 100) : amount,
  }));
}
