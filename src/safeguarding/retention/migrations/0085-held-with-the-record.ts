import type { Kysely } from 'kysely';
import { triggerFunction } from '../../../platform/door-function.ts';

/** What names a record and hangs on it by no key of the database. */
const tables = ['consents', 'disclosures', 'person_grants', 'referrals'];

/** Whatever is written of a record holds it meanwhile: who lets the person go waits, and then finds it; who waits for that herself finds nobody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await triggerFunction(
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
