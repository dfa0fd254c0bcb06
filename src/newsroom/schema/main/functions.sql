-- Releases and publications: the functions in the main database.

-- PostgreSQL’s own function that joins a list is not immutable, as a generated column needs.
create or replace function joined(parts text[]) returns text
  language sql immutable parallel safe as $$
  select coalesce(string_agg(part, ' ' order by number), '') from unnest(parts) with ordinality as p (part, number)
$$;

-- A release is first published from a return that was signed after the last day of its operation, in London time.
create or replace function published_after_the_last_day() returns trigger
  language plpgsql as $$
begin
  if new.state = 'published' and new.return_id is not null and (tg_op = 'INSERT' or old.published_revision is null)
     and not exists (select from returns r join return_signatures s on s.return_id = r.id
                      where r.id = new.return_id
                        and (s.signed_at at time zone 'Europe/London')::date > (r.facts #>> '{localDates,1}')::date) then
    raise exception 'a release is published from a return that was signed after the last day of the operation'
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- Safeguarding leads read a release from its submission until it is withdrawn: the text that waits, and the published one.
create or replace function submitted_text_leaves() returns trigger
  language plpgsql as $$
begin
  if new.state = 'withdrawn' then
    delete from submitted_releases where id = new.id;
  elsif new.state = 'published' and exists (select from submitted_releases s
          where s.id = new.id and not s.scheduled and s.revision = new.published_revision) then
    delete from submitted_releases where id = new.id and scheduled;
    update submitted_releases set scheduled = true where id = new.id;
  else
    delete from submitted_releases where id = new.id and not scheduled;
    -- A correction that is given up gives the text before it a new number.
    update submitted_releases set revision = new.published_revision
     where id = new.id and revision is distinct from new.published_revision;
  end if;
  return null;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Whether this text still waits, or its embargo runs, and nobody stopped it: what a notification to a safeguarding lead is
-- about. Another text of the release, submitted later, has a notification of its own.
create or replace function ctx.release_waits(release uuid, told_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce('safeguarding lead' = any (ctx.roles()), false) and exists (
      select from submitted_releases s
       where s.id = release and s.submitted_at <= told_at
         and (s.agency_id = ctx.agency() or s.operation_id is null or s.operation_id = any (ctx.partner_operations()))
         and (not s.scheduled or s.embargo_until > ctx.now())
         and not exists (select from release_stops t where t.release_id = s.id and t.revision = s.revision)));
end
$$;

-- A lead who stops a published text withdraws the release, as press would: at once, whole, and in the lead’s own name.
-- A text that was replaced or withdrawn since is left as it is, and the program says so.
create or replace function ctx.withdraw_stopped() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one releases;
  shown publications;
  moment timestamptz := ctx.now();
  was_public boolean;
begin
  select * into one from releases r where r.id = new.release_id for update;
  select * into shown from publications p where p.id = new.release_id;
  if shown.id is null or one.state = 'withdrawn' or one.published_revision is distinct from new.revision then
    return null;
  end if;
  was_public := shown.published_at <= moment and (shown.embargo_until is null or shown.embargo_until <= moment);
  insert into release_withdrawals (id, slug, at, had_been_public, by, why)
    values (one.id, shown.slug, moment, was_public, new.member_id, 'A safeguarding lead stopped it');
  update publications p set withdrawn_at = moment where p.id = one.id;
  delete from release_pictures i where i.release_id = one.id;
  insert into release_events (id, release_id, act, member_id, agency_id, at, revision, note)
    values (gen_random_uuid(), one.id, 'withdrawn', new.member_id, new.agency_id, moment, one.revision, 'A safeguarding lead stopped it');
  if was_public and shown.imported_from is null then
    insert into press_rounds (id, release_id, agency_id, occasion, version, reply_to, due_at)
      values (gen_random_uuid(), one.id, one.agency_id, 'withdrawn', shown.version,
        (select o.reply_to from press_rounds o where o.release_id = one.id order by o.due_at desc, o.version desc limit 1), moment);
  end if;
  update releases r set state = 'withdrawn' where r.id = one.id;
  return null;
end
$$;

reset role;
