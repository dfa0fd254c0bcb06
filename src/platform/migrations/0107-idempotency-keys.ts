import { type Kysely, sql } from 'kysely';

/** Which forms were sent already, so that a form that arrives twice is carried out once. Both stores have it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db);
  await createFunctions(db, ['staff', 'statistics', 'publisher', 'auditor']);
}

export async function upApart(db: Kysely<unknown>): Promise<void> {
  await createTable(db);
  await createFunctions(db, ['safeguarding', 'statistics', 'auditor']);
}

/** Nothing here can be read without the page that carries the form: keys are digests, answers are sealed. */
async function createTable(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_keys (
      key           bytea primary key check (octet_length(key) = 32),
      request_hash  bytea not null check (octet_length(request_hash) = 32),
      answer        bytea,
      expires_at    timestamptz not null check (expires_at = date_trunc('hour', expires_at))
    )`.execute(db);
  await sql`create index idempotency_keys_expiry on idempotency_keys (expires_at)`.execute(db);
  await sql`create policy relations on idempotency_keys to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on idempotency_keys to safelight_relations`.execute(db);
}

async function createFunctions(db: Kysely<unknown>, callers: readonly string[]): Promise<void> {
  // Waits while another transaction claims the same key, and continues once that one has ended.
  await definer(
    db,
    callers,
    'claim_key(bytea, bytea, timestamptz)',
    `create function ctx.claim_key(claimed bytea, hash bytea, until timestamptz) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       insert into idempotency_keys (key, request_hash, expires_at) values (claimed, hash, until) on conflict do nothing;
       return found;
     end $$`,
  );
  await definer(
    db,
    callers,
    'claimed_key(bytea)',
    `create function ctx.claimed_key(asked bytea) returns table (request_hash bytea, answer bytea)
     language sql stable security definer set search_path = public, pg_temp as $$
       select k.request_hash, k.answer from idempotency_keys k where k.key = asked $$`,
  );
  // The change is safe already: an answer lost in a crash costs a page, so nobody waits for the disk.
  await definer(
    db,
    callers,
    'answer_key(bytea, bytea)',
    `create function ctx.answer_key(claimed bytea, given bytea) returns void
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       perform set_config('synchronous_commit', 'off', true);
       update idempotency_keys k set answer = given where k.key = claimed and k.answer is null;
     end $$`,
  );
  await definer(
    db,
    callers,
    'release_key(bytea)',
    `create function ctx.release_key(claimed bytea) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from idempotency_keys where key = claimed $$`,
  );
  await definer(
    db,
    ['leader'],
    'forget_keys(timestamptz)',
    `create function ctx.forget_keys(moment timestamptz) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from idempotency_keys where expires_at <= moment $$`,
  );
}

/** Each sees more than who calls it: nobody but its callers may ask it. */
async function definer(
  db: Kysely<unknown>,
  callers: readonly string[],
  signature: string,
  body: string,
): Promise<void> {
  await sql.raw(body).execute(db);
  await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
  const roles = callers.map((role) => `safelight_${role}`).join(', ');
  await sql.raw(`grant execute on function ctx.${signature} to ${roles}`).execute(db);
  await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
}
