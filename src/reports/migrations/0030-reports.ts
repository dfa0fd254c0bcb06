import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner, createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { lineStates, readingDays } from '../attendance/attendance.ts';
import { daysAfterClosing, messageKinds, partKinds, queues, states, ways } from '../report.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Reports to police, and the drafts of all: the public site that adds them can read none of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await upLine(db);
  await drafts(db);
}

/** The same tables in the safeguarding database, for what people say about themselves. No key to any other table: the store may be on another server. */
export async function upLine(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await attending(db);
  await receiving(db);
  await comingBack(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attendances (
      id                uuid primary key,
      agency_id         uuid not null,
      state             text not null check (state in (${oneOf(lineStates)})),
      key_id            text not null check (key_id <> ''),
      days              text[] not null check (cardinality(days) > 0 and days <@ array[${oneOf(readingDays)}]),
      opens             text not null check (opens ~ '^[0-2][0-9]:[0-5][0-9]$'),
      closes            text not null check (closes ~ '^[0-2][0-9]:[0-5][0-9]$' and closes > opens),
      promised_hours    integer not null check (promised_hours between 1 and 48),
      readers           text not null check (readers <> ''),
      must_act          text not null check (must_act <> ''),
      immigration       text not null check (immigration <> ''),
      notice            text not null check (notice <> ''),
      keeps_confidence  boolean not null,
      on_call           text not null check (on_call <> ''),
      set_by            uuid not null,
      set_at            timestamptz not null
    )`.execute(db);
  await sql`
    create table reports (
      id           uuid primary key,
      agency_id    uuid not null,
      way          text not null check (way in (${oneOf(ways)})),
      sealed_key   bytea not null,
      look_up      bytea unique check (octet_length(look_up) = 32),
      receipt_key  bytea,
      received_at  timestamptz not null ${toTheHour('received_at')},
      acted_at     timestamptz not null ${toTheHour('acted_at')},
      due_at       timestamptz not null ${toTheHour('due_at')},
      danger       boolean not null,
      queue        text not null check (queue in (${oneOf(queues)})),
      state        text not null check (state in (${oneOf(states)})),
      unread       boolean not null,
      answerable   boolean not null generated always as (look_up is not null) stored,
      check ((look_up is null) = (receipt_key is null))
    )`.execute(db);
  await sql`create index reports_waiting on reports (agency_id, due_at) where unread or state = 'open'`.execute(db);
  await sql`create index reports_by_agency on reports (agency_id, received_at)`.execute(db);
  await sql`
    create table report_parts (
      id         uuid primary key,
      report_id  uuid not null references reports,
      place      integer not null check (place >= 0),
      kind       text not null check (kind in (${oneOf(partKinds)})),
      sealed     bytea not null,
      said_at    timestamptz not null ${toTheHour('said_at')},
      member_id  uuid,
      unique (report_id, place),
      check ((kind in (${oneOf(messageKinds)})) = (member_id is not null))
    )`.execute(db);
  await sql`
    create table report_contacts (
      id          uuid primary key references reports,
      agency_id   uuid not null,
      sealed_key  bytea not null,
      sealed      bytea not null
    )`.execute(db);
  for (const table of ['attendances', 'reports', 'report_parts', 'report_contacts']) await forRelations(db, table);
}

/** A line belongs to one agency: another takes it over only when it is closed. Texts already shown to the public stay as they were. */
async function attending(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.keep_attendances() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last attendances;
    begin
      if tg_op <> 'INSERT' then
        raise exception 'what the public was told stays as it was told' using errcode = 'check_violation';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('attendances', 0));
      select * into last from attendances order by set_at desc, id desc limit 1;
      if last.state = 'open' and last.agency_id <> new.agency_id then
        raise exception 'another agency attends this line' using errcode = 'unique_violation';
      end if;
      if last.set_at >= new.set_at then new.set_at := last.set_at + interval '1 second'; end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_attendances before insert or update or delete on attendances
    for each row execute function ctx.keep_attendances()`.execute(db);
  await assignFunctionOwner(db, 'keep_attendances()');
  await createDefinerFunction(
    db,
    ['public'],
    'attendance_now()',
    `create function ctx.attendance_now() returns table (attendance jsonb, opened_at timestamptz)
     language sql stable security definer set search_path = public, pg_temp as $$
       select to_jsonb(a), (select max(l.at) from access_log l where l.event = 'reports.listed')
         from attendances a order by a.set_at desc, a.id desc limit 1 $$`,
  );
  await sql`create index access_log_reports_listed on access_log (at) where event = 'reports.listed'`.execute(db);
}

/** One call, one transaction: the report, its receipt's wrapping and its log row are durable together, or none is. A repeat is stored once; the result says whether the receipt opens the stored report. A line that nobody attends accepts nothing. */
async function receiving(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['public'],
    'receive_report(uuid, text, bytea, bytea, bytea, timestamptz, integer, boolean, text, uuid, bytea, bytea, bytea, uuid)',
    `create function ctx.receive_report(
       report uuid, by_way text, key_sealed bytea, wrapped bytea, found_by bytea, hour timestamptz, hours integer,
       in_danger boolean, in_queue text, part uuid, told bytea, contact_key bytea, contact bytea, request uuid)
     returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       attended attendances;
     begin
       select * into attended from attendances order by set_at desc, id desc limit 1;
       if attended.state is distinct from 'open' then
         raise exception 'nobody attends this line' using errcode = 'insufficient_privilege';
       end if;
       insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
         values (report, attended.agency_id, by_way, key_sealed, found_by, wrapped, hour, hour,
                 hour + make_interval(hours => hours), in_danger, in_queue, 'open', true)
         on conflict (id) do nothing;
       if not found then
         return exists (select 1 from reports r where r.id = report and r.look_up = found_by);
       end if;
       insert into report_parts (id, report_id, place, kind, sealed, said_at) values (part, report, 0, 'told', told, hour);
       if contact is not null then
         insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attended.agency_id, contact_key, contact);
       end if;
       ${logged("'report.received'", 'report', 'attended.agency_id', 'request')}
       return found_by is not null;
     end $$`,
  );
}

