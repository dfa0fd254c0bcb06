import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner } from '../../platform/access-policy/definer-functions.ts';
import { identityPurposes, originalPurposes, purposeAfterWithdrawal } from '../source-identity/identity-request.ts';
import { oneOf } from './given.ts';

/** A file as received may reveal the source identity, so a custodian opens it to one reader. Opening one does not open the other. */
const originalsTaken =
  (reads: string) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await sql`alter table contact_openings add column file_id uuid references report_files on delete cascade`.execute(
      db,
    );
    await sql`create index contact_openings_by_file on contact_openings (file_id)`.execute(db);
    await sql`alter table contact_openings drop constraint contact_openings_purpose_check`.execute(db);
    await sql`alter table contact_openings add constraint contact_openings_purpose_check check (
      case when file_id is null then purpose in (${oneOf(identityPurposes)}) else purpose in (${oneOf(originalPurposes)}) end)`.execute(
      db,
    );
    await sql`
      create function ctx.original_held(asked uuid, of_report uuid, asked_for text) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
        select ${sql.raw(reads)} and exists (
          select 1 from report_files f join reports r on r.id = f.report_id
           where f.id = asked and r.id = of_report and f.keeps_original and f.sealed_key is not null
             and r.agency_id = ctx.agency() and (r.state <> 'withdrawn' or asked_for = ${sql.lit(purposeAfterWithdrawal)})) $$`.execute(
      db,
    );
    await assignFunctionOwner(db, 'original_held(uuid, uuid, text)');
    await sql`set local role safelight_relations`.execute(db);
    await whatIsOpen(db);
    await sql`reset role`.execute(db);
  };

/** Both functions as they were, but for what a request is about. */
async function whatIsOpen(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function ctx.contact_opened() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(o.report_id), '{}') from contact_openings o join contact_decisions d on d.id = o.id
       where o.file_id is null and o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now() $$`.execute(
    db,
  );
  await sql`
    create or replace function ctx.keep_contact_openings() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('contact/' || new.asked_by, 0));
      if new.asked_at is distinct from ctx.now()
         or not coalesce(case when new.file_id is null then ctx.contact_held(new.report_id)
                              else ctx.original_held(new.file_id, new.report_id, new.purpose) end, false) then
        raise exception 'who told it, or a file as it came, is asked for now, by who reads it, where it is kept' using errcode = 'check_violation';
      end if;
      if exists (select 1 from contact_openings o left join contact_decisions d on d.id = o.id
                  where o.id <> new.id and o.asked_by = new.asked_by and o.report_id = new.report_id
                    and o.file_id is not distinct from new.file_id
                    and o.until > ctx.now() and coalesce(d.granted, true)) then
        raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
      end if;
      return null;
    end $$`.execute(db);
}

export const up = originalsTaken(`ctx.roles() && array['triage'] and ctx.side() = 'enforcement'`);
export const upApart = originalsTaken(
  `ctx.roles() && array['safeguarding lead', 'partner caseworker'] and ctx.side() = 'help'`,
);
