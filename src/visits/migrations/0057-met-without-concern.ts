import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { daysWithoutConcern } from '../../retention/index.ts';

/** Erases records of people encountered after 28 days if nobody recorded a concern. The row stays, because it is counted. Safeguarding notes are not consulted: police records must not show whether a note exists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table encounters add column let_go_on date`.execute(db);
  await sql`create index encounters_kept on encounters (visit_id) where let_go_on is null`.execute(db);
  for (const [table, rights] of [
    ['encounters', 'select, update'],
    ['observations', 'select, update'],
    ['encounters_versions', 'select, insert, delete'],
    ['observations_versions', 'select, insert, delete'],
  ] as const) {
    await sql`drop policy if exists relations on ${sql.id(table)}`.execute(db);
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant ${sql.raw(rights)} on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  for (const table of ['visits', 'encounter_names', 'subject_requests']) {
    await sql`drop policy if exists relations on ${sql.id(table)}`.execute(db);
    await sql`create policy relations on ${sql.id(table)} for select to safelight_relations using (true)`.execute(db);
    await sql`grant select on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  await keeping(db);
  await createDefinerFunction(
    db,
    ['leader'],
    'let_go_met(timestamptz, integer)',
    `create function ctx.let_go_met(moment timestamptz, most integer) returns integer
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       today date := (moment at time zone 'Europe/London')::date;
       request uuid := gen_random_uuid();
       gone uuid[];
     begin
       gone := array(
         select e.id from encounters e join visits v on v.id = e.visit_id
          where e.let_go_on is null and (v.arrived_at at time zone 'Europe/London')::date + ${daysWithoutConcern} <= today
            and not exists (select from encounter_names n where n.id = e.id)
            -- Of whom at the visit an arrest or a sign of control was, nobody may have said.
            and not exists (select from arrests a where a.visit_id = e.visit_id and (a.encounter_id is null or a.encounter_id = e.id))
            and not exists (select from observations o where o.visit_id = e.visit_id and o.of_control
                              and (o.encounter_id is null or o.encounter_id = e.id))
            and not exists (select from subject_requests r where r.state = 'open' and e.id = any (r.about))
          order by e.id limit most for update of e skip locked);
       update encounters e set place = 'not known', age = 'not known', language = null, let_go_on = today where e.id = any (gone);
       update observations o set encounter_id = null, context = 'Let go', explanation = 'Let go' where o.encounter_id = any (gone);
       delete from observations_versions w where w.record ->> 'encounter_id' = any (gone::text[]);
       delete from encounters_versions w where w.id = any (gone);
       insert into access_log (at, kind, event, action, purpose, subject, fields, returned, reason, request_id)
         select moment, 'erasure', 'people met.let go', 'upkeep', 'upkeep', e.visit_id, array['place', 'age', 'language'],
                array_agg(e.id), 'met without concern: at most ${daysWithoutConcern} days', request
           from encounters e where e.id = any (gone) group by e.visit_id;
       return cardinality(gone);
     end $$`,
  );
}

/** Only the clock erases, and nothing restores. The trigger must see the real role, so it is not security definer. */
async function keeping(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function keep_let_go() returns trigger language plpgsql as $$
    begin
      if current_user <> 'safelight_relations'
         and (new.let_go_on is not null or (tg_op = 'UPDATE' and old.let_go_on is not null)) then
        raise exception 'who was let go is let go by the clock, and for good' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_let_go before insert or update on encounters for each row execute function keep_let_go()`.execute(
    db,
  );
}
