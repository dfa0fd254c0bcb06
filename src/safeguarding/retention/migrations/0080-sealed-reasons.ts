import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { erasingAll } from './0078-erasing.ts';
import { goneOnTheWay, keysOnTheWay } from './0079-what-travels.ts';

/** Seals the reasons for a hold or an erasure under a key that is erased too. Referrals must refer to an existing record. A process with the keys seals earlier reasons later, because a migration has none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table keeping_facts
    alter column reason drop not null,
    add column sealed_reason bytea,
    add column wrapped_key bytea,
    add check (num_nonnulls(reason, sealed_reason) = 1),
    add check (num_nulls(sealed_reason, wrapped_key) in (0, 2))`.execute(db);
  await createDefinerFunction(
    db,
    ['leader'],
    'unsealed_reasons(integer)',
    `create function ctx.unsealed_reasons(most integer) returns table (id uuid, reason text)
     language sql stable security definer set search_path = public, pg_temp as $$
       select f.id, f.reason from keeping_facts f where f.reason is not null order by f.id limit most $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'seal_reason(uuid, bytea, bytea)',
    `create function ctx.seal_reason(one uuid, sealed bytea, wrapped bytea) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update keeping_facts f set reason = null, sealed_reason = sealed, wrapped_key = wrapped
        where f.id = one and f.reason is not null $$`,
  );
  // For new referrals only: earlier ones about a record erased by then are not checked.
  await sql`alter table referrals add foreign key (person_id) references persons not valid`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(keeping).execute(db);
  await sql.raw(erasingAll(keys, goneOnTheWay)).execute(db);
  await sql`reset role`.execute(db);
}

const keys = `${keysOnTheWay}
  union all select f.wrapped_key from keeping_facts f
    where f.wrapped_key is not null and (f.person_id = person or f.encounter_id = met and f.agency_id = whose)`;

/** As before, and sealing it later does not change the meaning. */
const keeping = `
  create or replace function ctx.keep_keeping_facts() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
  begin
    if tg_op = 'UPDATE' then
      if old.encounter_id is not null and new.person_id is not null
         and to_jsonb(new) - '{person_id,encounter_id}'::text[] = to_jsonb(old) - '{person_id,encounter_id}'::text[]
         and exists (select from persons p
           where p.id = new.person_id and p.origin_id = old.encounter_id and p.agency_id = old.agency_id)
        then return null; end if;
      if old.reason is not null and new.reason is null
         and to_jsonb(new) - '{reason,sealed_reason,wrapped_key}'::text[] = to_jsonb(old) - '{reason,sealed_reason,wrapped_key}'::text[]
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
  end $$`;
