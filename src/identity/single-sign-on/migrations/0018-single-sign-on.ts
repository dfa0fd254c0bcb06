import { type Kysely, sql } from 'kysely';
import { attemptMinutes } from '../provider.ts';

/** Agencies' own sign-in: settings of each agency, members linked to its subjects, and sign-ins that have begun. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table single_sign_on (
      agency_id      uuid primary key references agencies,
      issuer         text not null check (issuer ~ '^https?://'),
      client_id      text not null check (client_id <> ''),
      secret_sealed  bytea,
      demands        text[] not null,
      changed_by     uuid not null references members,
      changed_at     timestamptz not null
    )`.execute(db);
  await sql`
    create table linked_accounts (
      agency_id  uuid not null references agencies,
      issuer     text not null check (issuer <> ''),
      subject    text not null check (subject <> ''),
      member_id  uuid not null references members,
      linked_by  uuid references members check (linked_by <> member_id),
      linked_at  timestamptz not null,
      primary key (agency_id, issuer, subject),
      unique (member_id, issuer)
    )`.execute(db);
  await sql`
    create table sign_on_attempts (
      state_hash    bytea primary key,
      browser_hash  bytea not null,
      agency_id     uuid not null references agencies,
      issuer        text not null,
      nonce         text not null,
      verifier      text not null,
      made_at       timestamptz not null
    )`.execute(db);
  await sql`create index sign_on_attempts_by_age on sign_on_attempts (made_at)`.execute(db);
  const relations = sql.id('safelight_relations');
  for (const table of ['single_sign_on', 'linked_accounts', 'sign_on_attempts']) {
    await sql`create policy relations on ${sql.id(table)} to ${relations} using (true) with check (true)`.execute(db);
    await sql`grant select, insert, delete on ${sql.id(table)} to ${relations}`.execute(db);
  }
  await createSignOnFunctions(db);
}

/** What may be asked before anybody has signed in. */
async function createSignOnFunctions(db: Kysely<unknown>): Promise<void> {
  const lifetime = sql.raw(`interval '${attemptMinutes} minutes'`);
  await sql`
    create function ctx.sign_ons() returns table (agency_id uuid, agency_name text, issuer text, client_id text,
                                                  secret_sealed bytea, demands text[])
    language sql stable security definer set search_path = public, pg_temp as $$
      select s.agency_id, a.name, s.issuer, s.client_id, s.secret_sealed, s.demands
        from single_sign_on s join agencies a on a.id = s.agency_id
       where a.ended_at is null order by a.name $$`.execute(db);
  await sql`
    create function ctx.begin_sign_on(state bytea, browser bytea, agency uuid, at_issuer text, nonce text, verifier text,
                                      at timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
      delete from sign_on_attempts where made_at <= at - ${lifetime};
      insert into sign_on_attempts values (state, browser, agency, at_issuer, nonce, verifier, at) $$`.execute(db);
  await sql`
    create function ctx.take_sign_on(state bytea, browser bytea, agency uuid, at timestamptz)
    returns table (issuer text, nonce text, verifier text)
    language sql security definer set search_path = public, pg_temp as $$
      delete from sign_on_attempts t
       where t.state_hash = state and t.browser_hash = browser and t.agency_id = agency and t.made_at > at - ${lifetime}
      returning t.issuer, t.nonce, t.verifier $$`.execute(db);
  await sql`
    create function ctx.member_of_subject(agency uuid, at_issuer text, who text, at timestamptz) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
      select m.id from linked_accounts l join members m on m.id = l.member_id
       where l.agency_id = agency and l.issuer = at_issuer and l.subject = who and m.agency_id = agency
         and not m.gone and (m.ended_at is null or m.ended_at > at) $$`.execute(db);
  await sql`
    create function ctx.join_by_sign_on(token bytea, hash text, agency uuid, at_issuer text, who text, at timestamptz)
    returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      joined uuid;
    begin
      if not exists (select from invitations i where i.token_hash = token and i.agency_id = agency) then return null; end if;
      joined := ctx.accept_invitation(token, hash, at);
      if joined is null then return null; end if;
      insert into linked_accounts values (agency, at_issuer, who, joined, null, at);
      return joined;
    end $$`.execute(db);
  await sql`
    create function ctx.unlink_leaver() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.gone and not old.gone then delete from linked_accounts where member_id = new.id; end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger unlink_leaver after update on members for each row execute function ctx.unlink_leaver()`.execute(
    db,
  );
  // Sessions opened by a linked account end with the link.
  await sql`
    create function ctx.end_with_link() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform ctx.end_sessions(old.member_id);
      return null;
    end $$`.execute(db);
  await sql`create trigger end_with_link after delete on linked_accounts for each row execute function ctx.end_with_link()`.execute(
    db,
  );
  for (const [signature, caller] of [
    ['sign_ons()', 'safelight_staff'],
    ['begin_sign_on(bytea, bytea, uuid, text, text, text, timestamptz)', 'safelight_staff'],
    ['take_sign_on(bytea, bytea, uuid, timestamptz)', 'safelight_staff'],
    ['member_of_subject(uuid, text, text, timestamptz)', 'safelight_staff'],
    ['join_by_sign_on(bytea, text, uuid, text, text, timestamptz)', 'safelight_staff'],
    ['unlink_leaver()', ''],
    ['end_with_link()', ''],
  ]) {
    await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
    if (caller) await sql.raw(`grant execute on function ctx.${signature} to ${caller}`).execute(db);
    await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
  }
}
