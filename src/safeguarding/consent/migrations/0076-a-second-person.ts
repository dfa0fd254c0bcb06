import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { disclosureTimings, reviewResults } from '../../disclosures/disclosure.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Authors cannot approve their own disclosures without consent. A second person approves in advance, or reviews a disclosure at once. Older ones made by one member alone stay, marked as such. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table disclosures
    alter column approved_by drop not null,
    alter column approved_at drop not null,
    add column told text not null default 'by one alone' check (told in (${oneOf(disclosureTimings)})),
    add column asked_by uuid,
    add column asked_at timestamptz ${toTheHour('asked_at')},
    add column sealed_plan bytea,
    add column refused_by uuid,
    add column refused_at timestamptz ${toTheHour('refused_at')},
    add column sealed_cannot_wait bytea,
    add column look_by timestamptz ${toTheHour('look_by')},
    add column looked_by uuid,
    add column looked_at timestamptz ${toTheHour('looked_at')},
    add column looked text check (looked in (${oneOf(reviewResults)})),
    add column sealed_said bytea`.execute(db);
  await sql`update disclosures set asked_by = approved_by, asked_at = approved_at`.execute(db);
  await sql`alter table disclosures
    alter column told drop default,
    alter column asked_by set not null,
    alter column asked_at set not null,
    add constraint disclosures_asked_until check (until > asked_at and until <= asked_at + interval '366 days'),
    add constraint disclosures_approved check (num_nulls(approved_by, approved_at) in (0, 2)),
    add constraint disclosures_refused check (num_nulls(refused_by, refused_at) in (0, 2)
      and (refused_by is null or approved_by is null and told = 'after approval' and sealed_said is not null)),
    add constraint disclosures_looked check (num_nulls(looked_by, looked_at, looked) in (0, 3)
      and (looked is null or told = 'at once')
      and (looked is distinct from 'something was wrong' or sealed_said is not null)),
    add constraint disclosures_second check (case told
      when 'after approval' then approved_by is distinct from asked_by and refused_by is distinct from asked_by
        and num_nonnulls(sealed_cannot_wait, look_by) = 0
      when 'at once' then approved_by is not distinct from asked_by and looked_by is distinct from asked_by
        and basis in ('child', 'vital interests') and num_nulls(sealed_cannot_wait, look_by) = 0
      else approved_by is not null end)`.execute(db);
  await sql`create index disclosures_waiting on disclosures (agency_id)
    where told = 'after approval' and approved_at is null and refused_at is null or told = 'at once' and looked_at is null`.execute(
    db,
  );
  await sql`create index disclosures_asked_by on disclosures (asked_by)`.execute(db);
  await stamping(db);
  await keeping(db);
  await grantsWithin(db);
}

/** The database sets who answers and when, whatever a form says. */
async function stamping(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'stamp_disclosures',
    `security definer set search_path = public, pg_temp as $$
    declare
      hour timestamptz := date_trunc('hour', ctx.now());
    begin
      if old.approved_at is null and new.approved_at is not null then
        new.approved_at := coalesce(hour, new.approved_at);
        new.approved_by := coalesce(ctx.member(), new.approved_by);
      end if;
      if old.refused_at is null and new.refused_at is not null then
        new.refused_at := coalesce(hour, new.refused_at);
        new.refused_by := coalesce(ctx.member(), new.refused_by);
      end if;
      if old.looked_at is null and new.looked_at is not null then
        new.looked_at := coalesce(hour, new.looked_at);
        new.looked_by := coalesce(ctx.member(), new.looked_by);
      end if;
      return new;
    end $$`,
    { tie: 'stamp_disclosures before update on disclosures' },
  );
}

const answering = "'{approved_by,approved_at,refused_by,refused_at,looked_by,looked_at,looked,sealed_said}'::text[]";

/** A request is never rewritten; it is answered once, by another member. */
async function keeping(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'keep_disclosures',
    `security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.told = 'by one alone' or num_nonnulls(new.refused_by, new.looked_by, new.sealed_said) > 0
           or (new.told = 'after approval' and new.approved_by is not null) then
          raise exception 'it is asked for before it is answered, by a second person' using errcode = 'check_violation';
        end if;
        return null;
      end if;
      if new is not distinct from old then return null; end if;
      if to_jsonb(new) - ${answering} is distinct from to_jsonb(old) - ${answering} then
        raise exception 'what was asked for stays as it was asked' using errcode = 'check_violation';
      end if;
      if old.told = 'by one alone' or num_nonnulls(old.refused_by, old.looked_by) > 0
         or (old.told = 'after approval' and old.approved_by is not null)
         or (old.told = 'at once' and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at)) then
        raise exception 'it is answered once' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_disclosures after insert or update on disclosures' },
  );
}

/** Refuses a grant without approval, by another author, or on a disclosure whose review found something wrong. */
const grantsWithin = (db: Kysely<unknown>): Promise<void> =>
  createTriggerFunction(
    db,
    'keep_told_without_consent',
    `security definer set search_path = public, pg_temp as $$
    begin
      -- Held: whoever looks at it meanwhile waits.
      perform from disclosures d where d.id = new.disclosure_id for share;
      if not exists (select from disclosures d where d.id = new.disclosure_id and d.approved_at is not null
            and d.asked_by = new.author_id and d.looked is distinct from 'something was wrong') then
        raise exception 'a second person approves what is told without consent' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_told_without_consent after insert on person_grants', when: 'new.disclosure_id is not null' },
  );
