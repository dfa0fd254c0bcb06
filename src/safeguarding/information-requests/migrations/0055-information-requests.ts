import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { editions } from '../law.ts';
import { daysToAnswer, grounds, kinds, notices, outcomes } from '../request.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** In the main database: what police asked and what was answered. A refusal has no row, so that refused, unknown and unread requests look alike. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table information_requests (
      id            uuid primary key,
      agency_id     uuid not null references agencies,
      asked_by      uuid not null references members,
      recipient     uuid not null references agencies,
      law           text not null check (law in (${oneOf(editions.map(({ name }) => name))})),
      kinds         text[] not null check (cardinality(kinds) > 0 and kinds <@ array[${oneOf(kinds)}]),
      notice        text not null check (notice in (${oneOf(notices)})),
      sealed_said   bytea not null,
      wrapped_key   bytea not null,
      asked_at      timestamptz not null,
      due_at        timestamptz not null check (due_at = asked_at + make_interval(hours => 24 * ${sql.lit(daysToAnswer)}))
    )`.execute(db);
  await sql`create index information_requests_by_asker on information_requests (asked_by, asked_at)`.execute(db);
  await sql`create index information_requests_to on information_requests (recipient, asked_at)`.execute(db);
  await sql`
    create table information_answers (
      id            uuid primary key references information_requests,
      kinds         text[] not null check (cardinality(kinds) > 0 and kinds <@ array[${oneOf(kinds)}]),
      sealed_words  bytea not null,
      wrapped_key   bytea not null,
      arrived_at    timestamptz not null ${toTheHour('arrived_at')}
    )`.execute(db);
  for (const table of ['information_requests', 'information_answers']) {
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, insert on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  await createTriggerFunction(
    db,
    'keep_information_requests',
    `security definer set search_path = public, pg_temp as $$
    begin
      if new.asked_at is distinct from coalesce(ctx.now(), new.asked_at) then
        raise exception 'it is asked for now' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_information_requests after insert on information_requests' },
  );
  // Only for the leader process: an answer of the agency that was asked, about what was asked, at most once despite retries.
  await createDefinerFunction(
    db,
    ['leader'],
    'take_information_answer(uuid, uuid, text[], bytea, bytea)',
    `create function ctx.take_information_answer(request uuid, agency uuid, given text[], words bytea, wrapped bytea)
     returns void language sql security definer set search_path = public, pg_temp as $$
       insert into information_answers (id, kinds, sealed_words, wrapped_key, arrived_at)
       select r.id, given, words, wrapped, date_trunc('hour', ctx.now()) from information_requests r
        where r.id = request and r.recipient = agency and given <@ r.kinds
       on conflict do nothing $$`,
  );
}

/** In the safeguarding database: the decision, its person and its reasons. */
export async function upApart(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table information_decisions (
      id              uuid primary key,
      request_id      uuid not null unique,
      agency_id       uuid not null,
      decided_by      uuid not null,
      person_id       uuid references persons on delete cascade,
      outcome         text not null check (outcome in (${oneOf(outcomes)})),
      ground          text check (ground in (${oneOf(grounds)})),
      kinds           text[] not null check (kinds <@ array[${oneOf(kinds)}]),
      sealed_reasons  bytea not null,
      wrapped_key     bytea not null,
      decided_at      timestamptz not null ${toTheHour('decided_at')},
      check ((outcome = 'give what was agreed') = (ground is not null and cardinality(kinds) > 0 and person_id is not null))
    )`.execute(db);
  await sql`create index information_decisions_by_agency on information_decisions (agency_id, decided_at)`.execute(db);
  await sql`create index information_decisions_of_person on information_decisions (person_id) where person_id is not null`.execute(
    db,
  );
}
