import { type Kysely, sql } from 'kysely';
import { deliveries, identityProofs, requesterKinds, requestStates } from '../subject-access/subject-access-request.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Requests from people about their data, and answers to unusual accesses. Each database keeps its own, so that neither reveals the other's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const relations = sql.id('safelight_relations');
  // The functions that find the person behind an id belong to this role. They are created again after each migration.
  await sql`grant usage on schema public to ${relations}`.execute(db);
  await sql`grant usage, create on schema ctx to ${relations}`.execute(db);
  await sql`
    create table subject_requests (
      id           uuid primary key,
      agency_id    uuid not null,
      about        uuid[] not null check (cardinality(about) > 0),
      asker        text not null check (asker in (${oneOf(requesterKinds)})),
      proof        text not null check (proof in (${oneOf(identityProofs)})),
      delivery     text not null check (delivery in (${oneOf(deliveries)})),
      reference    text not null check (reference <> ''),
      safety       text,
      state        text not null default 'open' check (state in (${oneOf(requestStates)})),
      marks        jsonb not null default '{}',
      opened_by    uuid not null,
      opened_at    timestamptz not null,
      answered_by  uuid,
      answered_at  timestamptz check (answered_at >= opened_at),
      digest       text,
      check ((state = 'answered') = (answered_at is not null) and num_nulls(answered_by, answered_at, digest) in (0, 3))
    )`.execute(db);
  await sql`create index subject_requests_by_agency on subject_requests (agency_id, opened_at)`.execute(db);
  await sql`
    create table access_answers (
      id           uuid primary key,
      agency_id    uuid not null,
      sort         text not null check (sort <> ''),
      member_id    uuid not null,
      request_id   uuid not null,
      words        text not null check (words <> ''),
      answered_by  uuid not null,
      answered_at  timestamptz not null
    )`.execute(db);
  await sql`create index access_log_by_returned on access_log using gin (returned) where cardinality(returned) > 0`.execute(
    db,
  );
  await sql`create index access_answers_by_agency on access_answers (agency_id, answered_at)`.execute(db);

  await sql`grant select on subject_requests to ${relations}`.execute(db);
  await sql`create policy relations on subject_requests for select to ${relations} using (true)`.execute(db);
  // What a request opens while it is open: records of the lead's own agency, or records without an agency in this database.
  await sql`
    create function ctx.asked_for() returns uuid[] language plpgsql stable security definer
    set search_path = public, pg_temp as $$
    begin
      if not ctx.roles() && array['data-protection lead'] then return '{}'; end if;
      return array(
        select distinct one.id from subject_requests r cross join unnest(r.about) one (id)
        where r.agency_id = ctx.agency() and r.state = 'open'
          and coalesce(ctx.owner_of(one.id), ctx.agency()) = ctx.agency());
    end $$`.execute(db);
  await sql`revoke all on function ctx.asked_for() from public`.execute(db);
  await sql`grant execute on function ctx.asked_for() to safelight_auditor`.execute(db);
  await sql`alter function ctx.asked_for() owner to ${relations}`.execute(db);
}
