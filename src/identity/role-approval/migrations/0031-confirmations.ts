import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { roles } from '../../../vocabulary/people.ts';
import { confirmationKinds } from '../role-approval.ts';
import { addGuards } from './guards.ts';
import { body, byProcessRole, oneOf } from './sql.ts';

const confirmingRolesFor = `case when askers = '{}' then array['data-protection lead'] else array['data-protection lead', 'administrator'] end`;

/** Roles, and links to an agency's own sign-in, begin when a second person has confirmed the member. Triggers enforce this for every way of making or changing a member. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  await asking(db);
  await joining(db);
  await deciding(db);
  await linking(db);
  await addGuards(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  // A member whose roles wait holds none yet.
  await sql`alter table members drop constraint members_roles_check`.execute(db);
  await sql
    .raw(`alter table members add constraint members_roles_check check (roles <@ array[${oneOf(roles)}])`)
    .execute(db);
  await sql
    .raw(`
    create table confirmations (
      id         uuid primary key default gen_random_uuid(),
      member_id  uuid not null references members deferrable initially deferred,
      agency_id  uuid not null references agencies,
      kind       text not null check (kind in (${oneOf(confirmationKinds)})),
      roles      text[] not null check (roles <@ array[${oneOf(roles)}]),
      issuer     text,
      subject    text,
      asked_by   uuid[] not null,
      asked_at   timestamptz not null,
      check ((kind = 'account linked') = (subject is not null)),
      check ((kind = 'account linked') = (cardinality(roles) = 0))
    )`)
    .execute(db);
  await sql`create index confirmations_by_member on confirmations (member_id)`.execute(db);
  await sql`create index confirmations_by_agency on confirmations (agency_id, asked_at)`.execute(db);
  await sql`
    create table confirmation_decisions (
      id          uuid primary key references confirmations on delete cascade,
      confirmed   boolean not null,
      grounds     text not null check (length(btrim(grounds)) >= 20),
      decided_by  uuid not null references members,
      decided_at  timestamptz not null
    )`.execute(db);
  for (const table of ['confirmations', 'confirmation_decisions']) {
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, insert, delete on ${sql.id(table)} to safelight_relations`.execute(db);
  }
}

/** Roles given by an application process wait for confirmation; roles taken away end at once. */
async function asking(db: Kysely<unknown>): Promise<void> {
  // An installation has to begin with somebody: its first administrator, and its first data-protection lead.
  await createDefinerFunction(
    db,
    [],
    'begins_at_once(text[], uuid[])',
    `
    create function ctx.begins_at_once(wanted text[], askers uuid[]) returns boolean language sql stable ${body(`
      select askers = '{}' and wanted in (array['administrator'], array['data-protection lead'])
         and not exists (select from member_terms t where t.roles && wanted)`)}`,
  );
  await createDefinerFunction(
    db,
    [],
    'wait_for(uuid, uuid, text, text[], uuid[], timestamptz)',
    `
    create function ctx.wait_for(member uuid, agency uuid, how text, wanted text[], askers uuid[], at timestamptz) returns void
    language plpgsql ${body(`
    declare
      before uuid[] := '{}';
      begun boolean := exists (select from member_terms t where t.member_id = member and t.roles <> '{}');
    begin
      -- Who asked for somebody stays known until she has begun, and who had her invitation in hand.
      if not begun then
        if wanted = '{}' then return; end if;
        how := 'joined';
        askers := askers || coalesce((select i.handled_by from invitations i where i.member_id = wait_for.member), '{}');
      end if;
      with fallen as (
        delete from confirmations c where c.member_id = member and c.kind <> 'account linked'
           and not exists (select from confirmation_decisions d where d.id = c.id) returning c.asked_by, c.kind)
      select coalesce(array_agg(distinct one), '{}'), coalesce(min(f.kind), how) into before, how
        from fallen f left join unnest(f.asked_by) one on true;
      if wanted = '{}' then return; end if;
      insert into confirmations (member_id, agency_id, kind, roles, asked_by, asked_at)
        values (member, agency, how, wanted, array(select distinct unnest(array_remove(before, null) || askers)), at);
    end `)}`,
  );
  await createTriggerFunction(
    db,
    'hold_roles',
    body(`
    declare
      held text[] := case when tg_op = 'UPDATE' and (new.shift_only or not old.shift_only) then old.roles else '{}' end;
      more text[] := array(select r from unnest(new.roles) r where r <> all (held));
      askers uuid[] := array(select m.id from members m where m.id = ctx.member());
    begin
      -- Otherwise a row that is not added after all would have asked for somebody else's.
      if tg_op = 'INSERT' and exists (select from members m where m.id = new.id) then
        raise exception 'there is such a member' using errcode = 'unique_violation';
      end if;
      -- A volunteer of one shift is her planner's, who stands beside her.
      if (new.shift_only and ctx.roles() && array['planner']) or ctx.begins_at_once(more, askers) then return new; end if;
      new.roles := array(select r from unnest(new.roles) r where r = any (held));
      perform ctx.wait_for(new.id, new.agency_id, case tg_op when 'INSERT' then 'joined' else 'moved' end, more, askers,
                           coalesce(ctx.now(), now()));
      return new;
    end `),
    { tie: 'hold_roles before insert or update of roles, shift_only on members', when: byProcessRole },
  );
}

