-- One row for each thing that a return counts, under ids alone: no name, no address, no free text. Who reads it reads
-- the tables behind it in their own right, so the row policies of counting hold here too. Other rows are looked up by
-- IN in a value, not by a join: the planner hashes them once, where row policies make it expect too few rows to join.
create view countable_facts with (security_invoker = true) as
select p.operation_id, 'premises' as fact, p.id,
       array_remove(array[case when p.id in (select v.premises_id from visits v) then 'visited' end,
                          case when p.id in (select v.premises_id from visits v
                                              where exists (select from arrests a where a.visit_id = v.id)) then 'arrest' end],
                    null) as marks,
       1::bigint as amount, null as kind, p.town, p.business, null as power, null as outcome, null as matter, null as sex,
       null as age, null as residence, null as status, null as partner, null as organisation, null as currency
  from premises p
union all
select v.operation_id, 'visit', v.id,
       array_remove(array[case when v.id in (select o.visit_id from observations o where o.of_control) then 'sign' end,
                          case when s.damaged then 'damage' end], null),
       1, null, p.town, null,
       case when v.basis is not null then v.basis
            when v.answer in ('no reply', 'refused entry', 'spoken to outside') then 'nobody entered' end,
       v.answer, null, null, null, null, null, null, null, null
  from visits v
  left join premises p on p.id = v.premises_id
  left join searches s on s.id = v.id
union all
select v.operation_id, 'check', v.id, case when n.number is null then array['not stated'] else '{}' end,
       coalesce(n.number, 0), n.kind, null, null, null, null, null, null, null, null, null, null, null, null
  from visits v
  left join searches s on s.id = v.id
 cross join lateral (values ('people', s.people_checked), ('vehicles', s.vehicles_checked),
                            ('documents', s.documents_checked), ('suspects', s.suspects)) n (kind, number)
 where n.number > 0
    or (n.number is null and v.answer in ('entered', 'forced, no reply', 'forced, refused', 'forced, no notice'))
union all
select v.operation_id, 'planned visit', v.id, '{}', 1, null, p.town, null, null, null, null, null, null, null, null, null, null, null
  from planned_visits v
  left join premises p on p.id = v.premises_id
 where v.state = 'called off' and (v.id in (select made.id from visits made)) is not true
union all
select w.operation_id, 'power', w.id, '{}', 1, null, p.town, null, w.basis, null, null, null, null, null, null, null, null, null
  from powers w
  left join premises p on p.id = w.premises_id
 where (w.id in (select v.power_id from visits v where v.power_id is not null)) is true
union all
select a.operation_id, 'member', a.member_id, '{}', 1, null, null, null, null, null, null, null, null, null, null, p.printed_name, null, null
  from (select distinct v.operation_id, a.member_id from visit_attendees a join visits v on v.id = a.visit_id) a
  left join operation_members m on m.operation_id = a.operation_id and m.member_id = a.member_id
  left join partners p on p.id = m.partner_id
union all
select o.operation_id, 'member', null, '{}', max(o.number), null, null, null, null, null, null, null, null, null, null, o.unit, null, null
  from (select v.id, v.operation_id, one ->> 'from' as unit, sum((one ->> 'count')::integer) as number
          from visits v cross join lateral jsonb_array_elements(v.others) one
         group by v.id, v.operation_id, one ->> 'from') o
 group by o.operation_id, o.unit
union all
select v.operation_id, 'encounter', e.id,
       array_remove(array[case when e.spoken_to then 'spoken to' end,
                          case when e.spoken_to and e.interpreter in ('in person', 'by phone') then 'interpreted' end], null),
       1, null, p.town, null, null, null, null, null, null, null, null, null, null, null
  from encounters e
  join visits v on v.id = e.visit_id
  left join premises p on p.id = v.premises_id
union all
select v.operation_id, 'arrest', a.id,
       array_remove(array[case when s.outcome in ('no concern', 'concern raised') then 'screened' else 'not screened' end,
                          case when s.outcome = 'concern raised' then 'concern' end], null),
       1, a.kind, p.town, null, null, null, a.matter, a.sex, a.age::text, a.residence, a.status, null, null, null
  from arrests a
  join visits v on v.id = a.visit_id
  left join premises p on p.id = v.premises_id
  left join screenings s on s.id = a.id
union all
select v.operation_id, 'seizure', s.id, '{}', 1, s.kind, null, null, null, null, null, null, null, null, null, null, null, null
  from seizures s
  join visits v on v.id = s.visit_id
union all
select v.operation_id, 'cash', s.id, case when s.pence is null then array['not stated'] else '{}' end, coalesce(s.pence, 0),
       null, null, null, null, null, null, null, null, null, null, null, null, s.currency
  from seizures s
  join visits v on v.id = s.visit_id
 where s.kind = 'cash'
union all
select v.operation_id, 'NRM referral', r.id, array[r.outcome], 1, null, null, null, null, null, null, null, null, null, null, null, a.name, null
  from nrm_referrals r
  join visits v on v.id = r.visit_id
  left join agencies a on a.id = r.agency_id
 where r.outcome in ('referral', 'notification')
union all
select v.operation_id, 'person referred', null, '{}', 1, null, null, null, null, null, null, null,
       case when bool_or(r.referred_as is not distinct from 'child') then 'child'
            when bool_or(r.referred_as is distinct from 'adult') then null else 'adult' end,
       null, null, null, null, null
  from nrm_referrals r
  join visits v on v.id = r.visit_id
 where r.outcome in ('referral', 'notification')
 group by v.operation_id, coalesce(r.person, r.id);
