import { type Kysely, sql } from 'kysely';
import { notificationKinds } from '../../../platform/notifications/index.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** A custodian of the same agency may end a disclosure early, with reasons. The end is a new row; the decision stays unchanged. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table opening_ends (
      id        uuid primary key references openings,
      reasons   text not null check (length(btrim(reasons)) >= 20),
      ended_by  uuid not null references members,
      ended_at  timestamptz not null
    )`.execute(db);
  await sql`create policy relations on opening_ends for select to safelight_relations using (true)`.execute(db);
  await sql`grant select on opening_ends to safelight_relations`.execute(db);
  await sql`
    create function ctx.keep_opening_ends() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op <> 'INSERT' then
        raise exception 'what was ended stays ended' using errcode = 'check_violation';
      end if;
      if new.ended_by is distinct from ctx.member() or new.ended_at is distinct from ctx.now()
         or not ctx.roles() && array['custodian']
         or not exists (select 1 from openings o join opening_decisions d on d.id = o.id
                         where o.id = new.id and o.owner_id = ctx.agency() and d.granted and o.until > ctx.now()) then
        raise exception 'a custodian of the owner ends what stands open' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_opening_ends before insert or update or delete on opening_ends for each row execute function ctx.keep_opening_ends()`.execute(
    db,
  );
  await sql`revoke all on function ctx.keep_opening_ends() from public`.execute(db);
  await sql`alter function ctx.keep_opening_ends() owner to safelight_relations`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await whatStandsOpen(db);
  await sql`reset role`.execute(db);
  await sql`alter table notices drop constraint notices_kind_check`.execute(db);
  await sql`alter table notices add constraint notices_kind_check check (kind in (${oneOf(notificationKinds)}))`.execute(
    db,
  );
}

/** Both functions as before, but without ended disclosures: those are closed, and the name may be asked for again. */
async function whatStandsOpen(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function ctx.opened() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(o.encounter_id), '{}') from openings o join opening_decisions d on d.id = o.id
       where o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now()
         and not exists (select 1 from opening_ends e where e.id = o.id and e.ended_at <= ctx.now()) $$`.execute(db);
  await sql`
    create or replace function ctx.keep_openings() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op <> 'INSERT' then
        raise exception 'a request to open a name stays as it was made' using errcode = 'check_violation';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('opening/' || new.asked_by, 0));
      if new.asked_by is distinct from ctx.member() or new.agency_id is distinct from ctx.agency()
         or not coalesce(ctx.name_held(new.encounter_id), false)
         or not exists (select 1 from encounters e join visits v on v.id = e.visit_id
                          join operations o on o.id = v.operation_id
                         where e.id = new.encounter_id and o.id = new.operation_id and o.agency_id = new.owner_id) then
        raise exception 'this name is not hers to ask for' using errcode = 'insufficient_privilege';
      end if;
      if new.asked_at is distinct from ctx.now() then
        raise exception 'a name is asked for now' using errcode = 'check_violation';
      end if;
      if exists (select 1 from openings o left join opening_decisions d on d.id = o.id
                  where o.asked_by = new.asked_by and o.encounter_id = new.encounter_id
                    and o.until > ctx.now() and coalesce(d.granted, true)
                    and not exists (select 1 from opening_ends e where e.id = o.id)) then
        raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
      end if;
      return new;
    end $$`.execute(db);
}
