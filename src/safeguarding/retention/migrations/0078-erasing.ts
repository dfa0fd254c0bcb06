/** Erases everything an agency keeps about one person, by record or by a meeting without a record: in one transaction, with certificate and log row. */
import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner } from '../../../platform/access-policy/definer-functions.ts';
import { goingAlong, keysOfHers } from './0071-what-is-hers.ts';

export const heldKeys = keysOfHers;

/** Refuses during a hold, while the person is being informed, or if something was added since the decision. */
const deciding = `
  create or replace function ctx.erase_person(person uuid, known integer, moment timestamptz, of_class text, because text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    kept persons;
  begin
    select * into kept from persons p where p.id = person for update;
    if not found then return false; end if;
    if exists (select from keeping_facts f where f.person_id = person and f.what = 'hold' and f.ended_on is null)
       -- While she is being told what is held, all of it stays.
       or exists (select from subject_requests r where r.state = 'open' and r.about && array[person, kept.origin_id])
       or (select k.seen from ctx.kept_people(kept.agency_id, person, '00000000-0000-0000-0000-000000000000', 1) k) <> known
       then return false; end if;
    -- What was written of the meeting goes with the last record that the agency opened of it.
    perform ctx.erase_hers(person,
      case when not exists (select from persons p
        where p.origin_id = kept.origin_id and p.agency_id = kept.agency_id and p.id <> person) then kept.origin_id end,
      kept.agency_id, kept.opened_at, moment, of_class, because);
    delete from persons_versions v where v.id = person;
    delete from persons p where p.id = person;
    return true;
  end $$`;

const decidingMeeting = `
  create or replace function ctx.erase_meeting(encounter uuid, whose uuid, known integer, moment timestamptz, of_class text, because text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    opened timestamptz;
    seen integer;
  begin
    -- Whoever opens a record of it, or holds it, waits; who writes in a note meanwhile has written before or finds none.
    perform pg_advisory_xact_lock(hashtextextended('persons of/' || encounter, 0));
    perform from notes n where n.encounter_id = encounter and n.agency_id = whose for update;
    select k.opened_at, k.seen into opened, seen
      from ctx.kept_meetings(whose, encounter, '00000000-0000-0000-0000-000000000000', 1) k;
    if not found or seen <> known
       or exists (select from keeping_facts f
         where f.encounter_id = encounter and f.agency_id = whose and f.what = 'hold' and f.ended_on is null)
       or exists (select from subject_requests r where r.state = 'open'
         and r.about && (array[encounter] || array(select n.id from notes n where n.encounter_id = encounter and n.agency_id = whose)))
       then return false; end if;
    perform ctx.erase_hers(null, encounter, whose, opened, moment, of_class, because);
    return true;
  end $$`;

/** Rows of a record by any author, and of a meeting by one agency; either may be absent. `keys` lists the person's keys, and later migrations extend it; `first` runs before everything else. */
export const erasingAll = (keys: string, first = ''): string => `
  create or replace function ctx.erase_hers(person uuid, met uuid, whose uuid, opened timestamptz, moment timestamptz, of_class text, because text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
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
    her_notes := array(select n.id from notes n where n.encounter_id = met and n.agency_id = whose for update);
    her_consents := array(select c.id from consents c where c.person_id = person or c.person_id = met and c.agency_id = whose);
    her_disclosures := array(select d.id from disclosures d where d.person_id = person or d.person_id = met and d.agency_id = whose);
    her_grants := array(select g.id from person_grants g where g.person_id = person or g.person_id = met and g.from_agency = whose
      or g.consent_id = any (her_consents) or g.disclosure_id = any (her_disclosures));
    her_referrals := array(select r.id from referrals r where r.note_id = any (her_notes) or r.person_id = person
      union select g.referral_id from person_grants g where g.referral_id is not null and g.id = any (her_grants));
    her_grants := array(select g.id from person_grants g where g.id = any (her_grants) or g.referral_id = any (her_referrals));
    select count(distinct k.wrapped_key) filter (where get_byte(k.wrapped_key, 0) = 0),
           count(distinct k.wrapped_key) filter (where get_byte(k.wrapped_key, 0) <> 0)
      into halved, whole from (${keys}) k;
    many := (person is not null)::integer + cardinality(her_notes) + cardinality(her_referrals) + cardinality(her_consents)
      + cardinality(her_disclosures) + cardinality(her_grants) + ${goingAlong};
    insert into erasure_certificates (id, person_id, agency_id, class, why, opened_at, records, keys, whole_keys,
                                      keys_destroyed_at, destroyed_at, log_request)
      values (certificate, coalesce(person, met), whose, of_class, because, opened, many, halved, whole,
              case when halved = 0 then hour end, hour, request);
    insert into keys_to_destroy
      select distinct substring(k.wrapped_key from 2 for 12), certificate from (${keys}) k
       where get_byte(k.wrapped_key, 0) = 0 on conflict do nothing;
    ${first}
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
    delete from keeping_facts f where f.encounter_id = met and f.agency_id = whose;
    -- One person still counts once; and where nobody else wrote of her, not even the unit's key finds the meeting.
    if not exists (select from notes n where n.encounter_id = met) then
      update facts f set person = c.other from (select o.was, gen_random_uuid() as other from unnest(counted) o (was)) c
       where f.person = c.was;
    end if;
    -- Decided stays decided: about nobody, and without a reason.
    update information_decisions i set person_id = null, sealed_reasons = null, wrapped_key = null where i.person_id = person;
    insert into access_log (at, kind, event, action, purpose, subject, fields, reason, owner_id, request_id)
      values (hour, 'erasure', case when person is null then 'meeting.let go' else 'person.let go' end, 'upkeep', 'upkeep',
              coalesce(person, met), array['known', 'notes', 'consents', 'referrals', 'key'], because, whose, request);
  end $$`;

export async function erasing(db: Kysely<unknown>, keys: string): Promise<void> {
  await sql.raw(erasingAll(keys)).execute(db);
  await assignFunctionOwner(db, 'erase_hers(uuid, uuid, uuid, timestamptz, timestamptz, text, text)');
  await sql.raw(decidingMeeting).execute(db);
  await assignFunctionOwner(db, 'erase_meeting(uuid, uuid, integer, timestamptz, text, text)', ['leader']);
  await sql`set local role safelight_relations`.execute(db);
  await sql.raw(deciding).execute(db);
  await sql`reset role`.execute(db);
}
