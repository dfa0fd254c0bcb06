/** Part of 0039: a custodian opens a source identity to one reader, for a time. */

import { type Kysely, sql } from 'kysely';
import { maxRequestHours } from '../../access/custodian-decisions/index.ts';
import { assignFunctionOwner, createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { identityPurposes } from '../source-identity/identity-request.ts';
import { forRelations, oneOf } from './given.ts';

type Door = { readonly caller: DatabaseRole; readonly reads: string };

export async function contactOpenings(db: Kysely<unknown>, door: Door): Promise<void> {
  await sql`
    create table contact_openings (
      id         uuid primary key,
      report_id  uuid not null references reports on delete cascade,
      agency_id  uuid not null,
      asked_by   uuid not null,
      purpose    text not null check (purpose in (${oneOf(identityPurposes)})),
      reason     text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\\S\\s+\\S+\\s+\\S'),
      asked_at   timestamptz not null,
      until      timestamptz not null check (until > asked_at and until <= asked_at + make_interval(hours => ${sql.lit(maxRequestHours)}))
    )`.execute(db);
  await sql`create index contact_openings_by_asker on contact_openings (asked_by, until)`.execute(db);
  await sql`create index contact_openings_by_agency on contact_openings (agency_id, asked_at)`.execute(db);
  await sql`create index contact_openings_by_report on contact_openings (report_id)`.execute(db);
  await sql`
    create table contact_decisions (
      id          uuid primary key references contact_openings on delete cascade,
      granted     boolean not null,
      reasons     text not null check (length(btrim(reasons)) >= 20),
      decided_by  uuid not null,
      decided_at  timestamptz not null
    )`.execute(db);
  for (const table of ['contact_openings', 'contact_decisions']) await forRelations(db, table);
  await asking(db, door);
  await deciding(db);
  await createDefinerFunction(
    db,
    [door.caller],
    'contact_opened()',
    `create function ctx.contact_opened() returns uuid[]
     language sql stable security definer set search_path = public, pg_temp as $$
       select coalesce(array_agg(o.report_id), '{}') from contact_openings o join contact_decisions d on d.id = o.id
        where o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now() $$`,
  );
}

/** The row policies say who; the trigger of what, when, and not twice at once. */
async function asking(db: Kysely<unknown>, { caller, reads }: Door): Promise<void> {
  await createDefinerFunction(
    db,
    [caller],
    'contact_held(uuid)',
    `create function ctx.contact_held(asked uuid) returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select ${reads} and exists (select 1 from report_contacts c where c.id = asked and c.agency_id = ctx.agency()) $$`,
  );
  await sql`
    create function ctx.keep_contact_openings() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('contact/' || new.asked_by, 0));
      if not coalesce(ctx.contact_held(new.report_id), false) or new.asked_at is distinct from ctx.now() then
        raise exception 'who told it is asked for now, by who reads it, where somebody said' using errcode = 'check_violation';
      end if;
      if exists (select 1 from contact_openings o left join contact_decisions d on d.id = o.id
                  where o.id <> new.id and o.asked_by = new.asked_by and o.report_id = new.report_id
                    and o.until > ctx.now() and coalesce(d.granted, true)) then
        raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger keep_contact_openings after insert on contact_openings for each row execute function ctx.keep_contact_openings()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'keep_contact_openings()');
}

async function deciding(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.keep_contact_decisions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.decided_at is distinct from ctx.now()
         or not exists (select 1 from contact_openings o where o.id = new.id and o.agency_id = ctx.agency()
                          and o.asked_by <> ctx.member() and o.until > ctx.now()) then
        raise exception 'a custodian of the agency decides, who did not ask, while the time lasts' using errcode = 'check_violation';
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger keep_contact_decisions after insert on contact_decisions for each row execute function ctx.keep_contact_decisions()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'keep_contact_decisions()');
}
