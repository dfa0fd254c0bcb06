import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner, createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { daysOfWarning } from '../../retention/index.ts';
import { outcomes } from '../retention/retention.ts';
import { forRelations, oneOf, toTheHour } from './given.ts';

type Door = { readonly caller: DatabaseRole; readonly may: string };
const answersFor = (readers: string, side: string): string =>
  `ctx.roles() && array[${readers}, 'data-protection lead'] and ctx.side() = '${side}'`;

/** The outcome of a report, the retention period that follows from it, holds, and the certificate of destruction. */
export const up = (db: Kysely<unknown>): Promise<void> =>
  upLine(db, { caller: 'staff', may: answersFor(`'triage'`, 'enforcement') });
export const upApart = (db: Kysely<unknown>): Promise<void> =>
  upLine(db, { caller: 'safeguarding', may: answersFor(`'safeguarding lead', 'partner caseworker'`, 'help') });

async function upLine(db: Kysely<unknown>, door: Door): Promise<void> {
  await closing(db);
  await tables(db);
  await holding(db);
  await due(db);
  await standing(db, door);
  await destroying(db);
}

/** The clock starts when a report is closed or taken back, and stops when its reporter writes again. */
async function closing(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reports add column outcome text check (outcome in (${oneOf(outcomes)})),
    add column closed_at timestamptz ${toTheHour('closed_at')}`.execute(db);
  await sql`
    create function ctx.keep_outcome() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.state not in ('closed', 'withdrawn') then
        new.outcome := null;
        new.closed_at := null;
        return new;
      end if;
      new.outcome := case when new.state = 'withdrawn' then 'withdrawn' else coalesce(new.outcome, 'not said') end;
      if tg_op = 'INSERT' or old.closed_at is null or old.state is distinct from new.state then
        new.closed_at := new.acted_at;
      else
        new.closed_at := old.closed_at;
      end if;
      return new;
    end $$`.execute(db);
  await sql`set local role safelight_relations`.execute(db);
  await sql`update reports set outcome = case state when 'withdrawn' then 'withdrawn' else 'not said' end, closed_at = acted_at
    where state in ('closed', 'withdrawn')`.execute(db);
  await sql`reset role`.execute(db);
  await sql`alter table reports add check ((state in ('closed', 'withdrawn')) = (closed_at is not null)),
    add check ((closed_at is null) = (outcome is null))`.execute(db);
  await sql`create trigger keep_outcome before insert or update on reports for each row execute function ctx.keep_outcome()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'keep_outcome()');
  await sql`create index reports_closed on reports (agency_id, outcome, closed_at) where closed_at is not null`.execute(
    db,
  );
}

const sentence = (column: string) => sql.raw(`check (length(btrim(${column})) >= 20)`);

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table retention_rules (
      id          uuid primary key,
      agency_id   uuid not null,
      outcome     text not null check (outcome in (${oneOf(outcomes)})),
      days        integer not null check (days between 1 and 36500),
      source      text not null check (source <> ''),
      valid_from  date not null,
      set_by      uuid not null,
      set_at      timestamptz not null,
      check (valid_from >= (set_at at time zone 'Europe/London')::date)
    )`.execute(db);
  await sql`create index retention_rules_newest on retention_rules (agency_id, outcome, valid_from desc)`.execute(db);
  await sql`
    create table retention_holds (
      id             uuid primary key,
      report_id      uuid not null references reports on delete cascade,
      agency_id      uuid not null,
      reason         text not null ${sentence('reason')},
      review_on      date not null,
      set_by         uuid not null,
      set_at         timestamptz not null,
      ended_by       uuid,
      ended_at       timestamptz,
      ended_because  text ${sentence('ended_because')},
      check (num_nulls(ended_by, ended_at, ended_because) in (0, 3))
    )`.execute(db);
  await sql`create index retention_holds_by_report on retention_holds (report_id)`.execute(db);
  await sql`
    create table retention_certificates (
      id            uuid primary key,
      report_id     uuid not null unique,
      agency_id     uuid not null,
      way           text not null,
      outcome       text not null,
      closed_at     timestamptz not null,
      rule_id       uuid not null references retention_rules,
      days          integer not null,
      source        text not null,
      parts         integer not null,
      had_contact   boolean not null,
      destroyed_at  timestamptz not null ${toTheHour('destroyed_at')},
      log_request   uuid not null
    )`.execute(db);
  await sql`create index retention_certificates_newest on retention_certificates (agency_id, destroyed_at desc)`.execute(
    db,
  );
  for (const table of ['retention_rules', 'retention_holds', 'retention_certificates']) await forRelations(db, table);
}

/** Of a report of one's own agency, ended once, by who ends it. Held off while the report is being destroyed. */
async function holding(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.keep_holds() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'UPDATE' then
        if old.ended_at is not null or new.ended_by is distinct from ctx.member() or new.ended_at is null then
          raise exception 'a hold is ended once, by who ends it' using errcode = 'check_violation';
        end if;
        return null;
      end if;
      perform from reports r where r.id = new.report_id and r.agency_id = new.agency_id for update;
      if not found or new.ended_at is not null then
        raise exception 'a hold is on a report of the agency that holds it' using errcode = 'check_violation';
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger keep_holds after insert or update on retention_holds for each row execute function ctx.keep_holds()`.execute(
    db,
  );
  await assignFunctionOwner(db, 'keep_holds()');
}

