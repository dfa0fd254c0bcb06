import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { createVersionsTable } from '../../../platform/database/earlier-versions.ts';

/** Concerns in the safeguarding database, erased with the record. The content is one value sealed under the person’s key and bound to its version, so that no older one can be restored. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table concerns (
      id           uuid primary key,
      person_id    uuid not null references persons on delete cascade,
      agency_id    uuid not null,
      author_id    uuid not null,
      raised_at    timestamptz not null check (raised_at = date_trunc('hour', raised_at)),
      revision     integer not null check (revision > 0),
      sealed_said  bytea not null
    )`.execute(db);
  await sql`create index concerns_of_person on concerns (person_id)`.execute(db);
  await sql`create index concerns_by_agency on concerns (agency_id)`.execute(db);
  await createVersionsTable(db, 'concerns');
  await sql`alter table concerns_versions add check (replaced_at = date_trunc('hour', replaced_at))`.execute(db);
  await sql`alter table concerns_versions drop constraint concerns_versions_id_fkey`.execute(db);
  await sql`alter table concerns_versions add foreign key (id) references concerns on delete cascade`.execute(db);
  await createTriggerFunction(
    db,
    'keep_concerns',
    `security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.revision <> 1 then
          raise exception 'a concern begins at its first revision' using errcode = 'check_violation';
        end if;
        return null;
      end if;
      if new.revision <> old.revision + 1
         or to_jsonb(new) - '{sealed_said,revision}'::text[] is distinct from to_jsonb(old) - '{sealed_said,revision}'::text[] then
        raise exception 'of a concern only what was said changes, one revision after the other' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_concerns after insert or update on concerns' },
  );
}
