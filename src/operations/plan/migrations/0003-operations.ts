import { type Kysely, sql } from 'kysely';
import { createVersionsTable } from '../../../platform/database/earlier-versions.ts';
import { agencyKinds } from '../../../vocabulary/people.ts';
import { decisionKinds } from '../../policy-log/decision.ts';
import { powerStates } from '../planned-power.ts';
import { visitStates } from '../planned-visit.ts';
import { businesses, dwellings, immigrationEntries, priorities } from '../premises.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Weeks, the partnership's operations in them, who takes part, and what is planned where. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table weeks (
      id         uuid primary key,
      agency_id  uuid not null references agencies,
      parent_id  uuid references weeks check (parent_id <> id),
      name       text not null check (name <> ''),
      lead       text not null check (lead <> ''),
      focus      text[] not null check (cardinality(focus) > 0),
      starts_on  date not null,
      ends_on    date not null check (ends_on >= starts_on),
      countries  text[] not null default '{}',
      note       text
    )`.execute(db);
  await sql`
    create table operations (
      id          uuid primary key,
      week_id     uuid not null references weeks,
      agency_id   uuid not null references agencies,
      code_name   text not null check (code_name <> ''),
      unit        text not null check (unit <> ''),
      area        text not null check (area <> ''),
      starts_on   date not null,
      ends_on     date not null check (ends_on >= starts_on),
      planned_by  uuid not null references members
    )`.execute(db);
  await sql`create index operations_by_week on operations (week_id)`.execute(db);
  await sql`
    create table partners (
      id             uuid primary key,
      operation_id   uuid not null references operations,
      agency_id      uuid not null references agencies,
      kind           text not null check (kind in (${oneOf(agencyKinds)})),
      own_unit       boolean not null,
      leads          boolean not null default false,
      printed_name   text not null check (printed_name <> ''),
      official_name  text not null check (official_name <> ''),
      brings         jsonb not null default '[]'
    )`.execute(db);
  await sql`create index partners_by_operation on partners (operation_id)`.execute(db);
  await sql`create unique index one_leading_unit on partners (operation_id) where leads`.execute(db);
  await sql`
    create table operation_members (
      operation_id  uuid not null references operations,
      member_id     uuid not null references members,
      partner_id    uuid not null references partners,
      duty          text not null,
      primary key (operation_id, member_id)
    )`.execute(db);
  await sql`
    create table teams (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      name          text not null check (name <> ''),
      lead_id       uuid references members,
      unique (operation_id, name)
    )`.execute(db);
  await sql`
    create table team_members (
      team_id       uuid not null references teams,
      member_id     uuid not null references members,
      operation_id  uuid not null references operations,
      primary key (team_id, member_id)
    )`.execute(db);
  await targets(db);
  await briefings(db);
}

async function targets(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table decisions (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      about         uuid,
      kind          text not null check (kind in (${oneOf(decisionKinds)})),
      words         text not null check (words <> ''),
      reason        text not null check (reason <> ''),
      alternative   text,
      decided_by    text not null check (decided_by <> ''),
      recorded_by   uuid not null references members,
      recorded_at   timestamptz not null,
      against       text[] not null default '{}',
      despite       text check (despite <> '')
    )`.execute(db);
  await sql`create index decisions_by_operation on decisions (operation_id, recorded_at)`.execute(db);
  await sql`
    create table premises (
      id                 uuid primary key,
      operation_id       uuid not null references operations,
      business           text not null check (business in (${oneOf(businesses)})),
      name               text not null check (name <> ''),
      address            text not null check (address <> ''),
      town               text not null check (town <> ''),
      postcode           text,
      dwelling           text not null default 'not known' check (dwelling in (${oneOf(dwellings)})),
      reason             text not null check (reason <> ''),
      priority           text not null check (priority in (${oneOf(priorities)})),
      risks              text,
      languages          text[] not null default '{}',
      interpreter        text,
      referrer_id        uuid references agencies,
      referrer_on_call   text,
      referrer_contact   text,
      immigration_entry  text check (immigration_entry in (${oneOf(immigrationEntries)})),
      check (num_nulls(referrer_id, referrer_on_call) in (0, 2))
    )`.execute(db);
  await sql`create index premises_by_operation on premises (operation_id)`.execute(db);
  await createVersionsTable(db, 'premises');
  await sql`
    create table powers (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      premises_id   uuid not null references premises,
      basis         text not null check (basis <> ''),
      state         text not null check (state in (${oneOf(powerStates)})),
      purposes      text[] not null default '{}',
      holder_id     uuid references partners,
      held_by       text,
      reference     text,
      applied_on    date,
      decided_on    date,
      expires_on    date,
      executed_at   timestamptz,
      returned_on   date,
      accompanying  uuid[] not null default '{}',
      note          text
    )`.execute(db);
  await sql`create index powers_by_premises on powers (premises_id)`.execute(db);
  await createVersionsTable(db, 'powers');
  await sql`
    create table planned_visits (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      premises_id   uuid not null references premises,
      team_id       uuid not null references teams,
      power_id      uuid references powers,
      day           date not null,
      starts        text not null check (starts ~ '^[0-2][0-9]:[0-5][0-9]$'),
      minutes       integer not null check (minutes between 5 and 1440),
      turn          integer check (turn > 0),
      state         text not null default 'planned' check (state in (${oneOf(visitStates)})),
      reason        text,
      check (state = 'planned' or reason is not null)
    )`.execute(db);
  await sql`create index planned_visits_by_premises on planned_visits (premises_id)`.execute(db);
  await sql`create index planned_visits_by_team on planned_visits (team_id)`.execute(db);
  await sql`create index planned_visits_by_operation on planned_visits (operation_id, day)`.execute(db);
  await createVersionsTable(db, 'planned_visits');
}

async function briefings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table briefings (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      team_id       uuid not null references teams,
      version       integer not null check (version > 0),
      content       jsonb not null,
      made_by       uuid not null references members,
      made_at       timestamptz not null,
      unique (team_id, version)
    )`.execute(db);
  await sql`
    create table briefing_readings (
      briefing_id  uuid not null references briefings,
      member_id    uuid not null references members,
      read_at      timestamptz not null,
      primary key (briefing_id, member_id)
    )`.execute(db);
}
