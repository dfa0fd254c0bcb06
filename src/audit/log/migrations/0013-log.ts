import { type Kysely, sql } from 'kysely';

/** The log as a tree: leaves over its rows, kept nodes, signed checkpoints, cosignatures. Both stores have one of their own. Nothing here is ever changed; a leaf's opening and its row may be destroyed by one function alone. */
export async function upApart(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table log_leaves (
      index       bigint primary key check (index >= 0),
      xid         xid8 not null,
      id          bigint not null,
      commitment  bytea not null check (octet_length(commitment) = 32),
      opening     bytea check (octet_length(opening) = 32),
      unique (xid, id)
    )`.execute(db);
  await sql`
    create table log_nodes (
      level  smallint not null check (level > 0 and level % 8 = 0),
      index  bigint not null check (index >= 0),
      hash   bytea not null check (octet_length(hash) = 32),
      primary key (level, index)
    )`.execute(db);
  await sql`
    create table log_checkpoints (
      size  bigint primary key check (size > 0),
      note  text not null check (note <> '')
    )`.execute(db);
  await sql`create table log_keys (key text primary key)`.execute(db);
  await sql`
    create table log_cosignatures (
      id       bigint generated always as identity primary key,
      size     bigint not null references log_checkpoints,
      witness  text not null check (witness <> ''),
      line     text not null check (line <> '')
    )`.execute(db);
  await sql`create index log_cosignatures_by_witness on log_cosignatures (witness, id desc)`.execute(db);
  await sql`create index log_cosignatures_by_size on log_cosignatures (size, id)`.execute(db);
  await onlyAddedTo(db);
  await erasing(db);
}

/** The list of the partners' witnesses is kept with the partners, in the main store. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await upApart(db);
  await sql`
    create table log_witnesses (
      id             uuid primary key,
      agency_id      uuid not null references agencies,
      name           text not null check (name <> ''),
      key            text not null unique check (key <> ''),
      registered_by  uuid not null references members,
      registered_at  timestamptz not null,
      ended_at       timestamptz
    )`.execute(db);
  await sql`create index log_witnesses_by_agency on log_witnesses (agency_id)`.execute(db);
  await sql`create unique index one_name_a_witness on log_witnesses (name) where ended_at is null`.execute(db);
}

const added = ['access_log', 'log_leaves', 'log_nodes', 'log_checkpoints', 'log_keys', 'log_cosignatures'];

async function onlyAddedTo(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_log_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and current_user = 'safelight_relations' and tg_table_name in ('access_log', 'log_leaves') then
        return new;
      end if;
      raise exception 'the log is only added to' using errcode = 'check_violation';
    end $$`.execute(db);
  for (const table of added) {
    await sql`create trigger only_added_to before update or delete on ${sql.id(table)} for each row execute function refuse_log_change()`.execute(
      db,
    );
    await sql`create trigger never_emptied before truncate on ${sql.id(table)} execute function refuse_log_change()`.execute(
      db,
    );
  }
}

/** Destroys the rows that an erasure names, and their openings, once the erasure itself is sealed: then nobody can do so unseen. Erasures stay. */
async function erasing(db: Kysely<unknown>): Promise<void> {
  for (const table of ['access_log', 'log_leaves']) {
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, update on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  await sql`grant usage on schema public to safelight_relations`.execute(db);
  await sql`grant usage, create on schema ctx to safelight_relations`.execute(db);
  await sql`
    create function ctx.destroy_erased(erasure_xid xid8, erasure_id bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      named bigint[];
      destroyed bigint;
    begin
      select array_agg(n.field::bigint) filter (where n.field::bigint < l.index) into named
        from access_log a
        join log_leaves l on l.xid = a.xid and l.id = a.id and l.opening is not null
        cross join lateral (select f as field from unnest(a.fields) f where f ~ '^[0-9]{1,17}$') n
       where a.xid = erasure_xid and a.id = erasure_id and a.kind = 'erasure' and a.event = 'log.erased';
      if named is null then
        raise exception 'only a sealed erasure that names them lets rows of the log be erased' using errcode = 'check_violation';
      end if;
      update access_log a
         set at = '1970-01-01T00:00:00Z', kind = 'erasure', event = 'erased', action = '', purpose = '', member_id = null,
             agency_id = null, roles = '{}', subject = null, fields = '{}', returned = '{}', recipient = null, reason = null,
             request_id = '00000000-0000-0000-0000-000000000000', owner_id = null, break_glass_id = null
        from log_leaves l
       where l.index = any (named) and a.xid = l.xid and a.id = l.id and a.event <> 'log.erased' and l.opening is not null;
      update log_leaves l set opening = null
        from access_log a
       where l.index = any (named) and a.xid = l.xid and a.id = l.id and a.event <> 'log.erased' and l.opening is not null;
      get diagnostics destroyed = row_count;
      return destroyed;
    end $$`.execute(db);
  await sql`revoke all on function ctx.destroy_erased(xid8, bigint) from public`.execute(db);
  await sql`grant execute on function ctx.destroy_erased(xid8, bigint) to safelight_leader`.execute(db);
  await sql`alter function ctx.destroy_erased(xid8, bigint) owner to safelight_relations`.execute(db);
}
