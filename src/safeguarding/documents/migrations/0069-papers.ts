import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { documentGroups, shareableItems } from '../../../vocabulary/information-shared.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
/** Before documents existed, consent could also cover an examination. */
export const examined = [
  'a look at injuries',
  'a physical examination',
  'sexual health tests',
  'forensic samples',
  'photographs of injuries',
];

/** Documents and photos on people's records, each a sealed clean copy outside the database, in one consent group. A grant that names one opens it to another agency. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_papers (
      id            uuid primary key,
      person_id     uuid not null references persons on delete cascade,
      agency_id     uuid not null,
      author_id     uuid not null,
      item          text not null check (item in (${oneOf(documentGroups)})),
      file_id       uuid not null unique,
      sealed_paper  bytea not null,
      wrapped_key   bytea not null,
      added_at      timestamptz not null check (added_at = date_trunc('hour', added_at))
    )`.execute(db);
  await sql`create index person_papers_of on person_papers (person_id)`.execute(db);
  await sql`create policy relations on person_papers to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, delete on person_papers to safelight_relations`.execute(db);
  for (const table of ['consents', 'disclosures', 'person_grants'])
    await sql`
      alter table ${sql.id(table)} drop constraint ${sql.id(`${table}_items_check`)},
        add constraint ${sql.id(`${table}_items_check`)}
          check (cardinality(items) > 0 and items <@ array[${oneOf([...shareableItems, ...examined])}])`.execute(db);
  await sql`alter table person_grants add column papers uuid[] not null default '{}'`.execute(db);
  await sql`create index person_grants_of_paper on person_grants using gin (papers) where ended_at is null`.execute(db);
  await handingOut(db);
  await sweeping(db);
}

/** The database itself requires that a shared document is about the same person and in a group that was agreed. */
const handingOut = (db: Kysely<unknown>): Promise<void> =>
  createTriggerFunction(
    db,
    'keep_granted_papers',
    `security definer set search_path = public, pg_temp as $$
    begin
      if exists (select from unnest(new.papers) g (id) where not exists (
           select from person_papers a join persons p on p.id = a.person_id
            where a.id = g.id and a.item = any (new.items) and new.person_id in (p.id, p.origin_id))) then
        raise exception 'a paper goes along where its group was agreed' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_granted_papers after insert on person_grants', when: 'cardinality(new.papers) > 0' },
  );

/** Which of these files still belong to a record. */
const sweeping = (db: Kysely<unknown>): Promise<void> =>
  createDefinerFunction(
    db,
    ['leader'],
    'papers_among(uuid[])',
    `create function ctx.papers_among(ids uuid[]) returns setof uuid
     language sql stable security definer set search_path = public, pg_temp as $$
       select a.file_id from person_papers a where a.file_id = any (ids) $$`,
  );
