import { type Kysely, sql } from 'kysely';

/** The text of “Who can see what” for each version, and since when. The owner adds a row when a policy comes into force; no role may change one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_versions (
      id        bigint generated always as identity primary key,
      digest    text not null check (digest ~ '^[0-9a-f]{64}$'),
      text      text not null check (text <> ''),
      since     timestamptz not null default now()
    )`.execute(db);
  await sql`
    create function ctx.keep_policy_versions() returns trigger language plpgsql as $$
    begin
      raise exception 'what a version said is not changed';
    end $$`.execute(db);
  await sql`
    create trigger keep_policy_versions before update or delete or truncate on policy_versions
    for each statement execute function ctx.keep_policy_versions()`.execute(db);
}