/** A member who had an invitation's link cannot confirm the person who joined by it. */
async function joining(db: Kysely<unknown>): Promise<void> {
  await sql`alter table invitations add column handled_by uuid[] not null default '{}'`.execute(db);
  await sql`update invitations set handled_by = array_remove(array[made_by], null)`.execute(db);
  await createTriggerFunction(
    db,
    'keep_handled',
    body(`
    begin
      new.handled_by := case when tg_op = 'UPDATE' then old.handled_by else '{}' end;
      new.handled_by := array(select distinct m.id from members m
        where m.id = any (new.handled_by) or m.id in (new.made_by, ctx.member()));
      return new;
    end `),
    { tie: 'keep_handled before insert or update on invitations' },
  );
  await sql`set local role safelight_relations`.execute(db);
  await sql
    .raw(`
    create or replace function ctx.accept_invitation(token bytea, hash text, at timestamptz) returns uuid
    language plpgsql ${body(`
    declare
      one invitations;
      begun boolean;
    begin
      select i.* into one from invitations i join agencies a on a.id = i.agency_id
       where i.token_hash = token and i.expires_at > at and i.withdrawn_at is null and i.accepted_at is null
         and a.ended_at is null
         for update of i;
      if not found then return null; end if;
      begun := ctx.begins_at_once(one.roles, one.handled_by);
      insert into members (id, agency_id, name, title, roles)
        values (one.member_id, one.agency_id, one.name, one.title, case when begun then one.roles else '{}' end);
      insert into accounts (member_id, agency_id, email, password_hash)
        values (one.member_id, one.agency_id, one.email, hash);
      if not begun then
        perform ctx.wait_for(one.member_id, one.agency_id, 'joined', one.roles, one.handled_by, at);
      end if;
      update invitations set accepted_at = at where id = one.id;
      return one.member_id;
    end `)}`)
    .execute(db);
  await sql`reset role`.execute(db);
}

