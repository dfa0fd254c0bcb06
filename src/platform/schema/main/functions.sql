-- Notifications and messages about them: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Only for the leader process: the members who now hold one of these roles, at one agency or at all agencies that
-- take part in an operation. Where neither is given, at every agency.
create or replace function ctx.notice_recipients(agency uuid, operation uuid, wanted text[], moment timestamptz)
    returns table (member_id uuid, agency_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.agency_id from members m
   where (m.agency_id = agency
          or m.agency_id in (select p.agency_id from partners p where p.operation_id = operation)
          or num_nonnulls(agency, operation) = 0)
     and m.roles && wanted and not m.gone and (m.ended_at is null or m.ended_at > moment)
$$;

-- Only for the leader process: the agency of a member who is still here.
create or replace function ctx.agency_of_member(member uuid, moment timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.agency_id from members m where m.id = member and not m.gone and (m.ended_at is null or m.ended_at > moment)
$$;

-- How far each notification is, for callers with its id, which cannot be guessed: read, delivered, or neither. It says
-- nothing of who or when. What went on to others counts too. News of cases answers support agencies alone.
create or replace function ctx.notices_standing(asked uuid[]) returns table (id uuid, standing text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, case
      when exists (select from notice_readings r join notices o on o.id = r.notice_id where n.id in (o.id, o.first_id))
        then 'read'
      when exists (select from notification_messages m join notices o on o.id = any (m.notices)
                    where n.id in (o.id, o.first_id) and m.state = 'accepted')
        then 'delivered'
      else 'not yet' end
    from notices n
   where n.id = any (asked)
     and case when n.kind in ('case news', 'urgent case news') then ctx.side() = 'help'
              else n.kind in ('opening asked', 'partner invited') end
$$;

-- The same by record: of identity requests and invitations alone. Nobody learns so what support agencies read.
create or replace function ctx.records_standing(asked_kind text, record uuid) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.standing from notices n, ctx.notices_standing(array[n.id]) s
   where n.kind = asked_kind and n.subject = record and asked_kind in ('opening asked', 'partner invited')
   order by n.made_at desc limit 1
$$;

reset role;

-- Whether the reader sees the record of a notification, by the row policies of its table; a kind without a line shows none.
-- It sees no more than its caller. One table is asked for each kind, and only then: as part of the row policy, the tables
-- of all kinds were planned on every page, for the number of the bell.
create or replace function ctx.sees_subject(told_kind text, told_subject uuid, told_at timestamptz) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  case
    when told_kind in ('glass broken', 'glass reviewed') then
      return exists (select from break_glass r where r.id = told_subject);
    when told_kind = 'briefing time set' then
      return exists (select from teams r where r.id = told_subject);
    when told_kind in ('opening asked', 'opening decided', 'opening ended') then
      return exists (select from identity_requests r where r.id = told_subject);
    when told_kind = 'custody notice' then
      return exists (select from custody_urgent_pages r where r.id = told_subject);
    when told_kind in ('information request', 'information answer', 'information deadline') then
      return exists (select from information_requests r where r.id = told_subject);
    when told_kind = 'child arrest' then
      return exists (select from arrests r where r.id = told_subject);
    when told_kind = 'referral taken over' then
      return exists (select from nrm_referrals r where r.id = told_subject);
    when told_kind in ('partner invited', 'invitation answered') then
      return exists (select from partner_invitations r where r.id = told_subject);
    when told_kind = 'agency to ring' then
      return exists (select from deconfliction_matches r where r.id = told_subject);
    when told_kind in ('intelligence shared', 'intelligence recalled') then
      return exists (select from intelligence_shares r where r.id = told_subject);
    when told_kind = 'release to read' then
      return ctx.release_waits(told_subject, told_at);
    -- A finding has no record: its subject names the rule.
    when told_kind = 'system finding' then
      return true;
    else
      return false;
  end case;
end
$$;
