import { type Kysely, sql } from 'kysely';
import { roles } from '../../../vocabulary/people.ts';
import { leaving } from './leaving.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Joiners, movers and leavers: invitations, exceptions for safeguarding roles, and what ends with a member. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table agencies add column ended_at timestamptz`.execute(db);
  await sql`
    alter table members
      add column gone        boolean not null default false check (not gone or ended_at is not null),
      add column shift_only  boolean not null default false check (not shift_only or roles = '{volunteer}')`.execute(
    db,
  );
  await sql`
    create table invitations (
      id            uuid primary key,
      agency_id     uuid not null references agencies,
      member_id     uuid not null unique,
      name          text not null check (name <> ''),
      title         text not null check (title <> ''),
      email         text not null check (email = lower(email) and email like '%_@_%'),
      roles         text[] not null check (cardinality(roles) > 0 and roles <@ array[${oneOf(roles)}]),
      token_hash    bytea not null unique check (octet_length(token_hash) = 32),
      made_by       uuid references members,
      made_at       timestamptz not null,
      expires_at    timestamptz not null check (expires_at > made_at and expires_at <= made_at + interval '72 hours'),
      withdrawn_at  timestamptz,
      accepted_at   timestamptz,
      check (num_nonnulls(withdrawn_at, accepted_at) <= 1)
    )`.execute(db);
  await sql`create index invitations_by_agency on invitations (agency_id)`.execute(db);
  await sql`
    create table safeguarding_exceptions (
      id           uuid primary key,
      member_id    uuid not null references members,
      agency_id    uuid not null references agencies,
      reason       text not null check (reason <> ''),
      recorded_by  uuid not null references members check (recorded_by <> member_id),
      recorded_at  timestamptz not null,
      ended_at     timestamptz check (ended_at >= recorded_at)
    )`.execute(db);
  await sql`create unique index one_open_exception on safeguarding_exceptions (member_id) where ended_at is null`.execute(
    db,
  );
  const relations = sql.id('safelight_relations');
  for (const table of ['invitations', 'safeguarding_exceptions']) {
    await sql`create policy relations on ${sql.id(table)} to ${relations} using (true) with check (true)`.execute(db);
    await sql`grant select, update on ${sql.id(table)} to ${relations}`.execute(db);
  }
  await sql`grant insert, update on members to ${relations}`.execute(db);
  await sql`grant insert, delete on accounts to ${relations}`.execute(db);
  await sql`grant update on grants to ${relations}`.execute(db);
  await joining(db);
  await leaving(db);
}

/** Before sign-in, an invitation's link opens that invitation only, while it is valid. */
async function joining(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.invitation(token bytea, at timestamptz)
    returns table (id uuid, member_id uuid, agency_id uuid, name text, title text, email text, roles text[],
                   agency_name text, official_name text, invited_by text, expires_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp as $$
      select i.id, i.member_id, i.agency_id, i.name, i.title, i.email, i.roles, a.name, a.official_name,
             (select btrim(m.title || ' ' || m.name) from members m where m.id = i.made_by), i.expires_at
        from invitations i join agencies a on a.id = i.agency_id
       where i.token_hash = token and i.expires_at > at and i.withdrawn_at is null and i.accepted_at is null
         and a.ended_at is null $$`.execute(db);
  await sql`
    create function ctx.accept_invitation(token bytea, hash text, at timestamptz) returns uuid
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      one invitations;
    begin
      select i.* into one from invitations i join agencies a on a.id = i.agency_id
       where i.token_hash = token and i.expires_at > at and i.withdrawn_at is null and i.accepted_at is null
         and a.ended_at is null
         for update of i;
      if not found then return null; end if;
      insert into members (id, agency_id, name, title, roles)
        values (one.member_id, one.agency_id, one.name, one.title, one.roles);
      insert into accounts (member_id, agency_id, email, password_hash)
        values (one.member_id, one.agency_id, one.email, hash);
      update invitations i set accepted_at = at where i.id = one.id;
      return one.member_id;
    end $$`.execute(db);
  for (const signature of ['invitation(bytea, timestamptz)', 'accept_invitation(bytea, text, timestamptz)']) {
    await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
    await sql.raw(`grant execute on function ctx.${signature} to safelight_staff`).execute(db);
    await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
  }
}
