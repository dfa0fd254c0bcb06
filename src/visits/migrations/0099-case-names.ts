import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';

/**
 * What a release about an operation is compared with: names of its records, earlier spellings too. For press of a
 * partner in that operation, and under the staff's role: the publisher's own still reaches no record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of [
    'premises',
    'premises_versions',
    'visits',
    'encounters',
    'encounter_names',
    'encounter_names_versions',
  ]) {
    await sql`grant select on ${sql.id(table)} to safelight_relations`.execute(db);
    await sql
      .raw(`do $$ begin
      if not exists (select from pg_policy where polrelid = '${table}'::regclass and polname = 'relations') then
        create policy relations on ${table} for select to safelight_relations using (true);
      end if; end $$`)
      .execute(db);
  }
  await createDefinerFunction(
    db,
    ['staff'],
    'case_names(uuid)',
    `create function ctx.case_names(asked uuid)
     returns table (kind text, record uuid, name text, sealed_name bytea, wrapped_key bytea)
     language plpgsql stable security definer set search_path = public, pg_temp as $$
     begin
       if not coalesce(ctx.roles() && array['press'] and asked = any (ctx.partner_operations()), false) then
         raise exception 'names are compared for press of a partner in the operation' using errcode = 'insufficient_privilege';
       end if;
       return query
         with here as (
           select p.id, p.name, p.address, p.postcode, p.town, p.referrer_on_call from premises p where p.operation_id = asked
           union all
           select v.id, v.record ->> 'name', v.record ->> 'address', v.record ->> 'postcode', v.record ->> 'town',
                  v.record ->> 'referrer_on_call'
             from premises_versions v join premises p on p.id = v.id where p.operation_id = asked),
         met as (
           select e.id from encounters e join visits v on v.id = e.visit_id where v.operation_id = asked)
         select distinct said.kind, h.id, said.name, null::bytea, null::bytea
           from here h cross join lateral (values ('business', h.name), ('address', h.address), ('postcode', h.postcode),
             ('town', h.town), ('person', h.referrer_on_call)) as said (kind, name)
          where said.name <> ''
         union all
         select 'person', n.id, null, n.sealed_name, n.wrapped_key from encounter_names n join met on met.id = n.id
         union all
         select 'person', n.id, null, (n.record ->> 'sealed_name')::bytea, (n.record ->> 'wrapped_key')::bytea
           from encounter_names_versions n join met on met.id = n.id;
     end $$`,
  );
}
