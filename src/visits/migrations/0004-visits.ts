import { type Kysely, sql } from 'kysely';
import { createVersionsTable } from '../../platform/database/earlier-versions.ts';
import { ages } from '../../vocabulary/age.ts';
import { arrestKinds, arrestStatuses, sexes } from '../../vocabulary/figures.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import { answers, matters, rolesInPremises, screeningOutcomes, seizureKinds } from '../visit.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** What happened at the premises, as an onlooker could see it, without anything a person disclosed. A visit has the id of its planned visit. Records for enforcement alone have tables of their own, so that a row policy can hide them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table visits (
      id            uuid primary key references planned_visits,
      operation_id  uuid not null references operations,
      premises_id   uuid not null references premises,
      team_id       uuid not null references teams,
      arrived_at    timestamptz not null,
      left_at       timestamptz check (left_at >= arrived_at),
      power_id      uuid references powers,
      basis         text not null check (basis <> ''),
      basis_ground  text,
      answer        text check (answer in (${oneOf(answers)})),
      answered_by   text,
      present       integer check (present >= 0),
      attendees     uuid[] not null check (cardinality(attendees) > 0),
      others        jsonb not null default '[]',
      immigration_ground text,
      finished_at   timestamptz,
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null,
      check (finished_at is null or num_nulls(left_at, answer) = 0),
      check (answer is distinct from 'nobody in' or coalesce(present, 0) = 0)
    )`.execute(db);
  await sql`create index visits_by_operation on visits (operation_id, arrived_at)`.execute(db);
  await sql`create index visits_by_team on visits (team_id)`.execute(db);
  await createVersionsTable(db, 'visits');
  await sql`
    create table visit_attendees (
      visit_id   uuid not null references visits,
      member_id  uuid not null references members,
      primary key (visit_id, member_id)
    )`.execute(db);
  // The list of attendees belongs to the visit and its earlier versions. These rows exist for counting.
  await sql`
    create function list_attendees() returns trigger language plpgsql as $$
    begin
      delete from visit_attendees where visit_id = new.id and member_id <> all (new.attendees);
      insert into visit_attendees select distinct new.id, unnest(new.attendees) on conflict do nothing;
      return new;
    end $$`.execute(db);
  await sql`create trigger list_attendees after insert or update on visits for each row execute function list_attendees()`.execute(
    db,
  );
  await sql`
    create table encounters (
      id           uuid primary key,
      visit_id     uuid not null references visits,
      number       integer not null check (number > 0),
      place        text not null check (place in (${oneOf(rolesInPremises)})),
      spoken_to    boolean not null,
      age          text not null check (age in (${oneOf(ages)})),
      language     text,
      interpreter  text not null check (interpreter in (${oneOf(visitInterpreters)})),
      recorded_by  uuid not null references members,
      recorded_at  timestamptz not null,
      unique (visit_id, number)
    )`.execute(db);
  await createVersionsTable(db, 'encounters');
  await enforcementOnly(db);
}

async function enforcementOnly(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table encounter_names (
      id           uuid primary key references encounters,
      sealed_name  bytea not null,
      wrapped_key  bytea not null,
      reason       text not null check (reason <> ''),
      recorded_by  uuid not null references members,
      recorded_at  timestamptz not null
    )`.execute(db);
  await createVersionsTable(db, 'encounter_names');
  await sql`
    create table searches (
      id           uuid primary key references visits,
      searched     boolean not null,
      rooms        text,
      force_used   text,
      damage       text,
      notice_left  boolean not null,
      forced       boolean not null generated always as (force_used is not null) stored,
      damaged      boolean not null generated always as (damage is not null) stored,
      recorded_by  uuid not null references members,
      recorded_at  timestamptz not null
    )`.execute(db);
  await createVersionsTable(db, 'searches');
  await sql`
    create table observations (
      id            uuid primary key,
      visit_id      uuid not null references visits,
      encounter_id  uuid references encounters,
      sign_id       text not null check (sign_id <> ''),
      of_control    boolean not null,
      context       text not null check (context <> ''),
      explanation   text not null check (explanation <> ''),
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null
    )`.execute(db);
  await sql`create index observations_by_visit on observations (visit_id)`.execute(db);
  await createVersionsTable(db, 'observations');
  await arrests(db);
}

async function arrests(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table arrests (
      id            uuid primary key,
      visit_id      uuid not null references visits,
      encounter_id  uuid references encounters,
      kind          text not null check (kind in (${oneOf(arrestKinds)})),
      matter        text not null check (matter in (${oneOf(matters)})),
      offence       text check (kind <> 'criminal' or offence is not null),
      sex           text not null check (sex in (${oneOf(sexes)})),
      age           integer check (age between 10 and 110),
      residence     text,
      status        text not null check (status in (${oneOf(arrestStatuses)})),
      custody_ref   text,
      arrested_at   timestamptz not null,
      closed_at     timestamptz,
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null
    )`.execute(db);
  await sql`create index arrests_by_visit on arrests (visit_id)`.execute(db);
  await createVersionsTable(db, 'arrests');
  await sql`
    create table screenings (
      id            uuid primary key references arrests,
      outcome       text not null check (outcome in (${oneOf(screeningOutcomes)})),
      reason        text,
      screened_by   text,
      screened_at   timestamptz,
      interpreter   text check (interpreter in (${oneOf(visitInterpreters)})),
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null,
      check (outcome <> 'not done' or reason is not null),
      check (outcome = 'not done' or num_nulls(screened_by, screened_at, interpreter) = 0)
    )`.execute(db);
  await createVersionsTable(db, 'screenings');
  await sql`
    create table seizures (
      id            uuid primary key,
      visit_id      uuid not null references visits,
      kind          text not null check (kind in (${oneOf(seizureKinds)})),
      description   text not null check (description <> ''),
      pence         bigint check (pence >= 0),
      exhibit_ref   text,
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null
    )`.execute(db);
  await sql`create index seizures_by_visit on seizures (visit_id)`.execute(db);
  await createVersionsTable(db, 'seizures');
  // No arrest may be closed without its screening, by any user or query.
  await sql`
    create function refuse_unscreened() returns trigger language plpgsql as $$
    begin
      if new.closed_at is not null and not exists (select 1 from screenings s where s.id = new.id) then
        raise exception 'an arrest closes only when it is known whether the person was screened' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger refuse_unscreened before insert or update on arrests for each row execute function refuse_unscreened()`.execute(
    db,
  );
  await refuseUnfinished(db);
}

/** Runs as a role that sees every arrest, because the member who finishes a visit may not see arrests. */
async function refuseUnfinished(db: Kysely<unknown>): Promise<void> {
  const relations = sql.id('safelight_relations');
  for (const table of ['arrests', 'screenings']) {
    await sql`grant select on ${sql.id(table)} to ${relations}`.execute(db);
    await sql`create policy relations on ${sql.id(table)} for select to ${relations} using (true)`.execute(db);
  }
  await sql`
    create function ctx.refuse_unfinished() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.finished_at is not null and exists (
        select 1 from arrests a where a.visit_id = new.id and not exists (select 1 from screenings s where s.id = a.id)) then
        raise exception 'a visit is finished only when it is known whether those arrested were screened' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger refuse_unfinished before insert or update on visits for each row execute function ctx.refuse_unfinished()`.execute(
    db,
  );
  await sql`revoke all on function ctx.refuse_unfinished() from public`.execute(db);
  await sql`alter function ctx.refuse_unfinished() owner to ${relations}`.execute(db);
}
