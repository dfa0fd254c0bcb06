import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';

/** One call for a press of "Send": the report as `receive_report` takes it in, and an end to its draft. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inOnePiece(db, 'report_drafts');
  await inOnePiece(db, 'report_parts');
  await receivedAsTold(db, endOfDraft);
}

/** Behind the wall lie no drafts. */
export async function upLine(db: Kysely<unknown>): Promise<void> {
  await inOnePiece(db, 'report_parts');
  await receivedAsTold(db, '');
}

/** Compressing sealed data gains nothing, and data of the usual length stays in its row. */
async function inOnePiece(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.id(table)} alter column sealed set storage external`.execute(db);
  await sql`alter table ${sql.id(table)} set (toast_tuple_target = 4080)`.execute(db);
}

/** As `end_draft`, one index after the other. */
const endOfDraft = `
       if used is not null then
         delete from report_drafts d where d.hash = used returning d.before into earlier;
         delete from report_drafts d where d.before = used;
         if earlier is not null then delete from report_drafts d where d.hash = earlier; end if;
       end if;`;

/** The public site may cache how a line is attended. This function returns nothing for a report sealed under outdated attendance, and is the only way in. */
async function receivedAsTold(db: Kysely<unknown>, end: string): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql`revoke execute on function ctx.receive_report from safelight_public`.execute(db);
  await sql`reset role`.execute(db);
  await createDefinerFunction(
    db,
    ['public'],
    'receive_as_told(uuid, bytea, uuid, text, bytea, bytea, bytea, timestamptz, integer, boolean, text, uuid, bytea, bytea, bytea, uuid)',
    `create function ctx.receive_as_told(
       as_told uuid, used bytea, report uuid, by_way text, key_sealed bytea, wrapped bytea, found_by bytea, hour timestamptz,
       hours integer, in_danger boolean, in_queue text, part uuid, told bytea, contact_key bytea, contact bytea, request uuid)
     returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       opens boolean;
       attended attendances;
       earlier bytea;
     begin
       if by_way <> 'public form' then
         raise exception 'the public form is the only way in here' using errcode = 'insufficient_privilege';
       end if;
       select * into attended from attendances order by set_at desc, id desc limit 1;
       if attended.state is distinct from 'open' or attended.id is distinct from as_told then return null; end if;
       opens := ctx.receive_report(report, by_way, key_sealed, wrapped, found_by, hour, hours, in_danger, in_queue, part, told,
                                   contact_key, contact, request);
${end}
       return opens;
     end $$`,
  );
}
