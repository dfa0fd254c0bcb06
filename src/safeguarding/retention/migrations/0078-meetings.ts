import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { actsOfHelp } from './0071-what-is-hers.ts';
import { erasing, heldKeys } from './0078-erasing.ts';

/** Notes about a person without a record get a retention period too. Consent decides it, it can be held, and a later record takes over the recorded facts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const since = await clockBegins(db);
  await sql`alter table keeping_facts
    alter column person_id drop not null,
    add column encounter_id uuid,
    add check (num_nonnulls(person_id, encounter_id) = 1)`.execute(db);
  await sql`create index keeping_facts_of_meeting on keeping_facts (encounter_id, agency_id)
    where encounter_id is not null`.execute(db);
  await sql`create unique index keeping_facts_one_order_of_meeting on keeping_facts (encounter_id, agency_id)
    where what = 'asked to go' and ended_on is null and encounter_id is not null`.execute(db);
  await standing(db, since);
  await saying(db);
  await createTriggerFunction(
    db,
    'take_over_meeting',
    `security definer set search_path = public, pg_temp as $$
    begin
      update keeping_facts f set person_id = new.id, encounter_id = null
       where f.encounter_id = new.origin_id and f.agency_id = new.agency_id;
      return null;
    end $$`,
    { tie: 'take_over_meeting after insert on persons', when: 'new.origin_id is not null' },
  );
  await erasing(db, heldKeys);
}

/** Existing notes were never named to their readers, so their period starts now. */
async function clockBegins(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ since: string }>`
    select case when exists (select from notes) or exists (select from consents) or exists (select from disclosures)
      then ((now() at time zone 'Europe/London')::date)::text else '-infinity' end as since`.execute(db);
  return rows[0]?.since ?? '-infinity';
}

const columns = `id uuid, agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[],
  help jsonb, concerned date[], seen integer, wrapped_key bytea, met date[], note_id uuid`;
const answers = `ctx.side() = 'help' and ctx.roles() && array['safeguarding lead', 'partner caseworker', 'data-protection lead']`;

/** As for a record: days and facts, and no content. Covers what one agency wrote about a person without a record there. */
async function standing(db: Kysely<unknown>, since: string): Promise<void> {
  await createDefinerFunction(
    db,
    [],
    'kept_meetings(uuid, uuid, uuid, integer)',
    `create function ctx.kept_meetings(agency uuid, one uuid, beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       with written (met, agency_id, at, wrapped_key) as (
         select n.encounter_id, n.agency_id, n.written_at, n.wrapped_key from notes n
         union all select c.person_id, c.agency_id, c.given_at, c.wrapped_key from consents c
         union all select d.person_id, d.agency_id, d.asked_at, d.wrapped_key from disclosures d
         union all select g.person_id, g.from_agency, g.made_at, g.wrapped_key from person_grants g),
       p as (
         select null::uuid as id, w.met as origin_id, w.agency_id, min(w.at) as at,
                (array_agg(w.wrapped_key order by w.at desc) filter (where w.wrapped_key is not null))[1] as wrapped_key
           from written w
          where (agency is null or w.agency_id = agency) and (one is null or w.met = one) and w.met > beyond
            and not exists (select from persons r where r.id = w.met or r.origin_id = w.met and r.agency_id = w.agency_id)
          group by w.met, w.agency_id
          -- Two agencies may have written of one meeting: neither is left out.
          order by w.met fetch first (most) rows with ties)
       select p.origin_id, p.agency_id, 'met at a visit', date_trunc('hour', p.at),
              greatest(coalesce(h.first, (p.at at time zone 'Europe/London')::date), '${since}'::date),
              coalesce(f.facts, '[]'), coalesce(h.days, '{}'), coalesce(h.help, '[]'), '{}'::date[],
              (coalesce(f.many, 0) + coalesce(h.many, 0))::integer, p.wrapped_key, coalesce(h.met, '{}'),
              (select n.id from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id order by n.day, n.id limit 1)
         from p
         left join lateral (
           select jsonb_agg(to_jsonb(f) - '{reason,sealed_reason,wrapped_key}'::text[] order by f.said_on, f.id) as facts, count(*) + count(f.ended_on) as many
             from keeping_facts f where f.encounter_id = p.origin_id and f.agency_id = p.agency_id) f on true
         left join lateral (
           select min(a.day) filter (where a.met) as first, array_agg(a.day) filter (where a.met) as met,
                  array_agg(a.day) filter (where not a.met and a.day is not null) as days, sum(a.many) as many,
                  jsonb_agg(jsonb_build_object('since', a.day, 'ended', a.ended)) filter (where a.goes) as help
             from (${actsOfHelp}) a) h on true
        order by p.origin_id $$`,
  );
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'meetings_kept_here(uuid, uuid, integer)',
    `create function ctx.meetings_kept_here(one uuid, beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       select k.id, k.agency_id, k.origin, k.opened_at, k.from_day, k.facts, k.helped, k.help, k.concerned, k.seen, null::bytea, k.met, k.note_id
         from ctx.kept_meetings(ctx.agency(), one, beyond, most) k where ${answers} $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'meetings_kept(uuid, integer)',
    `create function ctx.meetings_kept(beyond uuid, most integer) returns table (${columns})
     language sql stable security definer set search_path = public, pg_temp as $$
       select * from ctx.kept_meetings(null, null, beyond, most) $$`,
  );
}

/** A fact about a meeting waits while a record of it is opened or erased. It then refers to an existing row. */
async function saying(db: Kysely<unknown>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql
    .raw(
      `create or replace function ctx.keep_keeping_facts() returns trigger language plpgsql
       security definer set search_path = public, pg_temp as $$
       begin
         if tg_op = 'UPDATE' then
           if old.encounter_id is not null and new.person_id is not null
              and to_jsonb(new) - '{person_id,encounter_id}'::text[] = to_jsonb(old) - '{person_id,encounter_id}'::text[]
              and exists (select from persons p
                where p.id = new.person_id and p.origin_id = old.encounter_id and p.agency_id = old.agency_id)
             then return null; end if;
           if old.ended_on is not null or new.ended_on is null or new.ended_by is distinct from ctx.member() then
             raise exception 'what was said is ended once, by who ends it' using errcode = 'check_violation';
           end if;
           return null;
         end if;
         if new.person_id is not null then
           perform from persons p where p.id = new.person_id and p.agency_id = new.agency_id for update;
         else
           perform pg_advisory_xact_lock(hashtextextended('persons of/' || new.encounter_id, 0));
           perform from ctx.kept_meetings(new.agency_id, new.encounter_id, '00000000-0000-0000-0000-000000000000', 1);
         end if;
         if not found or new.ended_on is not null then
           raise exception 'it is said of a record of the agency that says it' using errcode = 'check_violation';
         end if;
         return null;
       end $$`,
    )
    .execute(db);
  await sql
    .raw(
      `create or replace function ctx.asked_by_person(one uuid, what text) returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select ctx.side() = 'help'
          and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker', 'data-protection lead']
          and exists (select from subject_requests r
            where r.agency_id = ctx.agency() and r.state = 'open' and r.wants = what
              and r.about && (array[one]
                || array(select p.origin_id from persons p where p.id = one and p.origin_id is not null)
                || array(select n.encounter_id from notes n where n.id = one)
                || array(select n.id from notes n where n.encounter_id = one and n.agency_id = ctx.agency()))) $$`,
    )
    .execute(db);
  await sql`reset role`.execute(db);
}
