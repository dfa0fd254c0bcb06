import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { erasingAll } from './0078-erasing.ts';
import { goneOnTheWay, keysOnTheWay } from './0079-what-travels.ts';

/** Deletes safeguarding news after it was delivered. Undelivered news about an erased person is dropped, with the halves of its keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Until now the receiving side opens delivered news with the same key, so that key must not be destroyed here.
  await sql`update outbox set details = '{}' where heard_at is not null`.execute(db);
  await sql`create policy relations on outbox to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, delete on outbox to safelight_relations`.execute(db);
  await createDefinerFunction(
    db,
    ['leader'],
    'forget_heard(uuid[])',
    `create function ctx.forget_heard(news uuid[]) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from outbox o where o.id = any (news) and o.heard_at is not null $$`,
  );
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(erasingAll(keysOnTheWay, goneOnTheWay)).execute(db);
  await sql`reset role`.execute(db);
}
