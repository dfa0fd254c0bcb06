import { type Kysely, sql } from 'kysely';
import { needKinds, needs, shelterFor, works } from '../reception.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Reception centres: people there have a number and no name. Volunteers cannot read the tables that link numbers to records or to a place to sleep. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await places(db);
  await wristbands(db);
}

async function places(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table receptions (
      id             uuid primary key,
      operation_id   uuid not null,
      agency_id      uuid not null,
      author_id      uuid not null,
      opens_at       timestamptz not null ${toTheHour('opens_at')},
      closes_at      timestamptz not null ${toTheHour('closes_at')},
      places         integer not null check (places between 1 and 500),
      stood_down_at  timestamptz ${toTheHour('stood_down_at')},
      stood_down_by  uuid,
      unique (id, operation_id),
      check (closes_at > opens_at and closes_at <= opens_at + interval '50 hours'),
      check (num_nulls(stood_down_at, stood_down_by) in (0, 2))
    )`.execute(db);
  await sql`create index receptions_by_operation on receptions (operation_id)`.execute(db);
  await sql`
    create table reception_rota (
      id            uuid primary key,
      reception_id  uuid not null,
      operation_id  uuid not null,
      agency_id     uuid not null,
      author_id     uuid not null,
      member_id     uuid,
      work          text not null check (work in (${oneOf(works)})),
      language      text,
      beds          integer check (beds between 1 and 500),
      for_whom      text check (for_whom in (${oneOf(shelterFor)})),
      starts_at     timestamptz not null ${toTheHour('starts_at')},
      ends_at       timestamptz not null ${toTheHour('ends_at')},
      ended_at      timestamptz ${toTheHour('ended_at')},
      foreign key (reception_id, operation_id) references receptions (id, operation_id),
      check (ends_at > starts_at),
      check (member_id is null or (work = 'looks after people' and ends_at <= starts_at + interval '50 hours')),
      check ((work = 'interpreter') = (language is not null)),
      check ((work = 'first-night shelter') = (beds is not null and for_whom is not null))
    )`.execute(db);
  await sql`create index reception_rota_of on reception_rota (reception_id)`.execute(db);
  await sql`create index reception_rota_by_member on reception_rota (member_id) where member_id is not null`.execute(
    db,
  );
  await sql`
    create table reception_debriefs (
      id            uuid primary key,
      reception_id  uuid not null references receptions,
      agency_id     uuid not null,
      author_id     uuid not null,
      sealed_words  bytea not null,
      wrapped_key   bytea not null,
      written_at    timestamptz not null ${toTheHour('written_at')}
    )`.execute(db);
  await sql`create index reception_debriefs_of on reception_debriefs (reception_id)`.execute(db);
}

async function wristbands(db: Kysely<unknown>): Promise<void> {
  const fits = needKinds.map((kind) => sql`(kind = ${sql.lit(kind)} and detail in (${oneOf(needs[kind])}))`);
  await sql`
    create table wristbands (
      id            uuid primary key,
      reception_id  uuid not null references receptions,
      number        integer not null check (number between 1 and 9999),
      came_at       timestamptz not null ${toTheHour('came_at')},
      left_at       timestamptz ${toTheHour('left_at')},
      unique (reception_id, number)
    )`.execute(db);
  await sql`
    create table wristband_needs (
      id            uuid primary key,
      wristband_id  uuid not null references wristbands,
      kind          text not null,
      detail        text not null,
      asked_at      timestamptz not null ${toTheHour('asked_at')},
      met_at        timestamptz ${toTheHour('met_at')},
      check (${sql.join(fits, sql` or `)})
    )`.execute(db);
  await sql`create index wristband_needs_of on wristband_needs (wristband_id)`.execute(db);
  await sql`
    create table wristband_people (
      wristband_id  uuid primary key references wristbands,
      person_id     uuid not null references persons on delete cascade,
      member_id     uuid not null
    )`.execute(db);
  await sql`create index wristband_people_by_person on wristband_people (person_id)`.execute(db);
  await sql`
    create table first_nights (
      wristband_id  uuid primary key references wristbands,
      rota_id       uuid not null references reception_rota,
      member_id      uuid not null
    )`.execute(db);
  await sql`create index first_nights_at on first_nights (rota_id)`.execute(db);
}
