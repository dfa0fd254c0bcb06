import { type Kysely, sql } from 'kysely';
import { findings } from '../../../access/break-glass/index.ts';
import { notificationKinds } from '../../../platform/notifications/index.ts';
import { breakGlassReviewRoles, breakGlassRoles } from '../../../vocabulary/people.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Plans stay closed to a team until its briefing time. Emergency access is notified and reviewed. The database enforces this, so that no query can bypass it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await notices(db);
  await briefingTimes(db);
  await grantsFollow(db);
  await glass(db);
  await reviews(db);
}

/** The functions here ask as a role that can log in nowhere and sees these tables alone. */
async function letRelations(db: Kysely<unknown>, table: string, rights: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant ${sql.raw(rights)} on ${sql.id(table)} to safelight_relations`.execute(db);
}

/** Callers and triggers first: afterwards the function is no longer the migration's to give. */
async function handOver(db: Kysely<unknown>, signature: string, callers: readonly string[] = []): Promise<void> {
  await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
  const names = callers.map((role) => `safelight_${role}`).join(', ');
  if (names) await sql.raw(`grant execute on function ctx.${signature} to ${names}`).execute(db);
  await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
}

async function notices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notices (
      id         uuid primary key,
      kind       text not null check (kind in (${oneOf(notificationKinds)})),
      subject    uuid not null,
      owner_id   uuid not null references agencies,
      to_member  uuid references members,
      to_agency  uuid references agencies,
      to_roles   text[] not null default '{}',
      made_at    timestamptz not null,
      check (num_nonnulls(to_member, to_agency) = 1),
      check ((to_agency is null) = (cardinality(to_roles) = 0))
    )`.execute(db);
  await sql`create index notices_to_member on notices (to_member, made_at) where to_member is not null`.execute(db);
  await sql`create index notices_to_agency on notices (to_agency, made_at) where to_agency is not null`.execute(db);
  await sql`
    create table notice_readings (
      notice_id  uuid not null references notices,
      member_id  uuid not null references members,
      read_at    timestamptz not null,
      primary key (notice_id, member_id)
    )`.execute(db);
  await letRelations(db, 'notices', 'insert');
}

