import { type Kysely, sql } from 'kysely';

/** What was counted: a version at a time, frozen when signed, each figure with the records behind it. */
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
      checks        jsonb not null,
      note          text,
      made_by       uuid not null references members,
      made_at       timestamptz not null,
      unique (operation_id, version)
    )`.execute(db);
  await sql`
    create table return_records (
      return_id  uuid not null references returns,
      indicator  text not null,
      cell       text not null,
      kind       text not null,
      record_id  uuid not null,
      primary key (return_id, indicator, cell, record_id)
    )`.execute(db);
  await sql`
    create table return_signatures (
      return_id     uuid primary key references returns,
      operation_id  uuid not null references operations,
      signed_by     uuid not null references members,
      signed_at     timestamptz not null,
      digest        text not null
    )`.execute(db);
  await sql`
    create table return_changes (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      what          text not null,
      at            timestamptz not null
    )`.execute(db);
  await sql`create index return_changes_by_operation on return_changes (operation_id, at)`.execute(db);
  // What was signed stays as it was, whoever asks.
  await sql`
    create function refuse_signed() returns trigger language plpgsql as $$
    declare signed uuid := coalesce(to_jsonb(old) ->> 'return_id', to_jsonb(old) ->> 'id')::uuid;
    begin
      if exists (select 1 from return_signatures s where s.return_id = signed) then
        raise exception 'a signed return is frozen' using errcode = 'check_violation';
      end if;
      return coalesce(new, old);
    end $$`.execute(db);
  for (const table of ['returns', 'return_records', 'return_signatures']) {
    await sql`create trigger refuse_signed before update or delete on ${sql.id(table)} for each row execute function refuse_signed()`.execute(
      db,
    );
  }
}
