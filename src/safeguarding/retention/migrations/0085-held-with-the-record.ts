import type { Kysely } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Tables that refer to a record without a foreign key. */
const tables = ['consents', 'disclosures', 'person_grants', 'referrals'];

/** Every new row about a record locks the record. An erasure then waits and finds the row; a writer that waits for an erasure finds no record. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'hold_record',
    `security definer set search_path = public, pg_temp as $$
    declare
      was boolean := exists (select from persons p where p.id = new.person_id);
    begin
      perform from persons p where p.id = new.person_id or p.origin_id = new.person_id order by p.id for key share;
      if was and not exists (select from persons p where p.id = new.person_id) then
        -- As what is hidden: not found.
        raise exception 'the record is gone' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
    ...tables.map((table) => ({ tie: `hold_record before insert on ${table}` })),
  );
}
