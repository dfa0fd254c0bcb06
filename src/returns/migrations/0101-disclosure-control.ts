import { type Kysely, sql } from 'kysely';
import { type Figures, safeguardingIndicators } from '../../vocabulary/figures.ts';
import type { Check } from '../counting/checks.ts';
import { controlChecks, controlFigures, safeguardingRecords } from '../counting/disclosure-control.ts';
import type { Qualifications } from '../counting/qualify.ts';
import { calculateDigest } from '../return.ts';

/** Returns that were counted before lose their exact safeguarding numbers and references. From here on the database refuses both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The owner sees no row of a forced table.
  const forced = ['returns', 'return_workings', 'return_records', 'return_signatures', 'releases', 'releases_versions'];
  const frozen = ['returns', 'return_workings', 'return_records', 'return_signatures'];
  for (const table of forced) await sql`alter table ${sql.id(table)} no force row level security`.execute(db);
  for (const table of frozen) await sql`alter table ${sql.id(table)} disable trigger refuse_signed`.execute(db);
  await sql`alter table releases disable trigger user`.execute(db);
  await sql`delete from return_records where kind = any (${sql.val([...safeguardingRecords])}::text[])`.execute(db);
  await controlKept(db);
  await sql`alter table releases enable trigger user`.execute(db);
  for (const table of frozen) await sql`alter table ${sql.id(table)} enable trigger refuse_signed`.execute(db);
  for (const table of forced) await sql`alter table ${sql.id(table)} force row level security`.execute(db);
  await refuse(db);
}

type Kept = {
  readonly id: string;
  readonly operationId: string;
  readonly version: number;
  readonly stage: 'provisional' | 'revised' | 'final';
  readonly definitions: string;
  readonly facts: Parameters<typeof calculateDigest>[0]['facts'];
  readonly figures: Figures;
  readonly counted: Figures;
  readonly qualifications: Qualifications;
  readonly checks: readonly Check[];
};

/** Applies disclosure control to stored returns. A signed return gets a new digest, and its releases follow it. */
async function controlKept(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Kept>`
    select r.id, r.operation_id as "operationId", r.version, r.stage, r.definitions, r.facts, r.figures, w.counted, w.qualifications, w.checks
      from returns r join return_workings w on w.return_id = r.id`.execute(db);
  for (const { id, operationId, counted, qualifications, checks, ...row } of rows) {
    const controlled = controlFigures(counted);
    const kept = Object.fromEntries(
      Object.entries(row.figures).map(([name, figure]) => [
        name,
        (safeguardingIndicators as readonly string[]).includes(name) ? controlled[name as keyof Figures] : figure,
      ]),
    ) as Figures;
    const others = Object.entries(qualifications).filter(
      ([name]) => !(safeguardingIndicators as readonly string[]).includes(name),
    );
    await sql`update returns set figures = ${JSON.stringify(kept)}::jsonb where id = ${id}`.execute(db);
    await sql`
      update return_workings
         set counted = ${JSON.stringify(controlled)}::jsonb, checks = ${JSON.stringify(controlChecks(checks))}::jsonb,
             qualifications = ${JSON.stringify(Object.fromEntries(others))}::jsonb
       where return_id = ${id}`.execute(db);
    const digest = calculateDigest({ ...row, operationId, figures: kept });
    await sql`update return_signatures set digest = ${digest} where return_id = ${id}`.execute(db);
    await sql`update releases set return_digest = ${digest} where return_id = ${id}`.execute(db);
    await sql`
      update releases_versions set record = jsonb_set(record, '{return_digest}', to_jsonb(${digest}::text))
       where record ->> 'return_id' = ${id}`.execute(db);
  }
}

/** Safeguarding figures must be zero, or a minimum that is a multiple of 5. */
async function refuse(db: Kysely<unknown>): Promise<void> {
  const names = sql.raw(safeguardingIndicators.map((name) => `'${name}'`).join(', '));
  const kinds = sql.raw(safeguardingRecords.map((kind) => `'${kind}'`).join(', '));
  await sql`
    create function under_disclosure_control(figures jsonb) returns boolean language sql immutable parallel safe as $$
      select not exists (
        select from unnest(array[${names}]) as name,
               jsonb_path_query(figures -> name, '$.** ? (@.kind == "number")') as quantity
         where (quantity -> 'value')::int <> 0
           and ((quantity -> 'value')::int % 5 <> 0 or quantity ->> 'qualifier' <> 'at least'))
    $$`.execute(db);
  await sql`alter table returns add constraint returns_under_disclosure_control check (under_disclosure_control(figures))`.execute(
    db,
  );
  await sql`alter table return_workings add constraint workings_under_disclosure_control check (under_disclosure_control(counted))`.execute(
    db,
  );
  await sql`alter table return_records add constraint no_safeguarding_records check (kind not in (${kinds}))`.execute(
    db,
  );
}
