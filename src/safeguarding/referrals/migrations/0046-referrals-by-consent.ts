import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { disclosurePurposes as purposes } from '../../../vocabulary/information-shared.ts';
import { grounds, referralEndings, referralOutcomes } from '../referral.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** A referral lasts as long as its recipient may see it, with a purpose, a deadline, questions and an end. Earlier referrals have no consent that anybody can show. Their recipients lose access, and the senders must ask again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table referrals drop constraint referrals_ground_check,
    add check (ground in (${oneOf(grounds)})),
    add column purpose text check (purpose in (${oneOf(purposes)})),
    add column hand_over boolean not null default false,
    add column answer_by timestamptz ${toTheHour('answer_by')},
    add column outcome text check (outcome in (${oneOf(referralOutcomes)})),
    add column ended text check (ended in (${oneOf(referralEndings)})),
    add column ended_at timestamptz ${toTheHour('ended_at')},
    add check (num_nulls(ended, ended_at) in (0, 2)),
    add check ((ended is not distinct from 'finished') = (outcome is not null)),
    add check (outcome is null or state = 'accepted')`.execute(db);
  await sql`
    create table referral_messages (
      id            uuid primary key,
      referral_id   uuid not null references referrals,
      agency_id     uuid not null,
      author_id     uuid not null,
      item          text,
      sealed_words  bytea not null,
      wrapped_key   bytea not null,
      written_at    timestamptz not null ${toTheHour('written_at')}
    )`.execute(db);
  await sql`create index referral_messages_of on referral_messages (referral_id, written_at)`.execute(db);
  for (const table of ['referrals', 'referral_messages']) {
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, update on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  await sql`create policy relations on referrals_versions to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert on referrals_versions to safelight_relations`.execute(db);
  await keeping(db);
  await ending(db);
}

const deciding = "'{state,decided_by,decided_at,sealed_reason,outcome,ended,ended_at}'::text[]";

/** A referral is never rewritten; it is decided once and ended once. An answer is about an agreed item, and nobody writes after the end. */
async function keeping(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'keep_referrals',
    `security definer set search_path = public, pg_temp as $$
    begin
      if new is not distinct from old then return null; end if;
      if to_jsonb(new) - ${deciding} is distinct from to_jsonb(old) - ${deciding}
         or old.ended is not null or (old.state <> 'sent' and new.state <> old.state) then
        raise exception 'what was asked stays as it was asked' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_referrals after update on referrals' },
  );
  await createTriggerFunction(
    db,
    'keep_referral_messages',
    `security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
           select from person_grants g where g.referral_id = new.referral_id and g.ended_at is null
              and g.until > coalesce(ctx.now(), new.written_at)
              and (g.recipient = new.agency_id and new.item is null or g.from_agency = new.agency_id and new.item = any (g.items))) then
        raise exception 'an answer is about what was agreed' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_referral_messages after insert on referral_messages' },
  );
}

/** Referral and grant end together: withdrawal ends the referral; declining or finishing ends the grant. */
async function ending(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'end_referral_of_grant',
    `security definer set search_path = public, pg_temp as $$
    begin
      update referrals set ended = 'taken back', ended_at = new.ended_at where id = new.referral_id and ended is null;
      return null;
    end $$`,
    {
      tie: 'end_referral_of_grant after update on person_grants',
      when: `old.ended is null and new.ended = 'taken back'`,
    },
  );
  await createTriggerFunction(
    db,
    'end_grant_of_referral',
    `security definer set search_path = public, pg_temp as $$
    begin
      update person_grants
         set ended_at = coalesce(date_trunc('hour', ctx.now()), new.ended_at, new.decided_at), ended = coalesce(new.ended, new.state)
       where referral_id = new.id and ended_at is null;
      return null;
    end $$`,
    { tie: 'end_grant_of_referral after update on referrals', when: `new.state = 'declined' or new.ended is not null` },
  );
}
