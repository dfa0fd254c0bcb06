import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import {
  custodyItem,
  custodyPurpose,
  disclosurePurposes,
  policePurpose,
  policeRequestKinds,
  shareableItems,
} from '../../../vocabulary/information-shared.ts';
import { examinations } from '../consent.ts';

const listed = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const oneOf = (values: readonly string[]) => sql.raw(listed(values));

/** Disclosures to custody or police in a child's best interests wait for a second person too. Their records rest on a disclosure with the same id. Older ones, sent by one member alone, stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table disclosures
    drop constraint disclosures_items_check, drop constraint disclosures_purpose_check,
    add constraint disclosures_items_check check (cardinality(items) > 0),
    add constraint disclosures_purpose_check check (purpose in (${oneOf([...disclosurePurposes, custodyPurpose, policePurpose])})),
    add constraint disclosures_within check (case purpose
      when ${oneOf([custodyPurpose])} then basis = 'child' and items = array[${oneOf([custodyItem])}]
      when ${oneOf([policePurpose])} then basis = 'child' and items <@ array[${oneOf(policeRequestKinds)}]
      else items <@ array[${oneOf([...shareableItems, ...examinations])}] end)`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(stamping).execute(db);
  await sql.raw(keeping).execute(db);
  await sql`reset role`.execute(db);
  await across(db, 'protective_notices', {
    teller: 'author_id',
    to: custodyPurpose,
    told: 'd.recipient = new.recipient',
  });
  await across(db, 'information_decisions', { teller: 'decided_by', to: policePurpose, told: 'new.kinds <@ d.items' });
}

/** As before. A refused disclosure also loses whom it would have named to custody or police. */
const stamping = `
  create or replace function ctx.stamp_disclosures() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
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
      if new.purpose in (${listed([custodyPurpose, policePurpose])}) then new.sealed_plan := null; end if;
    end if;
    if old.looked_at is null and new.looked_at is not null then
      new.looked_at := coalesce(hour, new.looked_at);
      new.looked_by := coalesce(ctx.member(), new.looked_by);
    end if;
    return new;
  end $$`;

const answering = "'{approved_by,approved_at,refused_by,refused_at,looked_by,looked_at,looked,sealed_said}'::text[]";

/** As before. Content that was sent or refused is also deleted here. */
const keeping = `
  create or replace function ctx.keep_disclosures() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
  declare
    forgets boolean;
  begin
    if tg_op = 'INSERT' then
      if new.told = 'by one alone' or num_nonnulls(new.refused_by, new.looked_by, new.sealed_said) > 0
         or (new.told = 'after approval' and new.approved_by is not null) then
        raise exception 'it is asked for before it is answered, by a second person' using errcode = 'check_violation';
      end if;
      return null;
    end if;
    if new is not distinct from old then return null; end if;
    forgets := old.sealed_plan is not null and new.sealed_plan is null and (case old.purpose
      when '${custodyPurpose}' then new.refused_at is not null or exists (select from protective_notices n where n.id = old.id)
      when '${policePurpose}' then new.refused_at is not null or exists (select from information_decisions i where i.id = old.id)
      else false end);
    if to_jsonb(new) - ${answering} - (case when forgets then 'sealed_plan' else '' end)
       is distinct from to_jsonb(old) - ${answering} - (case when forgets then 'sealed_plan' else '' end) then
      raise exception 'what was asked for stays as it was asked' using errcode = 'check_violation';
    end if;
    if forgets and to_jsonb(new) - 'sealed_plan' = to_jsonb(old) - 'sealed_plan' then return null; end if;
    if old.told = 'by one alone' or num_nonnulls(old.refused_by, old.looked_by) > 0
       or (old.told = 'after approval' and old.approved_by is not null)
       or (old.told = 'at once' and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at)) then
      raise exception 'it is answered once' using errcode = 'check_violation';
    end if;
    return null;
  end $$`;

/** Refuses sending without approval, by another author, about another person, or twice. */
const across = (
  db: Kysely<unknown>,
  table: 'protective_notices' | 'information_decisions',
  { teller, to, told }: { readonly teller: string; readonly to: string; readonly told: string },
): Promise<void> =>
  createTriggerFunction(
    db,
    `keep_second_person_of_${table}`,
    `security definer set search_path = public, pg_temp as $$
    begin
      -- Held: whoever answers it or sends it meanwhile waits.
      perform from disclosures d where d.id = new.id for update;
      if not exists (select from disclosures d where d.id = new.id and d.purpose = '${to}' and ${told}
            and d.approved_at is not null and d.looked is null and d.until > coalesce(ctx.now(), d.asked_at)
            and (d.told = 'at once' or d.told = 'after approval' and d.sealed_plan is not null)
            and d.asked_by = new.${teller} and d.agency_id = new.agency_id and d.person_id = new.person_id) then
        raise exception 'a second person approves what crosses the wall without the person’s yes' using errcode = 'check_violation';
      end if;
      update disclosures set sealed_plan = null where id = new.id and sealed_plan is not null;
      return null;
    end $$`,
    {
      tie: `keep_second_person_of_${table} after insert on ${table}`,
      when: `new.ground <> 'the person agreed'`,
    },
  );