/** Every report that is to be destroyed until then, by the rules in force at the moment: what is shown before is what is done after. */
async function due(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    [],
    'reports_due(timestamptz, timestamptz)',
    `create function ctx.reports_due(moment timestamptz, until timestamptz)
     returns table (id uuid, agency_id uuid, outcome text, closed_at timestamptz, rule_id uuid, days integer, source text,
                    due_at timestamptz, held boolean)
     language sql stable security definer set search_path = public, pg_temp as $$
       with rules as (
         select distinct on (l.agency_id, l.outcome) l.id, l.agency_id, l.outcome, l.days, l.source,
                (l.valid_from::timestamp at time zone 'UTC') + make_interval(hours => 24 * ${daysOfWarning}) as earliest
           from retention_rules l where l.valid_from <= (moment at time zone 'Europe/London')::date
          order by l.agency_id, l.outcome, l.valid_from desc, l.set_at desc, l.id desc)
       select r.id, r.agency_id, r.outcome, r.closed_at, l.id, l.days, l.source,
              greatest(r.closed_at + make_interval(hours => 24 * l.days), l.earliest),
              exists (select 1 from retention_holds h where h.report_id = r.id and h.ended_at is null)
         from rules l join reports r on r.agency_id = l.agency_id and r.outcome = l.outcome
          and r.closed_at <= until - make_interval(hours => 24 * l.days)
        where l.earliest <= until $$`,
  );
}

async function standing(db: Kysely<unknown>, { caller, may }: Door): Promise<void> {
  await createDefinerFunction(
    db,
    [caller],
    'retention_counts(timestamptz)',
    `create function ctx.retention_counts(moment timestamptz)
     returns table (outcome text, closed integer, due integer, soon integer, held integer)
     language sql stable security definer set search_path = public, pg_temp as $$
       with own as (select r.outcome, count(*)::integer as closed from reports r
                     where r.agency_id = ctx.agency() and r.closed_at is not null and ${may} group by 1),
            until as (select d.outcome, count(*) filter (where d.due_at <= moment and not d.held)::integer as due,
                             count(*) filter (where d.due_at > moment and not d.held)::integer as soon,
                             count(*) filter (where d.held)::integer as held
                        from ctx.reports_due(moment, moment + make_interval(hours => 24 * ${daysOfWarning})) d
                       where d.agency_id = ctx.agency() and ${may} group by 1)
       select own.outcome, own.closed, coalesce(u.due, 0), coalesce(u.soon, 0), coalesce(u.held, 0)
         from own left join until u on u.outcome = own.outcome $$`,
  );
  await createDefinerFunction(
    db,
    [caller],
    'retention_next(timestamptz, integer)',
    `create function ctx.retention_next(moment timestamptz, most integer)
     returns table (id uuid, outcome text, due_at timestamptz, held boolean, days integer, source text)
     language sql stable security definer set search_path = public, pg_temp as $$
       select d.id, d.outcome, d.due_at, d.held, d.days, d.source
         from ctx.reports_due(moment, moment + make_interval(hours => 24 * ${daysOfWarning})) d
        where d.agency_id = ctx.agency() and ${may} order by d.due_at, d.id limit most $$`,
  );
  await createDefinerFunction(
    db,
    [caller],
    'certificate_leaves(uuid[])',
    `create function ctx.certificate_leaves(asked uuid[]) returns table (id uuid, leaf bigint)
     language sql stable security definer set search_path = public, pg_temp as $$
       select c.id, l.index from retention_certificates c
         join access_log a on a.subject = c.report_id and a.request_id = c.log_request and a.kind = 'erasure'
         join log_leaves l on l.xid = a.xid and l.id = a.id
        where c.id = any (asked) and c.agency_id = ctx.agency() and ${may} $$`,
  );
}

/** Handles one report at a time and checks each again under lock: a report that was written to or put on hold meanwhile is kept. Both wrappings of its key are deleted with the row. */
async function destroying(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['leader'],
    'destroy_due_reports(timestamptz, integer)',
    `create function ctx.destroy_due_reports(moment timestamptz, most integer) returns integer
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       one record;
       kept reports;
       written integer;
       named integer;
       request uuid := gen_random_uuid();
       destroyed integer := 0;
       hour timestamptz := date_trunc('hour', moment);
     begin
       for one in select * from ctx.reports_due(moment, moment) d where not d.held order by d.due_at, d.id limit most loop
         select * into kept from reports r where r.id = one.id and r.closed_at = one.closed_at for update;
         continue when not found
           or exists (select 1 from retention_holds h where h.report_id = one.id and h.ended_at is null);
         delete from report_contacts c where c.id = one.id;
         get diagnostics named = row_count;
         delete from report_files f where f.report_id = one.id;
         delete from report_parts p where p.report_id = one.id;
         get diagnostics written = row_count;
         delete from reports r where r.id = one.id;
         insert into retention_certificates (id, report_id, agency_id, way, outcome, closed_at, rule_id, days, source, parts,
                                             had_contact, destroyed_at, log_request)
           values (gen_random_uuid(), one.id, one.agency_id, kept.way, one.outcome, one.closed_at, one.rule_id, one.days,
                   one.source, written, named > 0, hour, request);
         insert into access_log (at, kind, event, action, purpose, subject, fields, reason, owner_id, request_id)
           values (hour, 'erasure', 'report.destroyed', 'upkeep', 'upkeep', one.id, array['told', 'contact', 'files', 'key'],
                   'retention rule ' || one.rule_id, one.agency_id, request);
         destroyed := destroyed + 1;
       end loop;
       return destroyed;
     end $$`,
  );
}
