/** Triggers end what depends on a member, their roles or their agency, so that no way of changing these can forget it. */
import { type Kysely, sql } from 'kysely';

export async function leaving(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.check_roles() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if ctx.member() is null or (tg_op = 'UPDATE' and new.roles is not distinct from old.roles) then return new; end if;
      if new.id = ctx.member() then
        raise exception 'nobody changes her own roles' using errcode = 'check_violation';
      end if;
      if 'administrator' = any (new.roles) and cardinality(new.roles) > 1 then
        raise exception 'an administrator holds no other role' using errcode = 'check_violation';
      end if;
      if new.roles && array['safeguarding lead', 'partner caseworker']
         and (select side from agencies where id = new.agency_id) = 'enforcement'
         and not exists (select from safeguarding_exceptions e where e.member_id = new.id and e.ended_at is null) then
        raise exception 'no safeguarding role behind the wall' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger check_roles before insert or update on members for each row execute function ctx.check_roles()`.execute(
    db,
  );
  await sql`
    create function ctx.end_sessions(member uuid) returns void
    language sql security definer set search_path = public, pg_temp as $$
      update sessions set ended_at = coalesce(ctx.now(), now()), ended_by = ctx.member()
       where member_id = member and ended_at is null $$`.execute(db);
  await sql`
    create function ctx.end_with_member() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      moment timestamptz := coalesce(ctx.now(), now());
    begin
      if new.roles is distinct from old.roles then perform ctx.end_sessions(new.id); end if;
      if new.ended_at is null then return null; end if;
      if new.ended_at is distinct from old.ended_at then
        update grants g set until = greatest(g.since, new.ended_at)
         where g.member_id = new.id and (g.until is null or g.until > new.ended_at);
        update sessions set ends_at = new.ended_at
         where member_id = new.id and ended_at is null and ends_at > new.ended_at;
      end if;
      if new.gone and not old.gone then
        perform ctx.end_sessions(new.id);
        delete from passkeys where member_id = new.id;
        delete from code_generators where member_id = new.id;
        delete from recovery_codes where member_id = new.id;
        delete from sign_in_challenges where member_id = new.id;
        delete from sign_in_notices where member_id = new.id;
        delete from accounts where member_id = new.id;
        update invitations set withdrawn_at = moment
         where made_by = new.id and withdrawn_at is null and accepted_at is null;
        update safeguarding_exceptions e set ended_at = greatest(e.recorded_at, moment)
         where e.member_id = new.id and e.ended_at is null;
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger end_with_member after update on members for each row execute function ctx.end_with_member()`.execute(
    db,
  );
  await sql`
    create function ctx.end_with_agency() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.ended_at is null or old.ended_at is not null then return null; end if;
      update members set ended_at = least(ended_at, new.ended_at), gone = true where agency_id = new.id and not gone;
      update invitations set withdrawn_at = new.ended_at
       where agency_id = new.id and withdrawn_at is null and accepted_at is null;
      update grants g set until = greatest(g.since, new.ended_at)
       where g.agency_id = new.id and (g.until is null or g.until > new.ended_at);
      return null;
    end $$`.execute(db);
  await sql`create trigger end_with_agency after update on agencies for each row execute function ctx.end_with_agency()`.execute(
    db,
  );
  // The role ends with the record that allowed it.
  await sql`
    create function ctx.end_with_exception() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.ended_at is null or old.ended_at is not null then return null; end if;
      update members m set roles = array(select r from unnest(m.roles) r where r not in ('safeguarding lead', 'partner caseworker'))
       where m.id = new.member_id and not m.gone and m.roles && array['safeguarding lead', 'partner caseworker'];
      return null;
    end $$`.execute(db);
  await sql`create trigger end_with_exception after update on safeguarding_exceptions for each row execute function ctx.end_with_exception()`.execute(
    db,
  );
  // A sign-in while the member is being ended waits for that, and is then refused.
  await sql`
    create function ctx.open_while_here() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last timestamptz;
    begin
      select coalesce(m.ended_at, 'infinity') into last from members m
       where m.id = new.member_id and not m.gone for share;
      if not found or last <= new.started_at then return null; end if;
      new.ends_at := least(new.ends_at, last);
      return new;
    end $$`.execute(db);
  await sql`create trigger open_while_here before insert on sessions for each row execute function ctx.open_while_here()`.execute(
    db,
  );
  await sql`
    create function ctx.hold_session(token bytea, at timestamptz) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from sessions s join members m on m.id = s.member_id
       where s.token_hash = token and s.ended_at is null and s.ends_at > at and not m.gone and (m.ended_at is null or m.ended_at > at)
         for share of s, m;
      return found;
    end $$`.execute(db);
  await sql`
    create function ctx.see_leavers_out(at timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
      update members set gone = true where ended_at <= at and not gone $$`.execute(db);

  const callers: Readonly<Record<string, readonly string[]>> = {
    'check_roles()': [],
    'end_sessions(uuid)': [],
    'end_with_member()': [],
    'end_with_agency()': [],
    'end_with_exception()': [],
    'open_while_here()': [],
    'hold_session(bytea, timestamptz)': ['staff', 'statistics', 'publisher', 'auditor'],
    'see_leavers_out(timestamptz)': ['leader'],
  };
  for (const [signature, roles] of Object.entries(callers)) {
    await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
    const names = roles.map((role) => `safelight_${role}`).join(', ');
    if (names) await sql.raw(`grant execute on function ctx.${signature} to ${names}`).execute(db);
    await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
  }
}
