import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** The sender can take back a referral made on a legal ground, but cannot decide for the recipient. An accepting agency can say where and when. If a worker states that the person agreed, no language is recorded, because no wording was read out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table consents
    alter column language drop not null,
    add check (language is not null or (how = 'a worker says so' and interpreted = 'not written down'))`.execute(db);
  await sql`alter table referrals
    drop constraint referrals_check1,
    add check (state <> 'declined' or sealed_reason is not null),
    add check (state <> 'sent' or sealed_reason is null)`.execute(db);
  await createTriggerFunction(
    db,
    'keep_called_back',
    `security definer set search_path = public, pg_temp as $$
    begin
      if ctx.agency() <> old.to_agency and not old.outside and new is distinct from old
         and (new.state <> old.state or new.ended is distinct from 'taken back'
           or new.sealed_reason is distinct from old.sealed_reason) then
        raise exception 'whoever asks decides nothing for the agency asked' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_called_back after update on referrals' },
  );
}
