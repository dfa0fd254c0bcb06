import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { messageKinds, partKinds, queues, states, ways } from '../report.ts';
import { outcomes } from '../retention/retention.ts';

/** A press of "Send", and the question for a draft, planned once a connection and no oftener; what has nothing to keep is not asked to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await oneCheckEach(db);
  await outcomesOfTheClosed(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql`drop function ctx.draft(bytea, timestamptz)`.execute(db);
  await sql`reset role`.execute(db);
  await createDefinerFunction(
    db,
    ['public'],
    'draft(bytea, timestamptz)',
    `create function ctx.draft(asked bytea, moment timestamptz) returns bytea
     language plpgsql stable security definer set search_path = public, pg_temp as $$
     begin
       return (select d.sealed from report_drafts d where d.hash = asked and d.ends_at > moment);
     end $$`,
  );
  await received(db, endOfDraft);
}

/** Behind the wall lie no drafts. */
export async function upLine(db: Kysely<unknown>): Promise<void> {
  await oneCheckEach(db);
  await outcomesOfTheClosed(db);
  await received(db, '');
}

const oneOf = (values: readonly string[]): string => `(${values.map((value) => `'${value}'`).join(', ')})`;
const toTheHour = (column: string): string => `(r.${column} is null or r.${column} = date_trunc('hour', r.${column}))`;

/** The same checks as before, in one function per table. PostgreSQL plans a table's checks for every row written, but a function once per connection. */
async function oneCheckEach(db: Kysely<unknown>): Promise<void> {
  const tables = {
    reports: [
      ...['received_at', 'acted_at', 'due_at', 'closed_at'].map(toTheHour),
      `r.way in ${oneOf(ways)}`,
      `r.queue in ${oneOf(queues)}`,
      `r.state in ${oneOf(states)}`,
      `(r.outcome is null or r.outcome in ${oneOf(outcomes)})`,
      '(r.look_up is null or octet_length(r.look_up) = 32)',
      '(r.look_up is null) = (r.receipt_key is null)',
      '(r.closed_at is null) = (r.outcome is null)',
      `(r.state in ('closed', 'withdrawn')) = (r.closed_at is not null)`,
    ],
    report_parts: [
      toTheHour('said_at'),
      'r.place >= 0',
      `r.kind in ${oneOf(partKinds)}`,
      `(r.kind in ${oneOf(messageKinds)}) = (r.member_id is not null)`,
    ],
  };
  for (const [table, rules] of Object.entries(tables)) {
    const { rows } = await sql<{ name: string }>`
      select conname as name from pg_constraint where conrelid = ${table}::regclass and contype = 'c'`.execute(db);
    for (const { name } of rows) await sql`alter table ${sql.id(table)} drop constraint ${sql.id(name)}`.execute(db);
    await sql
      .raw(
        `create function is_one_of_${table}(r ${table}) returns boolean language plpgsql immutable as $$
         begin
           return ${rules.join('\n              and ')};
         end $$`,
      )
      .execute(db);
    await sql
      .raw(`alter table ${table} add constraint ${table}_as_they_must_be check (is_one_of_${table}(${table}))`)
      .execute(db);
  }
}

/** What is new and open has none. */
async function outcomesOfTheClosed(db: Kysely<unknown>): Promise<void> {
  // Only a role that may execute a function can create a trigger with it. The grant lasts for this transaction and is invisible outside it.
  await sql`set local role safelight_relations`.execute(db);
  await sql`grant execute on function ctx.keep_outcome() to public`.execute(db);
  await sql`reset role`.execute(db);
  await sql`drop trigger keep_outcome on reports`.execute(db);
  await sql`create trigger keep_outcome before update on reports for each row execute function ctx.keep_outcome()`.execute(
    db,
  );
  await sql`create trigger keep_first_outcome before insert on reports for each row
    when (new.state <> 'open' or new.outcome is not null or new.closed_at is not null)
    execute function ctx.keep_outcome()`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql`revoke all on function ctx.keep_outcome() from public`.execute(db);
  await sql`reset role`.execute(db);
}

/** As `end_draft`, one index after the other. */
const endOfDraft = `
       if used is not null then
         delete from report_drafts d where d.hash = used returning d.before into earlier;
         delete from report_drafts d where d.before = used;
         if earlier is not null then delete from report_drafts d where d.hash = earlier; end if;
       end if;`;

/** One call, one transaction: the report, its receipt's wrapping and its row of the log are durable together, or none is. Sent twice it is kept once; told is whether the receipt opens what is kept. A door may remember how a line is attended: nothing, and null, for what was sealed as it is attended no longer. */
async function received(db: Kysely<unknown>, end: string): Promise<void> {
  const ofReceived =
    'uuid, text, bytea, bytea, bytea, timestamptz, integer, boolean, text, uuid, bytea, bytea, bytea, uuid';
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(`drop function ctx.receive_as_told(uuid, bytea, ${ofReceived})`).execute(db);
  await sql.raw(`drop function ctx.receive_report(${ofReceived})`).execute(db);
  await sql`reset role`.execute(db);
  await createDefinerFunction(
    db,
    ['public'],
    `receive_as_told(uuid, bytea, ${ofReceived})`,
    `create function ctx.receive_as_told(
       as_told uuid, used bytea, report uuid, by_way text, key_sealed bytea, wrapped bytea, found_by bytea, hour timestamptz,
       hours integer, in_danger boolean, in_queue text, part uuid, told bytea, contact_key bytea, contact bytea, request uuid)
     returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       opens boolean := found_by is not null;
       attended_id uuid;
       attending uuid;
       attended_state text;
       earlier bytea;
     begin
       if by_way <> 'public form' then
         raise exception 'the public form is the only way in here' using errcode = 'insufficient_privilege';
       end if;
       select a.id, a.agency_id, a.state into attended_id, attending, attended_state
         from attendances a order by a.set_at desc, a.id desc limit 1;
       if attended_state is distinct from 'open' or attended_id is distinct from as_told then return null; end if;
       insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
         values (report, attending, by_way, key_sealed, found_by, wrapped, hour, hour,
                 hour + make_interval(hours => hours), in_danger, in_queue, 'open', true)
         on conflict (id) do nothing;
       if found then
         insert into report_parts (id, report_id, place, kind, sealed, said_at) values (part, report, 0, 'told', told, hour);
         if contact is not null then
           insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attending, contact_key, contact);
         end if;
         insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
           values (hour, 'collection', 'report.received', 'anyone', 'information', report, attending, request);
       else
         opens := exists (select 1 from reports r where r.id = report and r.look_up = found_by);
       end if;
${end}
       return opens;
     end $$`,
  );
}
