import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { forRelations, oneOf, toTheHour } from './given.ts';

type Held = { readonly roles: readonly string[]; readonly side?: string };
type Door = { readonly caller: DatabaseRole; readonly readers: Held; readonly professionals: Held };

const police: Door = {
  caller: 'staff',
  readers: { roles: ['triage'], side: 'enforcement' },
  professionals: {
    roles: ['planner', 'commander', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker'],
  },
};
const help: Door = {
  caller: 'safeguarding',
  readers: { roles: ['safeguarding lead', 'partner caseworker'], side: 'help' },
  professionals: { roles: ['field', 'safeguarding lead', 'partner caseworker'], side: 'help' },
};

/** Reports from people who are signed in: for a caller, or from their own work. They are kept with all other reports. */
export const up = (db: Kysely<unknown>): Promise<void> => upLine(db, police);
export const upApart = (db: Kysely<unknown>): Promise<void> => upLine(db, help);

async function upLine(db: Kysely<unknown>, door: Door): Promise<void> {
  await sql`
    create table report_takings (
      id         uuid primary key references reports on delete cascade,
      way        text not null check (way in (${oneOf(['by phone', 'partner'])})),
      agency_id  uuid not null,
      taken_by   uuid not null,
      taken_for  uuid not null,
      taken_at   timestamptz not null ${toTheHour('taken_at')}
    )`.execute(db);
  await sql`create index report_takings_by_taker on report_takings (taken_by, taken_at)`.execute(db);
  await forRelations(db, 'report_takings');
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(`grant execute on function ctx.attendance_now() to safelight_${door.caller}`).execute(db);
  await sql`reset role`.execute(db);
  await taking(db, door);
}

const held = ({ roles, side }: Held): string =>
  `ctx.roles() && array[${roles.map((role) => `'${role}'`).join(', ')}]${side ? ` and ctx.side() = '${side}'` : ''}`;

/** Readers of the line take reports by phone; professionals of other agencies hand them in. The database fills in who, when and how. */
async function taking(db: Kysely<unknown>, { caller, readers, professionals }: Door): Promise<void> {
  await createDefinerFunction(
    db,
    [caller],
    'take_report(uuid, text, text, bytea, bytea, bytea, integer, boolean, uuid, bytea, bytea, bytea)',
    `create function ctx.take_report(
       report uuid, by_way text, for_key text, key_sealed bytea, wrapped bytea, found_by bytea, danger_hours integer,
       in_danger boolean, part uuid, told bytea, contact_key bytea, contact bytea)
     returns text language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       attended attendances;
       hour timestamptz := date_trunc('hour', ctx.now());
       hers boolean;
     begin
       select * into attended from attendances order by set_at desc, id desc limit 1;
       if attended.state is distinct from 'open' or attended.key_id <> for_key then return 'not attended'; end if;
       hers := case by_way
         when 'by phone' then ctx.agency() = attended.agency_id and ${held(readers)}
         when 'partner' then ${held(professionals)} end;
       if ctx.member() is null or hers is distinct from true then
         raise exception 'this report is not hers to bring' using errcode = 'insufficient_privilege';
       end if;
       insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
         values (report, attended.agency_id, by_way, key_sealed, found_by, wrapped, hour, hour,
                 hour + make_interval(hours => case when in_danger then danger_hours else attended.promised_hours end),
                 in_danger, 'first', 'open', true)
         on conflict (id) do nothing;
       if not found then return 'there already'; end if;
       insert into report_parts (id, report_id, place, kind, sealed, said_at) values (part, report, 0, 'told', told, hour);
       if contact is not null then
         insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attended.agency_id, contact_key, contact);
       end if;
       insert into report_takings (id, way, agency_id, taken_by, taken_for, taken_at)
         values (report, by_way, attended.agency_id, ctx.member(), ctx.agency(), hour);
       return 'taken';
     end $$`,
  );
}
