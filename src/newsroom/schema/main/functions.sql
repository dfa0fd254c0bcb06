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

-- Safeguarding leads read a release while it waits for approval, publication or the end of its embargo.
create or replace function submitted_text_leaves() returns trigger
  language plpgsql as $$
begin
  if new.state = 'published' and new.embargo_until > ctx.now() then
    update submitted_releases set scheduled = true where id = new.id;
  elsif new.state = 'draft' then
    -- A correction is being written: the text before it still becomes public by itself.
    delete from submitted_releases where id = new.id and not (scheduled and embargo_until > ctx.now());
  else
    delete from submitted_releases where id = new.id;
  end if;
  return null;
end
$$;
