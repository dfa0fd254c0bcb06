import { type Kysely, sql } from 'kysely';

/** A line counts as opened when a member of its own agency opens its queue. Others see nothing in it, so their visits must not show on the public page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index access_log_reports_listed_by on access_log (agency_id, at) where event = 'reports.listed'`.execute(
    db,
  );
  await sql`drop index access_log_reports_listed`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql`
    create or replace function ctx.attendance_now() returns table (attendance jsonb, opened_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp as $$
      select to_jsonb(a), (select max(l.at) from access_log l where l.event = 'reports.listed' and l.agency_id = a.agency_id)
        from attendances a order by a.set_at desc, a.id desc limit 1 $$`.execute(db);
  await sql`reset role`.execute(db);
}
