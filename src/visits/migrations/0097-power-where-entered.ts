import { type Kysely, sql } from 'kysely';
import { answers, enteredAnswers } from '../visit.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const entered = sql`coalesce(answer in (${oneOf(enteredAnswers)}), false)`;
const noneEntered = 'No power is recorded where nobody entered';

/** Records the answer at the door in the field's words, and a power of entry only if somebody entered. Powers recorded on other visits stay readable as earlier versions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['visits', 'visits_versions', 'searches'])
    await sql`alter table ${sql.id(table)} no force row level security`.execute(db);
  await sql`alter table visits disable trigger keep_earlier_version`.execute(db);
  await dropOldChecks(db);
  await renameAnswers(db);
  await sql`
    insert into visits_versions (id, record, version, replaced_at, reason)
    select v.id, to_jsonb(v), 1 + coalesce((select max(version) from visits_versions e where e.id = v.id), 0),
           now(), ${sql.lit(noneEntered)}
      from visits v where not ${entered}`.execute(db);
  await sql`update visits set power_id = null, basis = null, basis_ground = null where not ${entered}`.execute(db);
  await sql`
    alter table visits
      add constraint visits_answer_check check (answer in (${oneOf(answers)})),
      add constraint visits_no_reply check (answer is distinct from 'no reply' or coalesce(present, 0) = 0),
      add constraint visits_power_where_entered check (num_nonnulls(power_id, basis, basis_ground) = 0 or ${entered}),
      add constraint visits_power_named check (basis is not null or num_nonnulls(power_id, basis_ground) = 0),
      add constraint visits_finished_with_power check (finished_at is null or basis is not null or not ${entered})`.execute(
    db,
  );
  await sql`alter table visits enable trigger keep_earlier_version`.execute(db);
  for (const table of ['visits', 'visits_versions', 'searches'])
    await sql`alter table ${sql.id(table)} force row level security`.execute(db);
}

/** Drops the checks with the old answers, and the one that requires a power at every visit. */
async function dropOldChecks(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select conname as name from pg_constraint
     where conrelid = 'visits'::regclass and contype = 'c'
       and (pg_get_constraintdef(oid) like '%nobody in%' or conname = 'visits_answer_check')`.execute(db);
  for (const { name } of rows) await sql`alter table visits drop constraint ${sql.id(name)}`.execute(db);
  await sql`alter table visits alter column basis drop not null`.execute(db);
}

/** A recorded search or use of force shows that somebody did enter. */
async function renameAnswers(db: Kysely<unknown>): Promise<void> {
  await sql`
    update visits v set answer = case
      when answer = 'spoken with' then 'entered'
      when exists (select from searches s where s.id = v.id and s.force_used is not null)
        then case answer when 'refused' then 'entered by force after refusal' else 'entered by force after no reply' end
      when exists (select from searches s where s.id = v.id and s.searched) then 'entered'
      when answer = 'refused' then 'refused entry'
      else 'no reply' end
    where answer in ('nobody in', 'refused', 'spoken with')`.execute(db);
  await sql`
    update visits_versions set record = jsonb_set(record, '{answer}', case record ->> 'answer'
      when 'spoken with' then '"entered"' when 'refused' then '"refused entry"' else '"no reply"' end::jsonb)
    where record ->> 'answer' in ('nobody in', 'refused', 'spoken with')`.execute(db);
}
