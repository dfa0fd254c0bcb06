import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../platform/access-policy/definer-functions.ts';
import { purposeAfterWithdrawal } from '../source-identity/identity-request.ts';

/** Taking a report back withdraws consent to reveal its source identity. What a custodian opened before is closed, and later requests need a court or a law, as for a file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql`
    create or replace function ctx.contact_opened() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(o.report_id), '{}')
        from contact_openings o join contact_decisions d on d.id = o.id join reports r on r.id = o.report_id
       where o.file_id is null and o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now()
         and (r.state <> 'withdrawn' or o.purpose = ${sql.lit(purposeAfterWithdrawal)}) $$`.execute(db);
  await sql`reset role`.execute(db);
  await createTriggerFunction(
    db,
    'keep_taken_back',
    `security definer set search_path = public, pg_temp as $$
    begin
      if exists (select 1 from reports r where r.id = new.report_id and r.state = 'withdrawn') then
        raise exception 'who told a report that was taken back is asked for by a court or a law alone'
          using errcode = 'object_not_in_prerequisite_state';
      end if;
      return null;
    end $$`,
    { tie: 'keep_taken_back after insert on contact_openings', when: `new.purpose <> '${purposeAfterWithdrawal}'` },
  );
}
