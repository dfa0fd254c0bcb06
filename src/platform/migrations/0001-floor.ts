import { type Kysely, sql } from 'kysely';

/** What every area builds on: the context that row policies read, the access log, the outbox, earlier versions. Both stores have it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema ctx`.execute(db);
  for (const [name, type, cast] of [
    ['member', 'uuid', 'uuid'],
    ['agency', 'uuid', 'uuid'],
    ['side', 'text', 'text'],
    ['now', 'timestamptz', 'timestamptz'],
    ['reason', 'text', 'text'],
    ['operations', 'uuid[]', 'uuid[]'],
    ['partner_operations', 'uuid[]', 'uuid[]'],
    ['teams', 'uuid[]', 'uuid[]'],
  ] as const) {
    await sql
      .raw(
        `create function ctx.${name}() returns ${type} language sql stable parallel safe as
         $$ select nullif(current_setting('safelight.${name}', true), '')::${cast} $$`,
      )
      .execute(db);
  }
  await sql`create function ctx.roles() returns text[] language sql stable parallel safe as
    $$ select string_to_array(nullif(current_setting('safelight.roles', true), ''), ',') $$`.execute(db);

  await sql`
    create table access_log (
      id          bigint generated always as identity,
      xid         xid8 not null default pg_current_xact_id(),
      at          timestamptz not null,
      kind        text not null check (kind in
                    ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure')),
      event       text not null check (event <> ''),
      action      text not null,
      purpose     text not null,
      member_id   uuid,
      agency_id   uuid,
      roles       text[] not null default '{}',
      subject     uuid,
      fields      text[] not null default '{}',
      returned    uuid[] not null default '{}',
      recipient   uuid,
      reason      text,
      request_id  uuid not null,
      primary key (xid, id)
    )`.execute(db);
  await sql`create index access_log_by_subject on access_log (subject, at)`.execute(db);
  await sql`create index access_log_by_member on access_log (member_id, at)`.execute(db);

  await sql`
    create table outbox (
      id          uuid primary key,
      event       text not null,
      about       uuid,
      details     jsonb not null default '{}',
      at          timestamptz not null,
      heard_at    timestamptz,
      tries       integer not null default 0,
      last_error  text
    )`.execute(db);
  await sql`create index outbox_unheard on outbox (at) where heard_at is null`.execute(db);

  /** Keeps the earlier version of a row in `<table>_versions`, with who replaced it, when and why. */
  await sql`
    create function ctx.keep_earlier_version() returns trigger language plpgsql as $$
    begin
      if to_jsonb(old) is distinct from to_jsonb(new) then
        execute format('insert into %I (id, record, version, replaced_by, replaced_at, reason)
                        select $1, $2, 1 + coalesce((select max(version) from %I where id = $1), 0), $3, $4, $5',
                       tg_table_name || '_versions', tg_table_name || '_versions')
        using old.id, to_jsonb(old), ctx.member(), ctx.now(), ctx.reason();
      end if;
      return new;
    end $$`.execute(db);
}
