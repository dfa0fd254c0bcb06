import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** One spelling of each address (email-address.ts), in plain letters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ctx.credentials(text)`.execute(db);
  // Not normalised again here: different rules in the database would find accounts that the program counts under another name.
  await createDefinerFunction(
    db,
    ['staff'],
    'credentials(text)',
    `create function ctx.credentials(address text)
     returns table (member_id uuid, password_hash text, has_code boolean, has_passkey boolean)
     language sql stable security definer set search_path = public, pg_temp as $$
       select c.member_id, c.password_hash,
              exists (select 1 from code_generators g where g.member_id = m.id),
              exists (select 1 from passkeys p where p.member_id = m.id)
         from accounts c join members m on m.id = c.member_id
        where c.email = address and (m.ended_at is null or m.ended_at > ctx.now()) $$`,
  );
  // Not valid: an upgrade must not fail because of an old row, and new rows are checked all the same.
  for (const table of ['accounts', 'invitations'])
    await sql`
      alter table ${sql.id(table)} add constraint ${sql.id(`${table}_email_plain`)} check (email ~ '^[!-~]+$') not valid`.execute(
      db,
    );
  await createTriggerFunction(
    db,
    'refuse_look_alike',
    `security definer set search_path = public, pg_temp as $$
    declare
      looks text := translate(replace(replace(new.email, 'rn', 'm'), 'vv', 'w'), '10', 'lo');
    begin
      perform pg_advisory_xact_lock(hashtextextended('address ' || looks, 0));
      if exists (select 1 from accounts a where a.member_id <> new.member_id
                  and translate(replace(replace(a.email, 'rn', 'm'), 'vv', 'w'), '10', 'lo') = looks) then
        raise exception 'somebody signs in with an address that looks the same' using errcode = 'unique_violation';
      end if;
      return new;
    end $$`,
    { tie: 'refuse_look_alike before insert or update of email on accounts' },
  );
}
