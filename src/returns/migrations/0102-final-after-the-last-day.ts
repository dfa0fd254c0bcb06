import { type Kysely, sql } from 'kysely';

/** A return becomes final after the last day of its operation, in London time. Returns signed earlier stay valid. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function final_after_the_last_day() returns trigger language plpgsql as $$
    begin
      if exists (select from returns r where r.id = new.return_id and r.stage = 'final'
                   and (new.signed_at at time zone 'Europe/London')::date <= (r.facts #>> '{localDates,1}')::date) then
        raise exception 'a return is final after the last day of its operation' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger final_after_the_last_day before insert on return_signatures for each row execute function final_after_the_last_day()`.execute(
    db,
  );
}
