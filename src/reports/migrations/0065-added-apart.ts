import { type Kysely, sql } from 'kysely';

const signature = 'ctx.add_files_later(bytea, uuid, uuid[], bytea[], bytea[], text[], boolean, timestamptz, uuid)';
const [before, after] = [
  '1 + coalesce(max(f.place), -1)',
  // With a report come ten files at the most, in the places before these.
  'greatest(10, 1 + coalesce(max(f.place), -1))',
] as const;

/** Later additions are numbered separately. Otherwise the holder of a receipt could add until the limit and so learn how long the report is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ text: string }>`
    select pg_get_functiondef(${sql.lit(signature)}::regprocedure) as text`.execute(db);
  const text = rows[0]?.text ?? '';
  if (!text.includes(before)) throw new Error(`${signature} is not as this migration knows it`);
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(text.replace(before, after)).execute(db);
  await sql`reset role`.execute(db);
}
