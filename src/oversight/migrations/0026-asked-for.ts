import { type Kysely, sql } from 'kysely';

/** The request itself gives access to the records it asks for. Only the policy says which role may use it, so the rule is written once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await upSafeguarding(db);
  await asRelations(db, async () => {
    // No row policy covers sealed names here, so the function itself checks the role.
    await sql`
      create or replace function ctx.names_beside() returns table (id uuid, sealed_name bytea, wrapped_key bytea)
      language sql stable security definer set search_path = public, pg_temp as $$
        with asked as materialized (
          select unnest(ctx.asked_for()) as id where ctx.roles() && array['data-protection lead'])
        select n.id, n.sealed_name, n.wrapped_key
          from encounter_names n join encounters e on e.id = n.id
         where n.id not in (select a.id from asked a)
           and e.visit_id in (
             select o.visit_id from encounters o join asked a on a.id = o.id
             union all
             select r.visit_id from arrests r join asked a on a.id in (r.id, r.encounter_id))
      $$`.execute(db);
  });
}

export async function upSafeguarding(db: Kysely<unknown>): Promise<void> {
  await asRelations(db, async () => {
    await sql`
      create or replace function ctx.asked_for() returns uuid[] language plpgsql stable security definer
      set search_path = public, pg_temp as $$
      begin
        return array(
          select distinct one.id from subject_requests r cross join unnest(r.about) one (id)
          where r.agency_id = ctx.agency() and r.state = 'open'
            and coalesce(ctx.owner_of(one.id), ctx.agency()) = ctx.agency());
      end $$`.execute(db);
  });
}

/** Both functions are this role's, and only it replaces them. */
async function asRelations(db: Kysely<unknown>, replace: () => Promise<void>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await replace();
  await sql`reset role`.execute(db);
}
