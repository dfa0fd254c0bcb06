import { type Kysely, sql } from 'kysely';

/** A release is first published from a return that was signed after the last day of its operation, by the calendar of London. What was published before stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function published_after_the_last_day() returns trigger language plpgsql as $$
    begin
      if new.state = 'published' and new.return_id is not null and (tg_op = 'INSERT' or old.published_revision is null)
         and not exists (select from returns r join return_signatures s on s.return_id = r.id
                          where r.id = new.return_id
                            and (s.signed_at at time zone 'Europe/London')::date > (r.facts #>> '{localDates,1}')::date) then
        raise exception 'a release is published from a return that was signed after the last day of the operation'
          using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger published_after_the_last_day before insert or update on releases for each row execute function published_after_the_last_day()`.execute(
    db,
  );
}
