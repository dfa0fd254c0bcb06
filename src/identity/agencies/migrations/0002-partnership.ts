import { type Kysely, sql } from 'kysely';
import { agencyKinds, roles, sides } from '../../../vocabulary/people.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Who: agencies, members, accounts, sessions, and what is granted to whom from when until when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table agencies (
      id               uuid primary key,
      name             text not null check (name <> ''),
      official_name    text not null check (official_name <> ''),
      kind             text not null check (kind in (${oneOf(agencyKinds)})),
      side             text not null check (side in (${oneOf(sides)})),
      first_responder  boolean not null default false
    )`.execute(db);
  await sql`
    create table members (
      id         uuid primary key,
      agency_id  uuid not null references agencies,
      name       text not null check (name <> ''),
      title      text not null,
      roles      text[] not null check (cardinality(roles) > 0 and roles <@ array[${oneOf(roles)}]),
      ended_at   timestamptz
    )`.execute(db);
  await sql`create index members_by_agency on members (agency_id)`.execute(db);
  await sql`
    create table accounts (
      member_id      uuid primary key references members,
      agency_id      uuid not null references agencies,
      email          text not null check (email = lower(email) and email like '%_@_%'),
      password_hash  text not null,
      unique (email)
    )`.execute(db);
  await sql`
    create table sessions (
      token_hash  bytea primary key,
      member_id   uuid not null references members,
      started_at  timestamptz not null,
      seen_at     timestamptz not null,
      ends_at     timestamptz not null
    )`.execute(db);
  await sql`create index sessions_by_end on sessions (ends_at)`.execute(db);
  await sql`
    create table grants (
      id            uuid primary key,
      relation      text not null check (relation in ('member', 'partner', 'team')),
      subject       uuid not null,
      operation_id  uuid not null,
      member_id     uuid references members,
      agency_id     uuid references agencies,
      since         timestamptz not null,
      until         timestamptz check (until >= since),
      given_by      uuid not null references members,
      check (num_nonnulls(member_id, agency_id) = 1)
    )`.execute(db);
  await sql`create index grants_to_member on grants (member_id) where member_id is not null`.execute(db);
  await sql`create index grants_to_agency on grants (agency_id) where agency_id is not null`.execute(db);
  await sql`create index grants_by_operation on grants (operation_id)`.execute(db);
  await createSignInFunctions(db);
}

/** Functions that a process may call before the member is known. Their owner is a role that cannot log in and reads these tables only. */
async function createSignInFunctions(db: Kysely<unknown>): Promise<void> {
  const relations = sql.id('safelight_relations');
  const tables = ['agencies', 'members', 'accounts', 'sessions', 'grants'];
  for (const table of tables) {
    await sql`create policy relations on ${sql.id(table)} to ${relations} using (true) with check (true)`.execute(db);
    await sql`grant select on ${sql.id(table)} to ${relations}`.execute(db);
  }
  await sql`grant insert, update, delete on sessions to ${relations}`.execute(db);
  await sql`grant usage on schema public to ${relations}`.execute(db);
  await sql`grant usage, create on schema ctx to ${relations}`.execute(db);

  await sql`
    create function ctx.enter(token bytea, at timestamptz)
    returns table (member_id uuid, member_name text, agency_id uuid, agency_name text, side text, roles text[],
                   operations uuid[], partner_operations uuid[], teams uuid[])
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform set_config('safelight.now', at::text, true);
      select m.id, m.name, a.id, a.name, a.side, m.roles
        into member_id, member_name, agency_id, agency_name, side, roles
        from sessions s join members m on m.id = s.member_id join agencies a on a.id = m.agency_id
       where s.token_hash = token and s.ends_at > at and (m.ended_at is null or m.ended_at > at);
      if not found then return; end if;
      select coalesce(array_agg(distinct g.subject) filter (where g.relation = 'member'), '{}'),
             coalesce(array_agg(distinct g.subject) filter (where g.relation = 'partner'), '{}'),
             coalesce(array_agg(distinct g.subject) filter (where g.relation = 'team'), '{}')
        into operations, partner_operations, teams
        from grants g
       where (g.member_id = enter.member_id or g.agency_id = enter.agency_id)
         and g.since <= at and (g.until is null or g.until > at);
      perform set_config('safelight.member', member_id::text, true),
              set_config('safelight.agency', agency_id::text, true),
              set_config('safelight.side', side, true),
              set_config('safelight.roles', array_to_string(roles, ','), true),
              set_config('safelight.operations', operations::text, true),
              set_config('safelight.partner_operations', partner_operations::text, true),
              set_config('safelight.teams', teams::text, true);
      return next;
    end $$`.execute(db);
  await sql`
    create function ctx.credentials(address text) returns table (member_id uuid, password_hash text)
    language sql stable security definer set search_path = public, pg_temp as $$
      select c.member_id, c.password_hash from accounts c join members m on m.id = c.member_id
       where c.email = lower(address) and (m.ended_at is null or m.ended_at > ctx.now()) $$`.execute(db);
  await sql`
    create function ctx.open_session(token bytea, member uuid, at timestamptz, until timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
      insert into sessions values (token, member, at, at, until) $$`.execute(db);
  await sql`
    create function ctx.close_session(token bytea) returns void
    language sql security definer set search_path = public, pg_temp as $$
      delete from sessions where token_hash = token $$`.execute(db);
  await sql`
    create function ctx.end_old_sessions(at timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
      delete from sessions where ends_at <= at $$`.execute(db);

  // Permissions to call are set before the owner changes: afterwards the migration can no longer grant them.
  const callers = {
    'enter(bytea, timestamptz)': ['staff', 'statistics', 'publisher', 'auditor'],
    'credentials(text)': ['staff'],
    'open_session(bytea, uuid, timestamptz, timestamptz)': ['staff'],
    'close_session(bytea)': ['staff'],
    'end_old_sessions(timestamptz)': ['leader'],
  };
  for (const [signature, roles] of Object.entries(callers)) {
    const names = roles.map((role) => `safelight_${role}`).join(', ');
    await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
    await sql.raw(`grant execute on function ctx.${signature} to ${names}`).execute(db);
    await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
  }
}
