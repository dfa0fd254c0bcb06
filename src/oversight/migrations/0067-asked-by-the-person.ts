import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';

/** People can also ask for correction and erasure. Proof of identity and delivery work as for access. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subject_requests
    add column wants text not null default 'to see what is held'
      check (wants in ('to see what is held', 'that something is corrected', 'that it goes')),
    add column outcome text check (outcome in ('done', 'done in part', 'not done')),
    add check ((outcome is not null) = (state = 'answered' and wants <> 'to see what is held'))`.execute(db);
}

/** In the safeguarding database, the keeper of a record learns that such a request is open, and nothing else about it. */
export async function upSafeguarding(db: Kysely<unknown>): Promise<void> {
  await up(db);
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'asked_by_person(uuid, text)',
    `create function ctx.asked_by_person(one uuid, what text) returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select ctx.side() = 'help'
          and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker', 'data-protection lead']
          and exists (select from subject_requests r
            where r.agency_id = ctx.agency() and r.state = 'open' and r.wants = what
              and r.about && (array[one]
                || array(select p.origin_id from persons p where p.id = one and p.origin_id is not null)
                || array(select n.encounter_id from notes n where n.id = one))) $$`,
  );
}
