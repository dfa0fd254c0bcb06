import { type Kysely, sql } from 'kysely';

/** The roles a member held, at which agency and in which period. A trigger records them, because questions about past access come years later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table member_terms (
      id         uuid primary key default gen_random_uuid(),
      member_id  uuid not null references members,
      agency_id  uuid not null references agencies,
      roles      text[] not null,
      since      timestamptz not null,
      until      timestamptz check (until >= since)
    )`.execute(db);
  await sql`create index member_terms_by_member on member_terms (member_id, since)`.execute(db);
  await sql`create unique index one_open_term on member_terms (member_id) where until is null`.execute(db);
  await sql`create policy relations on member_terms to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, insert, update on member_terms to safelight_relations`.execute(db);
  await sql`
    create function ctx.keep_terms() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      at timestamptz := coalesce(ctx.now(), now());
    begin
      if tg_op = 'UPDATE' then
        if (old.roles, old.agency_id, old.ended_at) is not distinct from (new.roles, new.agency_id, new.ended_at) then
          return null;
        end if;
        update member_terms t set until = greatest(t.since, coalesce(new.ended_at, at))
         where t.member_id = new.id and (t.until is null or t.until > coalesce(new.ended_at, at));
      end if;
      if new.ended_at is null then
        insert into member_terms (member_id, agency_id, roles, since) values (new.id, new.agency_id, new.roles, at);
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger keep_terms after insert or update on members for each row execute function ctx.keep_terms()`.execute(
    db,
  );
  await sql`revoke all on function ctx.keep_terms() from public`.execute(db);
  await sql`alter function ctx.keep_terms() owner to safelight_relations`.execute(db);
  // Who was here before the terms were kept: since when is not known, so since the first that is known of anybody. Too long names one too many who could have seen a record; too short would leave one out. The owner sees no row of a forced table.
  const forced = ['members', 'grants', 'access_log'].map((table) => sql.id(table));
  for (const table of forced) await sql`alter table ${table} no force row level security`.execute(db);
  await sql`
    insert into member_terms (member_id, agency_id, roles, since, until)
    select m.id, m.agency_id, m.roles,
           least((select min(since) from grants), (select min(at) from access_log), m.ended_at, now()), m.ended_at
    from members m`.execute(db);
  for (const table of forced) await sql`alter table ${table} force row level security`.execute(db);
}
