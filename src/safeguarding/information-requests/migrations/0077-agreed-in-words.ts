import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Keeps an adult’s consent to an answer to police like every other: with the wording shown, sealed with the reasons and erased with them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table information_decisions add column sealed_agreed bytea`.execute(db);
  await createTriggerFunction(
    db,
    'keep_information_decisions',
    `security definer set search_path = public, pg_temp as $$
    begin
      if (new.ground is not distinct from 'the person agreed') <> (new.sealed_agreed is not null) then
        raise exception 'a yes is kept with the words that were shown, and no other is' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_information_decisions after insert on information_decisions' },
  );
  await createTriggerFunction(
    db,
    'forget_agreed',
    `security definer set search_path = public, pg_temp as $$
    begin
      new.sealed_agreed := null;
      return new;
    end $$`,
    { tie: 'forget_agreed before update on information_decisions', when: 'new.sealed_reasons is null' },
  );
}
