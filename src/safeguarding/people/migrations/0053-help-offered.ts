import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** A person’s needs and offers: one sealed value each under the person’s key, by the hour, only added. A partner’s concern may also name the referral that it came from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_acts (
      id          uuid primary key,
      person_id   uuid not null references persons on delete cascade,
      agency_id   uuid not null,
      author_id   uuid not null,
      number      integer not null check (number > 0),
      sealed_act  bytea not null,
      at          timestamptz not null check (at = date_trunc('hour', at)),
      unique (person_id, number)
    )`.execute(db);
  await sql`create policy relations on person_acts to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select on person_acts to safelight_relations`.execute(db);
  await createTriggerFunction(
    db,
    'number_person_acts',
    `security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended(new.person_id::text, 53));
      new.number := coalesce((select max(a.number) from person_acts a where a.person_id = new.person_id), 0) + 1;
      return new;
    end $$`,
    { tie: 'number_person_acts before insert on person_acts' },
  );
  await sql`alter table persons
    drop constraint persons_check,
    add constraint persons_origin_named check (
      case origin when 'walked in' then origin_id is null when 'a partner’s concern' then true else origin_id is not null end)`.execute(
    db,
  );
}