/** With a receipt alone: reads the newest message of staff, and adds words. The report itself is never returned. */
async function comingBack(db: Kysely<unknown>): Promise<void> {
  const works = `r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '${daysAfterClosing} days')`;
  await createDefinerFunction(
    db,
    ['public'],
    'mailbox(bytea, timestamptz)',
    `create function ctx.mailbox(asked bytea, hour timestamptz)
     returns table (id uuid, receipt_key bytea, part_id uuid, sealed bytea, kind text)
     language sql stable security definer set search_path = public, pg_temp as $$
       select r.id, r.receipt_key, p.id, p.sealed, p.kind from reports r
         left join lateral (select * from report_parts p where p.report_id = r.id and p.member_id is not null
                             order by p.place desc limit 1) p on true
        where ${works} $$`,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'add_to_report(bytea, uuid, bytea, timestamptz, uuid)',
    `create function ctx.add_to_report(asked bytea, part uuid, said bytea, hour timestamptz, request uuid) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       found_report reports;
     begin
       select * into found_report from reports r where ${works} for update;
       if not found then return false; end if;
       if exists (select 1 from report_parts p where p.id = part) then return true; end if;
       insert into report_parts (id, report_id, place, kind, sealed, said_at)
         select part, found_report.id, 1 + max(p.place), 'added', said, hour from report_parts p where p.report_id = found_report.id;
       update reports r set state = 'open', unread = true, acted_at = greatest(r.acted_at, hour),
              due_at = case when r.unread then r.due_at else hour + make_interval(hours => coalesce(
                (select a.promised_hours from attendances a order by a.set_at desc, a.id desc limit 1), 24)) end
        where r.id = found_report.id;
       ${logged("'report.added to'", 'found_report.id', 'found_report.agency_id', 'request')}
       return true;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'withdraw_report(bytea, timestamptz, uuid)',
    `create function ctx.withdraw_report(asked bytea, hour timestamptz, request uuid) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       found_report reports;
     begin
       select * into found_report from reports r where ${works} for update;
       if not found then return false; end if;
       update reports r set state = 'withdrawn', unread = true, acted_at = greatest(r.acted_at, hour), look_up = null, receipt_key = null
        where r.id = found_report.id;
       ${logged("'report.withdrawn'", 'found_report.id', 'found_report.agency_id', 'request')}
       return true;
     end $$`,
  );
}

/** Drafts of reports, sealed under a key that only the browser's page holds. The previous one is kept until the next is used, so that a lost answer can be requested again. */
async function drafts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_drafts (
      hash     bytea primary key check (octet_length(hash) = 32),
      before   bytea,
      sealed   bytea not null,
      ends_at  timestamptz not null ${toTheHour('ends_at')}
    )`.execute(db);
  await sql`create index report_drafts_before on report_drafts (before)`.execute(db);
  await sql`create index report_drafts_ending on report_drafts (ends_at)`.execute(db);
  await forRelations(db, 'report_drafts');
  await createDefinerFunction(
    db,
    ['public'],
    'draft(bytea, timestamptz)',
    `create function ctx.draft(asked bytea, moment timestamptz) returns bytea
     language sql stable security definer set search_path = public, pg_temp as $$
       select sealed from report_drafts where hash = asked and ends_at > moment $$`,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'turn_draft(bytea, bytea, bytea, timestamptz)',
    `create function ctx.turn_draft(used bytea, next bytea, content bytea, until timestamptz) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       earlier bytea;
     begin
       if used is not null then
         select before into earlier from report_drafts where hash = used for update;
         if not found then return false; end if;
         delete from report_drafts where hash = earlier or before = used;
       end if;
       insert into report_drafts (hash, before, sealed, ends_at) values (next, used, content, until);
       return true;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'end_draft(bytea)',
    `create function ctx.end_draft(asked bytea) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from report_drafts
        where hash = asked or before = asked or hash = (select d.before from report_drafts d where d.hash = asked) $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'forget_drafts(timestamptz)',
    `create function ctx.forget_drafts(moment timestamptz) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from report_drafts where ends_at <= moment $$`,
  );
}

const logged = (event: string, subject: string, owner: string, request: string): string =>
  `insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
     values (hour, 'collection', ${event}, 'anyone', 'information', ${subject}, ${owner}, ${request});`;

async function forRelations(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${sql.id(table)} to safelight_relations`.execute(db);
}
