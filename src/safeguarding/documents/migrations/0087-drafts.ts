import { type Kysely, sql } from 'kysely';
import {
  disclosurePurposes,
  documentGroups,
  draftGroup,
  shareableItems,
} from '../../../vocabulary/information-shared.ts';
import { examined } from './0069-papers.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Adds the NRM draft as a consent group and the making of one as a purpose. The recipient of a draft answers with the service's number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const checked = (table: string, column: string, check: ReturnType<typeof sql>) => {
    const name = sql.id(`${table}_${column}_check`);
    return sql`alter table ${sql.id(table)} drop constraint ${name}, add constraint ${name} check (${check})`.execute(
      db,
    );
  };
  for (const table of ['consents', 'disclosures', 'person_grants']) {
    const told = sql`array[${oneOf([...shareableItems, ...examined])}]`;
    await checked(table, 'items', sql`cardinality(items) > 0 and items <@ ${told}`);
  }
  for (const table of ['consents', 'disclosures', 'person_grants', 'referrals'])
    await checked(table, 'purpose', sql`purpose in (${oneOf(disclosurePurposes)})`);
  await checked('person_papers', 'item', sql`item in (${oneOf(documentGroups)})`);
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(answering).execute(db);
  await sql`reset role`.execute(db);
}

/** As before; the recipient of a draft may answer about it too. */
const answering = `
  create or replace function ctx.keep_referral_messages() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
  begin
    if not exists (
         select from person_grants g where g.referral_id = new.referral_id and g.ended_at is null
            and g.until > coalesce(ctx.now(), new.written_at)
            and (new.item is null and g.recipient = new.agency_id
              or new.item = any (g.items) and (g.from_agency = new.agency_id
                or g.recipient = new.agency_id and new.item = '${draftGroup}'))) then
      raise exception 'an answer is about what was agreed' using errcode = 'check_violation';
    end if;
    return null;
  end $$`;
