/** Part of 0039: on-call shifts, and an alert for each report of danger. Times of an alert are full hours: its duration is counted in rounds of the leader. */
import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner, createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { forRelations, toTheHour } from './given.ts';

export async function onCall(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table on_call_turns (
      id         uuid primary key,
      agency_id  uuid not null,
      member_id  uuid not null,
      place      integer not null check (place between 1 and 9),
      starts_at  timestamptz not null,
      ends_at    timestamptz not null check (ends_at >= starts_at),
      reached    text not null check (reached <> ''),
      set_by     uuid not null,
      set_at     timestamptz not null
    )`.execute(db);
  await sql`create index on_call_turns_by_end on on_call_turns (agency_id, ends_at)`.execute(db);
  await sql`
    create table danger_alerts (
      id               uuid primary key references reports on delete cascade,
      agency_id        uuid not null,
      raised_at        timestamptz not null ${toTheHour('raised_at')},
      rounds           integer not null default 0 check (rounds >= 0),
      acknowledged_by  uuid,
      acknowledged_at  timestamptz ${toTheHour('acknowledged_at')},
      check ((acknowledged_by is null) = (acknowledged_at is null))
    )`.execute(db);
  await sql`create index danger_alerts_ringing on danger_alerts (agency_id) where acknowledged_by is null`.execute(db);
  for (const table of ['on_call_turns', 'danger_alerts']) await forRelations(db, table);
  await alerting(db);
}

async function alerting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.raise_alert() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into danger_alerts (id, agency_id, raised_at) values (new.id, new.agency_id, new.received_at);
      return null;
    end $$`.execute(db);
  await sql`create trigger raise_alert after insert on reports for each row when (new.danger) execute function ctx.raise_alert()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'raise_alert()');
  await sql`
    create function ctx.keep_alerts() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if old.acknowledged_by is not null or new.acknowledged_by is distinct from ctx.member() then
        raise exception 'an alert is taken on once, by who takes it on' using errcode = 'check_violation';
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger keep_alerts after update of acknowledged_by on danger_alerts for each row execute function ctx.keep_alerts()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'keep_alerts()');
  await createDefinerFunction(
    db,
    ['leader'],
    'ring_on()',
    `create function ctx.ring_on() returns void
     language sql security definer set search_path = public, pg_temp as $$
       update danger_alerts set rounds = rounds + 1 where acknowledged_by is null and rounds < 100000 $$`,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'on_call_now(timestamptz)',
    `create function ctx.on_call_now(moment timestamptz) returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select exists (select 1 from on_call_turns t
         where t.starts_at <= moment and t.ends_at > moment
           and t.agency_id = (select a.agency_id from attendances a order by a.set_at desc, a.id desc limit 1)) $$`,
  );
}
