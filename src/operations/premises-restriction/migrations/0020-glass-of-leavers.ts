import { type Kysely, sql } from 'kysely';

/** Emergency access ends in the transaction in which the member leaves. Its review is still due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant update (ended_at) on break_glass to safelight_relations`.execute(db);
  await sql`
    create function ctx.end_glass() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.gone and not old.gone then
        update break_glass b set ended_at = ctx.now()
         where b.member_id = new.id and b.ended_at is null and b.opened_at <= ctx.now() and b.until > ctx.now();
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger end_glass after update on members for each row execute function ctx.end_glass()`.execute(db);
  await sql`revoke all on function ctx.end_glass() from public`.execute(db);
  await sql`alter function ctx.end_glass() owner to safelight_relations`.execute(db);
}
