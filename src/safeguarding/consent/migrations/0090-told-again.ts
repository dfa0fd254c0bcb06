import { type Kysely, sql } from 'kysely';

/** A recipient that finished or declined before a withdrawal is notified too: it saw the content and must stop using it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql
    .raw(`
      create or replace function ctx.end_grants_on_consent() returns trigger language plpgsql
      security definer set search_path = public, pg_temp as $$
      declare
        over uuid[] := array(select g.id from person_grants g where g.consent_id = new.id and g.ended <> 'taken back');
      begin
        update person_grants set ended_at = new.withdrawn_at, ended = 'taken back'
         where consent_id = new.id and ended_at is null;
        delete from grant_ends e where e.id = any (over);
        insert into grant_ends (id, operation_id, from_agency, author_id, recipient, day, ended, ended_at)
          select g.id, g.operation_id, g.from_agency, g.author_id, g.recipient,
                 (g.made_at at time zone 'Europe/London')::date, 'taken back', new.withdrawn_at
            from person_grants g where g.id = any (over);
        return null;
      end $$`)
    .execute(db);
  await sql`reset role`.execute(db);
}
