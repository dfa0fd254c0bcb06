/** Erases one person's record with everything that its agency keeps about them: in one transaction, with certificate and log row. */
import type { Kysely } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Each sealed row, and each earlier version of one, contains its key: in halves, or whole in rows from before keys had halves. */
const sealed = `
  select p.wrapped_key from persons p where p.id = person
  union all select n.wrapped_key from notes n where n.id = any (her_notes)
  union all select decode(substring(v.record ->> 'wrapped_key' from 3), 'hex') from notes_versions v where v.id = any (her_notes)
  union all select r.wrapped_key from referrals r where r.id = any (her_referrals)
  union all select m.wrapped_key from referral_messages m where m.referral_id = any (her_referrals)
  union all select c.wrapped_key from consents c where c.id = any (her_consents)
  union all select d.wrapped_key from disclosures d where d.id = any (her_disclosures)
  union all select g.wrapped_key from person_grants g where g.id = any (her_grants)`;
export const erasing = (db: Kysely<unknown>): Promise<void> =>
  createDefinerFunction(
    db,
    ['leader'],
    'erase_person(uuid, integer, timestamptz, text, text)',
    `create function ctx.erase_person(person uuid, known integer, moment timestamptz, of_class text, because text) returns boolean
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       kept persons;
       about uuid[];
       met uuid;
       her_notes uuid[];
       her_referrals uuid[];
       her_consents uuid[];
       her_disclosures uuid[];
       her_grants uuid[];
       counted uuid[];
       certificate uuid := gen_random_uuid();
       request uuid := gen_random_uuid();
       hour timestamptz := date_trunc('hour', moment);
       many integer;
       halved integer;
       whole integer;
     begin
       select * into kept from persons p where p.id = person for update;
       if not found then return false; end if;
       if exists (select from keeping_facts f where f.person_id = person and f.what = 'hold' and f.ended_on is null)
          -- While she is being told what is held, all of it stays.
          or exists (select from subject_requests r where r.state = 'open' and r.about && array[person, kept.origin_id])
          or (select k.seen from ctx.kept_people(kept.agency_id, person, '00000000-0000-0000-0000-000000000000', 1) k) <> known
          then return false; end if;
       -- What was written of the meeting goes with the last record that the agency opened of it.
       about := array[person];
       if kept.origin_id is not null and not exists (select from persons p
            where p.origin_id = kept.origin_id and p.agency_id = kept.agency_id and p.id <> person) then
         met := kept.origin_id;
         about := about || met;
       end if;
       her_notes := array(select n.id from notes n where n.encounter_id = met and n.agency_id = kept.agency_id for update);
       her_consents := array(select c.id from consents c where c.person_id = any (about) and c.agency_id = kept.agency_id);
       her_disclosures := array(select d.id from disclosures d where d.person_id = any (about) and d.agency_id = kept.agency_id);
       her_referrals := array(select r.id from referrals r where r.note_id = any (her_notes)
         union select g.referral_id from person_grants g where g.referral_id is not null
           and (g.consent_id = any (her_consents) or g.disclosure_id = any (her_disclosures)));
       her_grants := array(select g.id from person_grants g where g.consent_id = any (her_consents)
         or g.disclosure_id = any (her_disclosures) or g.referral_id = any (her_referrals));
       select count(*) filter (where get_byte(k.wrapped_key, 0) = 0), count(*) filter (where get_byte(k.wrapped_key, 0) <> 0)
         into halved, whole from (${sealed}) k;
       many := 1 + cardinality(her_notes) + cardinality(her_referrals) + cardinality(her_consents)
         + cardinality(her_disclosures) + cardinality(her_grants);
       insert into erasure_certificates (id, person_id, agency_id, class, why, opened_at, records, keys, whole_keys,
                                         keys_destroyed_at, destroyed_at, log_request)
         values (certificate, person, kept.agency_id, of_class, because, kept.opened_at, many, halved, whole,
                 case when halved = 0 then hour end, hour, request);
       insert into keys_to_destroy
         select distinct substring(k.wrapped_key from 2 for 12), certificate from (${sealed}) k
          where get_byte(k.wrapped_key, 0) = 0 on conflict do nothing;
       -- What is counted stays, and leads to nobody.
       insert into referrals_let_go select r.id, r.operation_id, r.day, r.to_agency, r.state
         from referrals r where r.id = any (her_referrals) and r.operation_id is not null on conflict do nothing;
       counted := array(select distinct f.person from facts f where f.note_id = any (her_notes));
       update facts f set note_id = gen_random_uuid() where f.note_id = any (her_notes);
       delete from grant_ends e where e.id = any (her_grants);
       delete from person_grants g where g.id = any (her_grants);
       delete from referral_messages m where m.referral_id = any (her_referrals);
       delete from referrals_versions v where v.id = any (her_referrals);
       delete from referrals r where r.id = any (her_referrals);
       delete from consents c where c.id = any (her_consents);
       delete from disclosures d where d.id = any (her_disclosures);
       delete from take_ups t where t.note_id = any (her_notes);
       delete from notes_versions v where v.id = any (her_notes);
       delete from notes n where n.id = any (her_notes);
       -- One person still counts once; and where nobody else wrote of her, not even the unit's key finds the meeting.
       if not exists (select from notes n where n.encounter_id = met) then
         update facts f set person = c.other from (select o.was, gen_random_uuid() as other from unnest(counted) o (was)) c
          where f.person = c.was;
       end if;
       delete from persons_versions v where v.id = person;
       delete from persons p where p.id = person;
       insert into access_log (at, kind, event, action, purpose, subject, fields, reason, owner_id, request_id)
         values (hour, 'erasure', 'person.let go', 'upkeep', 'upkeep', person, array['known', 'notes', 'consents', 'referrals', 'key'],
                 because, kept.agency_id, request);
       return true;
     end $$`,
  );
