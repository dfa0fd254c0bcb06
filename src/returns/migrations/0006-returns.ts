import { type Kysely, sql } from 'kysely';

/** Returns: versions that are frozen when signed, each figure with its records. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table returns (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      version       integer not null check (version > 0),
      stage         text not null check (stage in ('provisional', 'revised', 'final')),
      definitions   text not null check (definitions <> ''),
      facts         jsonb not null,
      figures       jsonb not null,
      note          text,
      made_by       uuid not null references members,
      made_at       timestamptz not null,
      unique (operation_id, version),
      unique (id, operation_id)
    )`.execute(db);
  // The analyst's working data has its own table, so that press and coordinators have no path to it.
  await sql`
    create table return_workings (
      return_id       uuid primary key references returns,
      counted         jsonb not null,
      qualifications  jsonb not null default '{}',
      checks          jsonb not null
    )`.execute(db);
  await sql`
    create table return_records (
      return_id  uuid not null references returns,
      indicator  text not null,
      cell       text not null,
      kind       text not null,
      record_id  uuid not null,
      within_id  uuid,
      primary key (return_id, indicator, cell, record_id)
    )`.execute(db);
  await sql`
    create table return_signatures (
      return_id     uuid primary key,
      operation_id  uuid not null,
      signed_by     uuid not null references members,
      signed_at     timestamptz not null,
      digest        text not null check (digest ~ '^[0-9a-f]{64}$'),
      foreign key (return_id, operation_id) references returns (id, operation_id)
    )`.execute(db);
  await sql`create index return_signatures_by_time on return_signatures (signed_at desc)`.execute(db);
  await sql`
    create table return_changes (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      what          text not null check (what <> ''),
      at            timestamptz not null
    )`.execute(db);
  await sql`create index return_changes_by_operation on return_changes (operation_id, at)`.execute(db);
  await freeze(db);
}

/** Freezes a signed return for every role. A write waits for a signature in progress, and is then refused. */
async function freeze(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_signed() returns trigger language plpgsql as $$
    declare
      held jsonb := to_jsonb(case when tg_op = 'INSERT' then new else old end);
      signed uuid := coalesce(held ->> 'return_id', held ->> 'id')::uuid;
    begin
      perform 1 from returns r where r.id = signed for share;
      if exists (select 1 from return_signatures s where s.return_id = signed) then
        raise exception 'a signed return is frozen' using errcode = 'check_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`.execute(db);
  for (const [table, when] of [
    ['returns', 'update or delete'],
    ['return_workings', 'insert or update or delete'],
    ['return_records', 'insert or update or delete'],
    ['return_signatures', 'update or delete'],
  ] as const) {
    await sql`create trigger refuse_signed before ${sql.raw(when)} on ${sql.id(table)} for each row execute function refuse_signed()`.execute(
      db,
    );
  }
}
