import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** A consent keeps any language, by code or by a name in letters. A notice of withdrawal names its referral. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table consents
    drop constraint consents_language_check,
    add constraint consents_language_check check (char_length(language) between 2 and 60 and language !~ '[0-9@:/]')`.execute(
    db,
  );
  await sql`alter table grant_ends add column referral_id uuid`.execute(db);
  await sql`alter table grant_ends disable trigger keep_grant_ends`.execute(db);
  await sql`update grant_ends e set referral_id = g.referral_id from person_grants g where g.id = e.id`.execute(db);
  await sql`alter table grant_ends enable trigger keep_grant_ends`.execute(db);
  await sql`create index grant_ends_of_request on grant_ends (referral_id) where referral_id is not null`.execute(db);
  await createTriggerFunction(
    db,
    'name_request_of_end',
    `security definer set search_path = public, pg_temp as $$
    begin
      new.referral_id := (select g.referral_id from person_grants g where g.id = new.id);
      return new;
    end $$`,
    { tie: 'name_request_of_end before insert on grant_ends' },
  );
}
