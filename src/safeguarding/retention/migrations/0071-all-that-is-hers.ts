import { type Kysely, sql } from 'kysely';
import { erasing } from './0071-erasing.ts';
import { actsOfHelp, concernDays } from './0071-what-is-hers.ts';

/** All help keeps a record and restarts its period. Any addition stops an erasure, every key is erased with the record, and decisions on police requests stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, rights] of read) await forRelations(db, table, rights);
  await decided(db);
  await sql`create unique index keeping_facts_one_order on keeping_facts (person_id)
    where what = 'asked to go' and ended_on is null`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await standing(db);
  await erasing(db);
  await sql`reset role`.execute(db);
}

const read: readonly (readonly [table: string, rights: string])[] = [
  ...[
    'concerns',
    'concerns_versions',
    'tasks',
    'protective_notices',
    'wristband_people',
    'wristbands',
    'receptions',
  ].map((table) => [table, 'select'] as const),
  ['information_decisions', 'select, update'],
];

async function forRelations(db: Kysely<unknown>, table: string, rights: string): Promise<void> {
  await sql`drop policy if exists relations on ${sql.id(table)}`.execute(db);
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant ${sql.raw(rights)} on ${sql.id(table)} to safelight_relations`.execute(db);
}

/** A decision stays after the erasure of its record, without reasons. The lead is then not asked to decide again about an erased person. */
const decided = async (db: Kysely<unknown>): Promise<void> =>
  void (await sql`
    alter table information_decisions
      alter column sealed_reasons drop not null,
      alter column wrapped_key drop not null,
      drop constraint information_decisions_check,
      add constraint information_decisions_reasons check (num_nulls(sealed_reasons, wrapped_key) in (0, 2)),
      add constraint information_decisions_given check ((outcome = 'give what was agreed')
        = (ground is not null and cardinality(kinds) > 0 and (person_id is not null or sealed_reasons is null)))`.execute(
    db,
  ));

/** The facts of each record that the rules need, and no content: TypeScript applies the rules. */
const standing = async (db: Kysely<unknown>): Promise<void> =>
  void (await sql
    .raw(
      `create or replace function ctx.kept_people(agency uuid, one uuid, beyond uuid, most integer)
         returns table (id uuid, agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[],
           help jsonb, concerned date[], seen integer, wrapped_key bytea)
         language sql stable security definer set search_path = public, pg_temp as $$
         select p.id, p.agency_id, p.origin, p.opened_at,
                coalesce(h.first, (p.opened_at at time zone 'Europe/London')::date),
                coalesce(f.facts, '[]'), coalesce(h.days, '{}'), coalesce(h.help, '[]'), coalesce(w.days, '{}'),
                (coalesce(f.many, 0) + coalesce(h.many, 0) + coalesce(w.many, 0)
                  + (select count(*) from persons_versions v where v.id = p.id))::integer, p.wrapped_key
           from persons p
           left join lateral (
             select jsonb_agg(to_jsonb(f) - 'reason' order by f.said_on, f.id) as facts, count(*) + count(f.ended_on) as many
               from keeping_facts f where f.person_id = p.id) f on true
           left join lateral (
             select min(a.day) filter (where a.met) as first, array_agg(a.day) filter (where a.day is not null) as days, sum(a.many) as many,
                    jsonb_agg(jsonb_build_object('since', a.day, 'ended', a.ended)) filter (where a.goes) as help
               from (${actsOfHelp}) a) h on true
           left join lateral (
             select array_agg(c.day) as days, sum(c.many) as many from (${concernDays}) c) w on true
          where (agency is null or p.agency_id = agency) and (one is null or p.id = one) and p.id > beyond
          order by p.id limit most $$`,
    )
    .execute(db));
