import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { pointerBytes } from '../../../platform/crypto/key-halves.ts';
import { factKinds, safeguardingClasses } from '../erasure.ts';
import { erasing } from './0056-erasing.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);
const sentence = (column: string) => sql.raw(`check (length(btrim(${column})) >= 20)`);

/** Retention rules of the safeguarding database, what keeps or ends a record, and the certificate of its erasure. Statistics stay, without a link to a person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await saying(db);
  await counts(db);
  await standing(db);
  await erasing(db);
  await keys(db);
  await marks(db);
}

async function forRelations(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${sql.id(table)} to safelight_relations`.execute(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table keeping_rules (
      id              uuid primary key,
      agency_id       uuid not null,
      class           text not null check (class in (${oneOf(safeguardingClasses)})),
      months          integer not null check (months between 1 and 1200),
      not_before_age  integer check (not_before_age between 18 and 100),
      source          text not null check (source <> ''),
      valid_from      date not null,
      said_on         date not null,
      set_by          uuid not null,
      set_at          timestamptz not null ${toTheHour('set_at')},
      check (valid_from >= said_on)
    )`.execute(db);
  await sql`create index keeping_rules_of on keeping_rules (agency_id, class, valid_from)`.execute(db);
  await sql`
    create table keeping_facts (
      id          uuid primary key,
      person_id   uuid not null references persons on delete cascade,
      agency_id   uuid not null,
      what        text not null check (what in (${oneOf(factKinds)})),
      detail      text not null,
      reason      text not null ${sentence('reason')},
      review_on   date,
      said_on     date not null,
      said_by     uuid not null,
      ended_on    date check (ended_on >= said_on),
      ended_by    uuid,
      check (num_nulls(ended_on, ended_by) in (0, 2)),
      check ((what = 'hold') = (review_on is not null)),
      check (ended_on is null or what in ('hold', 'asked to go'))
    )`.execute(db);
  await sql`create index keeping_facts_of on keeping_facts (person_id)`.execute(db);
  await sql`create index keeping_facts_by_agency on keeping_facts (agency_id) where ended_on is null`.execute(db);
  await sql`
    create table erasure_certificates (
      id                 uuid primary key,
      person_id          uuid not null,
      agency_id          uuid not null,
      class              text not null,
      why                text not null check (why <> ''),
      opened_at          timestamptz not null ${toTheHour('opened_at')},
      records            integer not null,
      keys               integer not null,
      whole_keys         integer not null,
      keys_destroyed_at  timestamptz ${toTheHour('keys_destroyed_at')},
      destroyed_at       timestamptz not null ${toTheHour('destroyed_at')},
      log_request        uuid not null
    )`.execute(db);
  await sql`create index erasure_certificates_newest on erasure_certificates (agency_id, destroyed_at desc)`.execute(
    db,
  );
  await sql`
    create table keys_to_destroy (
      pointer         bytea primary key check (length(pointer) = ${sql.lit(pointerBytes)}),
      certificate_id  uuid not null references erasure_certificates
    )`.execute(db);
  await sql`create index keys_to_destroy_of on keys_to_destroy (certificate_id)`.execute(db);
  for (const table of ['keeping_rules', 'keeping_facts', 'erasure_certificates', 'keys_to_destroy'])
    await forRelations(db, table);
}

/** About a record of the member’s own agency, ended once, by the member who ends it. Waits while the record is being erased. */
const saying = (db: Kysely<unknown>): Promise<void> =>
  createTriggerFunction(
    db,
    'keep_keeping_facts',
    `security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'UPDATE' then
        if old.ended_on is not null or new.ended_on is null or new.ended_by is distinct from ctx.member() then
          raise exception 'what was said is ended once, by who ends it' using errcode = 'check_violation';
        end if;
        return null;
      end if;
      perform from persons p where p.id = new.person_id and p.agency_id = new.agency_id for update;
      if not found or new.ended_on is not null then
        raise exception 'it is said of a record of the agency that says it' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_keeping_facts after insert or update on keeping_facts' },
  );

/** A fact remains after its note, and a referral leaves its statistics. */
async function counts(db: Kysely<unknown>): Promise<void> {
  await sql`alter table facts drop constraint facts_note_id_fkey`.execute(db);
  await sql`
    create table referrals_let_go (
      id            uuid primary key,
      operation_id  uuid not null,
      day           date not null,
      to_agency     uuid not null,
      state         text not null
    )`.execute(db);
  await sql`create index referrals_let_go_of on referrals_let_go (operation_id)`.execute(db);
  for (const table of [
    'referrals_let_go',
    'notes',
    'notes_versions',
    'take_ups',
    'facts',
    'persons',
    'persons_versions',
  ])
    await forRelations(db, table);
  for (const table of [
    'consents',
    'disclosures',
    'person_grants',
    'grant_ends',
    'referrals',
    'referrals_versions',
    'referral_messages',
  ])
    await sql`grant delete on ${sql.id(table)} to safelight_relations`.execute(db);
}

const answers = `ctx.side() = 'help' and ctx.roles() && array['safeguarding lead', 'partner caseworker', 'data-protection lead']`;

/** The facts of each record that the rules need, and no content: TypeScript applies the rules. */
async function standing(db: Kysely<unknown>): Promise<void> {
  const columns = `id uuid, agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[],
     help jsonb, concerned date[], seen integer, wrapped_key bytea`;
  await createDefinerFunction(
    db,
    [],
    'kept_people(uuid, uuid, uuid, integer)',
    `create function ctx.kept_people(agency uuid, one uuid, beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       select p.id, p.agency_id, p.origin, p.opened_at,
              coalesce(n.first, (p.opened_at at time zone 'Europe/London')::date),
              coalesce(f.facts, '[]'), coalesce(n.days, '{}') || coalesce(r.days, '{}') || coalesce(c.days, '{}'),
              coalesce(r.help, '[]'), coalesce(w.days, '{}'),
              coalesce(f.many, 0) + coalesce(n.many, 0) + coalesce(r.many, 0) + coalesce(c.many, 0) + coalesce(w.many, 0), p.wrapped_key
         from persons p
         left join lateral (
           select jsonb_agg(to_jsonb(f) - 'reason' order by f.said_on, f.id) as facts, count(*)::integer as many
             from keeping_facts f where f.person_id = p.id) f on true
         left join lateral (
           select min(n.day) as first, array_agg(n.day) as days, count(*)::integer as many
             from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id) n on true
         left join lateral (
           select array_agg(r.day) as days, count(*)::integer as many,
                  jsonb_agg(jsonb_build_object('since', r.day, 'ended', (coalesce(r.ended_at,
                    case when r.state = 'declined' then r.decided_at end) at time zone 'Europe/London')::date)) as help
             from referrals r where r.note_id in (
               select n.id from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id)) r on true
         left join lateral (
           select array_agg((c.given_at at time zone 'Europe/London')::date) as days, count(*)::integer as many
             from consents c where c.person_id in (p.id, p.origin_id) and c.agency_id = p.agency_id) c on true
         left join lateral (
           select array_agg((w.raised_at at time zone 'Europe/London')::date) as days, sum(w.revision)::integer as many
             from concerns w where w.person_id = p.id) w on true
        where (agency is null or p.agency_id = agency) and (one is null or p.id = one) and p.id > beyond
        order by p.id limit most $$`,
  );
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'people_kept_here(uuid, uuid, integer)',
    `create function ctx.people_kept_here(one uuid, beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       select k.id, k.agency_id, k.origin, k.opened_at, k.from_day, k.facts, k.helped, k.help, k.concerned, k.seen, null::bytea
         from ctx.kept_people(ctx.agency(), one, beyond, most) k where ${answers} $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'people_kept(uuid, integer)',
    `create function ctx.people_kept(beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       select * from ctx.kept_people(null, null, beyond, most) $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'rules_of_keeping()',
    `create function ctx.rules_of_keeping() returns setof keeping_rules
     language sql stable security definer set search_path = public, pg_temp as $$
       select * from keeping_rules order by said_on, id $$`,
  );
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'erasure_leaves(uuid[])',
    `create function ctx.erasure_leaves(asked uuid[]) returns table (id uuid, leaf bigint)
     language sql stable security definer set search_path = public, pg_temp as $$
       select c.id, l.index from erasure_certificates c
         join access_log a on a.subject = c.person_id and a.request_id = c.log_request and a.kind = 'erasure'
         join log_leaves l on l.xid = a.xid and l.id = a.id
        where c.id = any (asked) and c.agency_id = ctx.agency() and ${answers} $$`,
  );
}

/** After the commit, so that no existing row loses its key; listed here until it is done. */
async function keys(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['leader'],
    'keys_waiting(integer)',
    `create function ctx.keys_waiting(most integer) returns table (pointer bytea)
     language sql security definer set search_path = public, pg_temp as $$
       select k.pointer from keys_to_destroy k order by k.pointer limit most for update skip locked $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'keys_destroyed(bytea[], timestamptz)',
    `create function ctx.keys_destroyed(gone bytea[], moment timestamptz) returns void
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       about uuid[];
     begin
       with done as (delete from keys_to_destroy k where k.pointer = any (gone) returning k.certificate_id)
         select array_agg(distinct certificate_id) into about from done;
       update erasure_certificates c set keys_destroyed_at = date_trunc('hour', moment)
        where c.id = any (about) and not exists (select from keys_to_destroy k where k.certificate_id = c.id);
     end $$`,
  );
}

/** Rebuilds the index, which keeps the mark of a name after the last person with it is erased. Pages keep rows until they are cleared. */
async function marks(db: Kysely<unknown>): Promise<void> {
  await sql`grant maintain on person_marks to safelight_relations`.execute(db);
  await createDefinerFunction(
    db,
    ['leader'],
    'write_marks_anew(timestamptz)',
    `create function ctx.write_marks_anew(since timestamptz) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       if not exists (select from erasure_certificates c where c.destroyed_at >= since) then return false; end if;
       cluster person_marks using person_marks_pkey;
       return true;
     end $$`,
  );
}