/** By another person responsible for the agency: once, and never by a requester or by the member concerned. */
async function deciding(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['staff'],
    'nobody_at_home(uuid, uuid, uuid[])',
    `
    create function ctx.nobody_at_home(agency uuid, member uuid, askers uuid[]) returns boolean language sql stable ${body(`
      select not exists (
        select from members m where m.agency_id = agency and m.id <> member and m.id <> all (askers) and not m.gone
           and (m.ended_at is null or m.ended_at > ctx.now()) and m.roles && (${confirmingRolesFor}))`)}`,
  );
  await createTriggerFunction(
    db,
    'keep_confirmation_decisions',
    body(`
    declare
      one confirmations;
      askers uuid[];
    begin
      if tg_op <> 'INSERT' then
        raise exception 'a decision stays as it was made' using errcode = 'check_violation';
      end if;
      select * into one from confirmations c where c.id = new.id;
      askers := one.asked_by;
      if one.id is null or new.decided_by is distinct from ctx.member() or new.decided_at is distinct from ctx.now()
         or one.member_id = ctx.member() or ctx.member() = any (askers)
         or not exists (select from members m where m.id = one.member_id and not m.gone)
         or not ((one.agency_id = ctx.agency() and ctx.roles() && (${confirmingRolesFor}))
                 or (ctx.roles() && array['data-protection lead']
                     and ctx.nobody_at_home(one.agency_id, one.member_id, askers))) then
        raise exception 'somebody else, who answers for the agency, confirms' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end `),
    { tie: 'keep_confirmation_decisions before insert or update on confirmation_decisions' },
  );
  await createTriggerFunction(
    db,
    'follow_confirmation',
    body(`
    declare
      one confirmations;
    begin
      select * into one from confirmations c where c.id = new.id;
      if one.kind = 'account linked' then
        if new.confirmed then
          update linked_accounts l set waits = false
           where l.agency_id = one.agency_id and l.issuer = one.issuer and l.subject = one.subject and l.member_id = one.member_id;
        else
          delete from linked_accounts l
           where l.agency_id = one.agency_id and l.issuer = one.issuer and l.subject = one.subject and l.member_id = one.member_id and l.waits;
        end if;
      elsif new.confirmed then
        update members m set roles = array(select distinct unnest(m.roles || one.roles)) where m.id = one.member_id;
      elsif one.kind = 'joined' then
        -- Whoever holds this account is not who she is said to be.
        update members m set ended_at = least(m.ended_at, new.decided_at), gone = true
         where m.id = one.member_id and m.roles = '{}' and not m.gone;
      end if;
      return null;
    end `),
    { tie: 'follow_confirmation after insert on confirmation_decisions' },
  );
}

/** An account that is linked to a member cannot sign in until it is confirmed. */
async function linking(db: Kysely<unknown>): Promise<void> {
  await sql`alter table linked_accounts add column waits boolean not null default false`.execute(db);
  await sql`grant update on linked_accounts to safelight_relations`.execute(db);
  await createTriggerFunction(
    db,
    'hold_link',
    body(`
    begin
      new.waits := true;
      return new;
    end `),
    { tie: 'hold_link before insert on linked_accounts', when: byProcessRole },
  );
  await createTriggerFunction(
    db,
    'ask_for_link',
    body(`
    begin
      if tg_op = 'INSERT' then
        insert into confirmations (member_id, agency_id, kind, roles, issuer, subject, asked_by, asked_at)
          values (new.member_id, new.agency_id, 'account linked', '{}', new.issuer, new.subject,
                  array(select m.id from members m where m.id in (ctx.member(), new.linked_by)), coalesce(ctx.now(), now()));
      else
        delete from confirmations c where c.member_id = old.member_id and c.kind = 'account linked' and c.issuer = old.issuer and c.subject = old.subject
           and not exists (select from confirmation_decisions d where d.id = c.id);
      end if;
      return null;
    end `),
    { tie: 'ask_for_link after insert on linked_accounts', when: 'new.waits' },
    { tie: 'forget_link after delete on linked_accounts', when: 'old.waits' },
  );
  await sql`set local role safelight_relations`.execute(db);
  await sql
    .raw(`
    create or replace function ctx.member_of_subject(agency uuid, at_issuer text, who text, at timestamptz) returns uuid
    language sql stable ${body(`
      select m.id from linked_accounts l join members m on m.id = l.member_id
       where l.agency_id = agency and l.issuer = at_issuer and l.subject = who and m.agency_id = agency and not l.waits
         and not m.gone and (m.ended_at is null or m.ended_at > at)`)}`)
    .execute(db);
  await sql`reset role`.execute(db);
}
