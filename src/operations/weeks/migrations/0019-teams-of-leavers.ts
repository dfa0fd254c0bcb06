import { type Kysely, sql } from 'kysely';

/** A member who leaves the partnership also leaves its teams and operations, except those that are over. A trigger does this in the same transaction, however the member leaves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const relations = sql.id('safelight_relations');
  for (const table of ['operations', 'operation_members', 'teams', 'team_members']) {
    await sql`drop policy if exists relations on ${sql.id(table)}`.execute(db); // The briefing times (0015) ask of some of these too.
    await sql`create policy relations on ${sql.id(table)} to ${relations} using (true) with check (true)`.execute(db);
    await sql`grant select, update, delete on ${sql.id(table)} to ${relations}`.execute(db);
  }
  await sql`
    create function ctx.leave_teams() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      today date := (new.ended_at at time zone 'Europe/London')::date;
    begin
      if not new.gone or old.gone then return null; end if;
      update teams t set lead_id = null from operations o
       where o.id = t.operation_id and t.lead_id = new.id and o.ends_on >= today;
      delete from team_members t using operations o
       where o.id = t.operation_id and t.member_id = new.id and o.ends_on >= today;
      delete from operation_members p using operations o
       where o.id = p.operation_id and p.member_id = new.id and o.ends_on >= today;
      return null;
    end $$`.execute(db);
  await sql`create trigger leave_teams after update on members for each row execute function ctx.leave_teams()`.execute(
    db,
  );
  await sql`revoke all on function ctx.leave_teams() from public`.execute(db);
  await sql`alter function ctx.leave_teams() owner to safelight_relations`.execute(db);
}
