-- People of an invited agency see nothing before it accepts, on every site. What differs is whether it needs an
-- agreement to accept. A planner of the leading agency can record an answer that was given by telephone.
alter table partner_invitations add column needs_agreement boolean not null default true; -- whether it can only be accepted with an agreement on file
update partner_invitations set needs_agreement = access_waits;
alter table partner_invitations drop column access_waits;
alter table partner_invitations add column said_by text check (said_by <> ''); -- who of the agency gave the answer by telephone
alter table partner_invitations add column said_at timestamptz; -- when that person gave it
alter table partner_invitations add constraint said_by_telephone check (num_nulls(said_by, said_at) in (0, 2) and (said_by is null or answer is not null));
update grants g set until = greatest(g.since, now())
  from partner_invitations i
 where i.answer is null and g.operation_id = i.operation_id and (g.until is null or g.until > now())
   and (g.agency_id = i.agency_id or g.member_id in (select m.id from members m where m.agency_id = i.agency_id))
   and not exists (select from partners p left join partner_invitations o on o.id = p.id
     where p.operation_id = i.operation_id and p.agency_id = i.agency_id and (o.id is null or o.answer = 'accepted'));
-- A go leaves out a visit that is unlawful as planned, unless the commander gives a reason for it.
alter table policy_log drop constraint policy_log_kind_check;
alter table policy_log add constraint policy_log_kind_check
  check (kind in ('decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off',
    'warning acknowledged', 'dates moved', 'visit added', 'visit left out'));
