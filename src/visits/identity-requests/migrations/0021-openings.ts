import { type Kysely, sql } from 'kysely';
import { maxRequestHours } from '../../../access/custodian-decisions/index.ts';
import { notificationKinds } from '../../../platform/notifications/index.ts';
import { identityRequestPurposes } from '../identity-request.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** A custodian opens a sealed name to a member who was not at the visit, for one person and a limited time. The database decides who may ask, who may decide and which names are open now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await asking(db);
  await deciding(db);
  await standingOpen(db);
  await sql`alter table notices drop constraint notices_kind_check`.execute(db);
  await sql`alter table notices add constraint notices_kind_check check (kind in (${oneOf(notificationKinds)}))`.execute(
    db,
  );
}

/** Callers and triggers first: afterwards the function is no longer the migration's to give. */
async function handOver(db: Kysely<unknown>, signature: string, callers: readonly string[] = []): Promise<void> {
  await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
  const names = callers.map((role) => `safelight_${role}`).join(', ');
  if (names) await sql.raw(`grant execute on function ctx.${signature} to ${names}`).execute(db);
  await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table openings (
      id            uuid primary key,
      encounter_id  uuid not null references encounters,
      operation_id  uuid not null references operations,
      owner_id      uuid not null references agencies,
      asked_by      uuid not null references members,
      agency_id     uuid not null references agencies,
      purpose       text not null check (purpose in (${oneOf(identityRequestPurposes)})),
      reason        text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\\S\\s+\\S+\\s+\\S'),
      asked_at      timestamptz not null,
      until         timestamptz not null check (until > asked_at and until <= asked_at + make_interval(hours => ${sql.lit(maxRequestHours)}))
    )`.execute(db);
  await sql`create index openings_by_asker on openings (asked_by, until)`.execute(db);
  await sql`create index openings_by_owner on openings (owner_id, asked_at)`.execute(db);
  await sql`
    create table opening_decisions (
      id          uuid primary key references openings,
      granted     boolean not null,
      reasons     text not null check (length(btrim(reasons)) >= 20),
      decided_by  uuid not null references members,
      decided_at  timestamptz not null
    )`.execute(db);
  for (const table of ['encounters', 'visits', 'encounter_names', 'openings', 'opening_decisions']) {
    await sql`create policy relations on ${sql.id(table)} for select to safelight_relations using (true)`.execute(db);
    await sql`grant select on ${sql.id(table)} to safelight_relations`.execute(db);
  }
}

/** The database fills in the asker, the person and the time itself. A request cannot be changed afterwards. */
async function asking(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.name_held(asked uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
      select ctx.side() = 'enforcement' and ctx.roles() && array['planner', 'commander'] and exists (
        select 1 from encounter_names n join encounters e on e.id = n.id join visits v on v.id = e.visit_id
         where n.id = asked and v.operation_id = any (ctx.operations())) $$`.execute(db);
  await sql`
    create function ctx.keep_openings() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op <> 'INSERT' then
        raise exception 'a request to open a name stays as it was made' using errcode = 'check_violation';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('opening/' || new.asked_by, 0));
      if new.asked_by is distinct from ctx.member() or new.agency_id is distinct from ctx.agency()
         or not coalesce(ctx.name_held(new.encounter_id), false)
         or not exists (select 1 from encounters e join visits v on v.id = e.visit_id
                          join operations o on o.id = v.operation_id
                         where e.id = new.encounter_id and o.id = new.operation_id and o.agency_id = new.owner_id) then
        raise exception 'this name is not hers to ask for' using errcode = 'insufficient_privilege';
      end if;
      if new.asked_at is distinct from ctx.now() then
        raise exception 'a name is asked for now' using errcode = 'check_violation';
      end if;
      if exists (select 1 from openings o left join opening_decisions d on d.id = o.id
                  where o.asked_by = new.asked_by and o.encounter_id = new.encounter_id
                    and o.until > ctx.now() and coalesce(d.granted, true)) then
        raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_openings before insert or update or delete on openings for each row execute function ctx.keep_openings()`.execute(
    db,
  );
  await handOver(db, 'name_held(uuid)', ['staff']);
  await handOver(db, 'keep_openings()');
}

/** Decisions are by a custodian of the leading agency, never by the asker, once, and before the request expires. */
async function deciding(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.keep_decisions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if tg_op <> 'INSERT' then
        raise exception 'a decision stays as it was made' using errcode = 'check_violation';
      end if;
      if new.decided_by is distinct from ctx.member() or new.decided_at is distinct from ctx.now()
         or not ctx.roles() && array['custodian']
         or not exists (select 1 from openings o where o.id = new.id and o.owner_id = ctx.agency()
                          and o.asked_by <> ctx.member() and o.until > ctx.now()) then
        raise exception 'a custodian of the owner decides, who did not ask, while the time lasts' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger keep_decisions before insert or update or delete on opening_decisions for each row execute function ctx.keep_decisions()`.execute(
    db,
  );
  await handOver(db, 'keep_decisions()');
}

/** Names that custodians have opened to the current member, at the time of the request. */
async function standingOpen(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.opened() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(o.encounter_id), '{}') from openings o join opening_decisions d on d.id = o.id
       where o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now() $$`.execute(
    db,
  );
  await handOver(db, 'opened()', ['staff']);
}
