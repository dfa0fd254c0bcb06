import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { comparisonResults } from '../due.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Actions for people, handovers between shifts, and nurses' readings of the health clocks. An action is sealed under the person’s own key and erased with the person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table handovers (
      id            uuid primary key,
      agency_id     uuid not null,
      author_id     uuid not null,
      sealed_words  bytea not null,
      wrapped_key   bytea not null,
      made_at       timestamptz not null ${toTheHour('made_at')}
    )`.execute(db);
  await sql`create index handovers_by_agency on handovers (agency_id, made_at)`.execute(db);
  await sql`
    create table handover_readings (
      handover_id  uuid not null references handovers,
      member_id    uuid not null,
      read_at      timestamptz not null ${toTheHour('read_at')},
      primary key (handover_id, member_id)
    )`.execute(db);
  await sql`
    create table tasks (
      id           uuid primary key,
      person_id    uuid not null references persons on delete cascade,
      agency_id    uuid not null,
      author_id    uuid not null,
      sealed_task  bytea not null,
      added_at     timestamptz not null ${toTheHour('added_at')},
      taken_by     uuid,
      taken_at     timestamptz ${toTheHour('taken_at')},
      handed_in    uuid references handovers,
      done_at      timestamptz ${toTheHour('done_at')},
      done_by      uuid,
      check (num_nulls(taken_by, taken_at) in (0, 2)),
      check (num_nulls(done_at, done_by) in (0, 2))
    )`.execute(db);
  await sql`create index tasks_of_person on tasks (person_id)`.execute(db);
  await sql`create index tasks_open on tasks (agency_id) where done_at is null`.execute(db);
  await sql`create index tasks_handed_in on tasks (handed_in) where handed_in is not null`.execute(db);
  await sql`
    create table clock_readings (
      id          uuid primary key,
      clock       text not null check (clock ~ '^[a-z0-9-]+$'),
      agency_id   uuid not null,
      member_id   uuid not null,
      read_on     date not null,
      says        text not null check (says in (${oneOf(comparisonResults)})),
      hours       integer check (hours between 1 and 720),
      source      text not null check (btrim(source) <> ''),
      valid_from  date not null,
      check ((says = 'it says other hours') = (hours is not null))
    )`.execute(db);
  await sql`create index clock_readings_by_agency on clock_readings (agency_id)`.execute(db);
  await createTriggerFunction(
    db,
    'keep_tasks',
    `set search_path = public, pg_temp as $$
     begin
       if old.done_at is not null then
         raise exception 'what is done stays done' using errcode = 'check_violation';
       end if;
       if (new.id, new.person_id, new.agency_id, new.author_id, new.added_at)
          is distinct from (old.id, old.person_id, old.agency_id, old.author_id, old.added_at) then
         raise exception 'a task stays whose it is' using errcode = 'check_violation';
       end if;
       return new;
     end $$`,
    { tie: 'keep_tasks before update on tasks' },
  );
}