/** When each team is briefed: its own row, else the operation's, the latest of each; else the eve of the first day at four. Rows are added, never changed. */
async function briefingTimes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table briefing_times (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      team_id       uuid,
      day           date not null,
      time          text not null check (time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      place         text check (place <> ''),
      opens_at      timestamptz not null,
      reason        text not null check (reason <> ''),
      set_by        uuid not null references members,
      set_at        timestamptz not null,
      -- Where clocks are set back a time comes twice: then, and then alone, the two zones' readings may differ.
      check (abs(extract(epoch from opens_at - ((day + time::time) at time zone 'Europe/London'))) in (0, 3600))
    )`.execute(db);
  await sql`create index briefing_times_by_operation on briefing_times (operation_id, set_at)`.execute(db);
  for (const table of ['operations', 'partners', 'teams', 'team_members', 'planned_visits', 'briefing_times'])
    await letRelations(db, table, 'select');
  await sql`grant insert, update on grants to safelight_relations`.execute(db);
  await sql`
    create function ctx.briefing_at(asked uuid) returns timestamptz
    language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(
        (select b.opens_at from briefing_times b where b.team_id = t.id order by b.set_at desc, b.id desc limit 1),
        (select b.opens_at from briefing_times b where b.operation_id = o.id and b.team_id is null
          order by b.set_at desc, b.id desc limit 1),
        ((o.starts_on - 1) + time '16:00') at time zone 'Europe/London')
      from teams t join operations o on o.id = t.operation_id where t.id = asked $$`.execute(db);
  await handOver(db, 'briefing_at(uuid)');
  await sql`
    create function ctx.team_days() returns table (team_id uuid, day date)
    language sql stable security definer set search_path = public, pg_temp as $$
      select distinct v.team_id, v.day from planned_visits v join team_members m on m.team_id = v.team_id
       where m.member_id = ctx.member() and v.state = 'planned' $$`.execute(db);
  await handOver(db, 'team_days()', ['staff']);
}

/** Team grants follow from briefing time, dates and membership. What differs is ended and what should hold is added: a grant's past is never rewritten. */
async function grantsFollow(db: Kysely<unknown>): Promise<void> {
  await sql`alter table grants drop constraint grants_relation_check`.execute(db);
  await sql`alter table grants add constraint grants_relation_check check (relation in ('member', 'partner', 'team', 'glass'))`.execute(
    db,
  );
  await sql`
    create function ctx.align_team(asked uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      at timestamptz := ctx.now();
      operation uuid; opens timestamptz; closes timestamptz; giver uuid;
    begin
      perform pg_advisory_xact_lock(hashtextextended('team/' || asked, 0));
      select o.id, ctx.briefing_at(t.id), (o.ends_on + 15)::timestamp at time zone 'Europe/London',
             coalesce(ctx.member(), o.planned_by)
        into operation, opens, closes, giver
        from teams t join operations o on o.id = t.operation_id where t.id = asked;
      update grants g set until = greatest(g.since, at)
       where g.relation = 'team' and g.subject = asked and g.until > g.since and (at is null or g.until > at)
         and not coalesce(g.until = closes and (g.since = opens or (opens <= at and g.since <= at))
                          and exists (select 1 from team_members m where m.team_id = asked and m.member_id = g.member_id), false);
      insert into grants (id, relation, subject, operation_id, member_id, since, until, given_by)
      select gen_random_uuid(), 'team', asked, operation, m.member_id, greatest(opens, at), closes, giver
        from team_members m
       where m.team_id = asked and greatest(opens, at) < closes
         and not exists (select 1 from grants g where g.relation = 'team' and g.subject = asked
                           and g.member_id = m.member_id and g.until = closes and g.until > g.since
                           and (g.since = opens or (opens <= at and g.since <= at)));
    end $$`.execute(db);
  await handOver(db, 'align_team(uuid)');
  await sql`
    create function ctx.follow_plan() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_table_name = 'team_members' then
        perform ctx.align_team(coalesce(new.team_id, old.team_id));
      elsif tg_table_name = 'operations' then
        perform ctx.align_team(t.id) from teams t where t.operation_id = new.id;
      else
        perform ctx.align_team(t.id) from teams t
          where t.operation_id = new.operation_id and (new.team_id is null or t.id = new.team_id);
      end if;
      return null;
    end $$`.execute(db);
  for (const [table, when] of [
    ['team_members', 'insert or delete'],
    ['briefing_times', 'insert'],
    ['operations', 'update of starts_on, ends_on'],
  ] as const)
    await sql`create trigger follow_plan after ${sql.raw(when)} on ${sql.id(table)} for each row execute function ctx.follow_plan()`.execute(
      db,
    );
  await handOver(db, 'follow_plan()');
  await sql`
    create function ctx.keep_grants() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' or (to_jsonb(old) - 'until') is distinct from (to_jsonb(new) - 'until')
         or new.until is null or new.until > old.until or old.until <= ctx.now()
         or new.until < greatest(old.since, ctx.now()) then
        raise exception 'a grant is ended, and otherwise stays as it was given' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger keep_grants before update or delete on grants
    for each row execute function ctx.keep_grants()`.execute(db);
}

/** Emergency access: three hours of reading one operation, for a reason. It cannot be extended, changed or withdrawn; a trigger notifies those responsible. */
async function glass(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table break_glass (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      member_id     uuid not null references members,
      agency_id     uuid not null references agencies,
      owner_id      uuid not null references agencies,
      reason        text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\\S\\s+\\S+\\s+\\S'),
      opened_at     timestamptz not null,
      until         timestamptz not null check (until = opened_at + interval '3 hours'),
      ended_at      timestamptz check (ended_at >= opened_at and ended_at < until)
    )`.execute(db);
  await sql`create index break_glass_by_member on break_glass (member_id, until)`.execute(db);
  await sql`create index break_glass_by_operation on break_glass (operation_id)`.execute(db);
  await letRelations(db, 'break_glass', 'select');
  await sql`
    create function ctx.keep_glass() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        perform pg_advisory_xact_lock(hashtextextended('glass/' || new.member_id, 0));
        if new.member_id is distinct from ctx.member() or new.agency_id is distinct from ctx.agency()
           or not ctx.roles() && array[${oneOf(breakGlassRoles)}]
           or new.owner_id is distinct from (select o.agency_id from operations o where o.id = new.operation_id)
           or not exists (select 1 from partners p where p.operation_id = new.operation_id and p.agency_id = new.agency_id) then
          raise exception 'this glass is not hers to break' using errcode = 'insufficient_privilege';
        end if;
        if new.opened_at is distinct from ctx.now() or new.ended_at is not null then
          raise exception 'glass is broken now, for three hours' using errcode = 'check_violation';
        end if;
        if exists (select 1 from break_glass b where b.member_id = new.member_id and b.ended_at is null and b.until > ctx.now()) then
          raise exception 'one glass at a time' using errcode = 'unique_violation';
        end if;
      elsif tg_op = 'DELETE' or (to_jsonb(old) - 'ended_at') is distinct from (to_jsonb(new) - 'ended_at')
         or old.ended_at is not null or new.ended_at is distinct from ctx.now() or old.until <= ctx.now() then
        raise exception 'broken glass can be ended, and otherwise stays as it was' using errcode = 'check_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`.execute(db);
  await sql`create trigger keep_glass before insert or update or delete on break_glass for each row execute function ctx.keep_glass()`.execute(
    db,
  );
  await handOver(db, 'keep_glass()');
  await sql`
    create function ctx.tell_of_glass() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'UPDATE' then
        update grants set until = new.ended_at where id = new.id;
        return null;
      end if;
      insert into grants (id, relation, subject, operation_id, member_id, since, until, given_by)
      values (new.id, 'glass', new.operation_id, new.operation_id, new.member_id, new.opened_at, new.until, new.member_id);
      insert into notices (id, kind, subject, owner_id, to_agency, to_roles, made_at)
      select gen_random_uuid(), 'glass broken', new.id, new.owner_id, agency, roles, new.opened_at
        from (values (new.owner_id, array['planner', 'commander', 'data-protection lead']),
                     (new.agency_id, array['commander', 'data-protection lead'])) told (agency, roles)
       where roles @> array['planner'] or agency <> new.owner_id;
      return null;
    end $$`.execute(db);
  await sql`create trigger tell_of_glass after insert or update on break_glass for each row execute function ctx.tell_of_glass()`.execute(
    db,
  );
  await handOver(db, 'tell_of_glass()');
  await sql`
    create function ctx.glass() returns uuid language sql stable as
    $$ select nullif(current_setting('safelight.glass', true), '')::uuid
        where current_setting('transaction_read_only') = 'on' $$`.execute(db);
  await sql`
    create function ctx.broken_glass(who uuid, at timestamptz) returns table (break_glass uuid, glass_operation uuid)
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform set_config('safelight.glass', '', true);
      select b.id, b.operation_id into break_glass, glass_operation from break_glass b
       where b.member_id = who and who = ctx.member() and b.agency_id = ctx.agency()
         and b.opened_at <= at and coalesce(b.ended_at, b.until) > at
         and exists (select 1 from partners p where p.operation_id = b.operation_id and p.agency_id = b.agency_id);
      if not found then return; end if;
      perform set_config('safelight.glass', glass_operation::text, true);
      return next;
    end $$`.execute(db);
  await handOver(db, 'broken_glass(uuid, timestamptz)', ['staff', 'statistics', 'publisher', 'auditor']);
}

/** The review of an emergency access by another member of the owner. It cannot be changed, and a final return needs it. */
async function reviews(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table glass_reviews (
      id           uuid primary key references break_glass,
      reviewed_by  uuid not null references members,
      finding      text not null check (finding in (${oneOf(findings)})),
      reasons      text not null check (length(btrim(reasons)) >= 20),
      reviewed_at  timestamptz not null
    )`.execute(db);
  await letRelations(db, 'glass_reviews', 'select');
  await sql`
    create function ctx.keep_reviews() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op <> 'INSERT' then
        raise exception 'a review stays as it was written' using errcode = 'check_violation';
      end if;
      if new.reviewed_at is distinct from ctx.now() or new.reviewed_by is distinct from ctx.member()
         or not ctx.roles() && array[${oneOf(breakGlassReviewRoles)}]
         or not exists (select 1 from break_glass b where b.id = new.id and b.owner_id = ctx.agency()
                          and b.member_id <> ctx.member() and coalesce(b.ended_at, b.until) <= ctx.now()) then
        raise exception 'somebody else of the owner reviews broken glass, once it has ended' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_reviews before insert or update or delete on glass_reviews for each row execute function ctx.keep_reviews()`.execute(
    db,
  );
  await handOver(db, 'keep_reviews()');
  await sql`
    create function ctx.glass_to_review(asked uuid) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
      select count(*) from break_glass b where b.operation_id = asked
         and not exists (select 1 from glass_reviews r where r.id = b.id) $$`.execute(db);
  await handOver(db, 'glass_to_review(uuid)', ['staff', 'statistics', 'auditor']);
  await letRelations(db, 'returns', 'select');
  await sql`
    create function ctx.refuse_final() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if exists (select 1 from returns r where r.id = new.return_id and r.stage = 'final')
         and ctx.glass_to_review(new.operation_id) > 0 then
        raise exception 'glass was broken on this operation and is not reviewed' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger refuse_final before insert on return_signatures for each row execute function ctx.refuse_final()`.execute(
    db,
  );
  await handOver(db, 'refuse_final()');
}
