import { type Kysely, sql } from 'kysely';

/** The indicators of the catalogue of 28 November 2026 that an onlooker can observe. */
const observable = [
  ...['afraid', 'guarded', 'tattoo', 'callers day and night', 'papers held', 'acts as told'],
  ...['child set apart', 'child at unsuitable work', 'child where sex is sold', 'distrust', 'little English'],
  ...['kind of place', 'poor housing', 'child travels'],
];

/** A visit holds only what an onlooker could observe. Earlier disclosures are marked: they are counted and part of answers to the person, but enforcement pages hide them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table observations no force row level security`.execute(db);
  await sql`alter table observations disable trigger keep_earlier_version`.execute(db);
  await sql`alter table observations add column evidence text check (evidence in ('observable', 'disclosed'))`.execute(
    db,
  );
  await sql`
    update observations set evidence = case when sign_id = any (${sql.val(observable)}) then 'observable' else 'disclosed' end`.execute(
    db,
  );
  await sql`alter table observations alter column evidence set not null`.execute(db);
  await sql`alter table observations enable trigger keep_earlier_version`.execute(db);
  await sql`alter table observations force row level security`.execute(db);
  await sql`
    create function refuse_disclosed() returns trigger language plpgsql as $$
    begin
      if new.evidence <> 'observable' and (tg_op = 'INSERT' or old.evidence = 'observable') then
        raise exception 'a visit holds only what an onlooker could observe' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger refuse_disclosed before insert or update on observations for each row execute function refuse_disclosed()`.execute(
    db,
  );
}
