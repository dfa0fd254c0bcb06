import { type Kysely, sql } from 'kysely';
import { earlySignInMinutes, maxShiftHours } from '../temporary-access.ts';

/** Temporary access for volunteers. The holder is a member whose end is set from the start, so that every session ends with the shift. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table shift_passes (
      id            uuid primary key,
      agency_id     uuid not null references agencies,
      operation_id  uuid not null references operations,
      member_id     uuid not null unique references members,
      code_hash     bytea not null unique check (octet_length(code_hash) = 32),
      starts_at     timestamptz not null,
      ends_at       timestamptz not null
                    check (ends_at > starts_at and ends_at <= starts_at + ${sql.raw(`interval '${maxShiftHours} hours'`)}),
      made_by       uuid not null references members,
      made_at       timestamptz not null,
      used_at       timestamptz,
      ended_at      timestamptz
    )`.execute(db);
  await sql`create index shift_passes_by_agency on shift_passes (agency_id, starts_at)`.execute(db);
  await sql`create policy relations on shift_passes to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, update on shift_passes to safelight_relations`.execute(db);
  await sql`
    create function ctx.shift_pass_holder(hash bytea, at timestamptz) returns uuid
    language sql stable security definer set search_path = public, pg_temp as $$
      select p.member_id from shift_passes p join members m on m.id = p.member_id
       where p.code_hash = hash and not m.gone and p.ended_at is null
         and at >= p.starts_at - ${sql.raw(`interval '${earlySignInMinutes} minutes'`)} and at < p.ends_at $$`.execute(
    db,
  );
  await sql`
    create function ctx.use_shift_pass(hash bytea, at timestamptz) returns uuid
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      holder uuid;
    begin
      update shift_passes p set used_at = at where p.member_id = ctx.shift_pass_holder(hash, at)
       returning p.member_id into holder;
      -- One pass, one screen: whoever signs in with it again has left the screen before.
      perform ctx.end_sessions(holder);
      return holder;
    end $$`.execute(db);
  await sql`
    create function ctx.end_passes() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      moment timestamptz := coalesce(ctx.now(), now());
    begin
      if not new.gone or old.gone then return null; end if;
      update shift_passes set ended_at = moment
       where member_id = new.id and ended_at is null and ends_at > moment;
      update members m set gone = true, ended_at = least(m.ended_at, moment) from shift_passes p
       where p.made_by = new.id and p.member_id = m.id and p.ends_at > moment and not m.gone;
      return null;
    end $$`.execute(db);
  await sql`create trigger end_passes after update on members for each row execute function ctx.end_passes()`.execute(
    db,
  );
  for (const [signature, callers] of [
    ['shift_pass_holder(bytea, timestamptz)', 'safelight_staff'],
    ['use_shift_pass(bytea, timestamptz)', 'safelight_staff'],
    ['end_passes()', ''],
  ]) {
    await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
    if (callers) await sql.raw(`grant execute on function ctx.${signature} to ${callers}`).execute(db);
    await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
  }
}
