import { type Kysely, sql } from 'kysely';

/** Opens the sealed names of other people at the same visits to the lead who answers, while the request is open. The lead needs them to find and withhold those names in free text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const relations = sql.id('safelight_relations');
  for (const table of ['encounters', 'encounter_names', 'arrests']) {
    await sql`grant select on ${sql.id(table)} to ${relations}`.execute(db);
    await sql`drop policy if exists relations on ${sql.id(table)}`.execute(db);
    await sql`create policy relations on ${sql.id(table)} for select to ${relations} using (true)`.execute(db);
  }
  await sql`
    create function ctx.names_beside() returns table (id uuid, sealed_name bytea, wrapped_key bytea)
    language sql stable security definer set search_path = public, pg_temp as $$
      with asked as materialized (select unnest(ctx.asked_for()) as id)
      select n.id, n.sealed_name, n.wrapped_key
        from encounter_names n join encounters e on e.id = n.id
       where n.id not in (select a.id from asked a)
         and e.visit_id in (
           select o.visit_id from encounters o join asked a on a.id = o.id
           union all
           select r.visit_id from arrests r join asked a on a.id in (r.id, r.encounter_id))
    $$`.execute(db);
  await sql`revoke all on function ctx.names_beside() from public`.execute(db);
  await sql`grant execute on function ctx.names_beside() to safelight_auditor`.execute(db);
  await sql`alter function ctx.names_beside() owner to ${relations}`.execute(db);
}
