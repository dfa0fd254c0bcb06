-- Help for people: the triggers in the safeguarding database.

create trigger keep_nrm_drafts after insert or update on nrm_drafts
  for each row execute function ctx.keep_nrm_drafts();

create trigger number_safeguarding_papers before insert on safeguarding_papers
  for each row execute function ctx.number_safeguarding_papers();

create trigger end_grants_on_consent after update on consents
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function
    ctx.end_grants_on_consent();
create trigger hold_record before insert on consents
  for each row execute function ctx.hold_record();
create trigger keep_consents after insert or update on consents
  for each row execute function ctx.keep_consents();
create trigger stamp_consents before update on consents
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function ctx.stamp_consents();
create trigger withdraw_refused_consents after insert on consents
  for each row when (new.refused) execute function ctx.withdraw_refused_consents();

create trigger hold_record before insert on disclosures
  for each row execute function ctx.hold_record();
create trigger keep_disclosures after insert or update on disclosures
  for each row execute function ctx.keep_disclosures();
create trigger stamp_disclosures before update on disclosures
  for each row execute function ctx.stamp_disclosures();

create trigger keep_withdrawn_grants after update on withdrawn_grants
  for each row execute function ctx.keep_withdrawn_grants();
create trigger name_request_of_end before insert on withdrawn_grants
  for each row execute function ctx.name_request_of_end();
create trigger announce_grant_end after insert on withdrawn_grants
  for each row when (new.ended = 'taken back') execute function ctx.announce_grant_end();
create trigger stamp_withdrawn_grants before update on withdrawn_grants
  for each row when (old.confirmed_at is null and new.confirmed_at is not null) execute function ctx.stamp_withdrawn_grants();

create trigger forget_agreed before update on information_decisions
  for each row when (new.sealed_reasons is null) execute function ctx.forget_agreed();
create trigger keep_information_decisions after insert on information_decisions
  for each row execute function ctx.keep_information_decisions();
create trigger keep_second_person_of_information_decisions after insert on information_decisions
  for each row when (new.ground <> 'the person agreed') execute function
    ctx.keep_second_person_of_information_decisions();

create trigger keep_retention_facts after insert or update on retention_facts
  for each row execute function ctx.keep_retention_facts();

create trigger number_contact_notes before insert on contact_notes
  for each row execute function ctx.number_contact_notes();

create trigger end_referral_of_grant after update on person_grants
  for each row when (old.ended is null and new.ended = 'taken back') execute function ctx.end_referral_of_grant();
create trigger hold_record before insert on person_grants
  for each row execute function ctx.hold_record();
create trigger keep_granted_papers after insert on person_grants
  for each row when (cardinality(new.papers) > 0) execute function ctx.keep_granted_papers();
create trigger keep_person_grants after insert or update on person_grants
  for each row execute function ctx.keep_person_grants();
create trigger keep_told_without_consent after insert on person_grants
  for each row when (new.disclosure_id is not null) execute function ctx.keep_told_without_consent();
create trigger tell_of_grant_end after update on person_grants
  for each row when (old.ended_at is null and new.ended_at is not null) execute function ctx.tell_of_grant_end();

create trigger take_over_meeting after insert on persons
  for each row when (new.origin_id is not null) execute function ctx.take_over_meeting();

create trigger keep_custody_notices after insert or update on custody_notices
  for each row execute function ctx.keep_custody_notices();
create trigger keep_second_person_of_custody_notices after insert on custody_notices
  for each row when (new.ground <> 'the person agreed') execute function
    ctx.keep_second_person_of_custody_notices();

create trigger keep_referral_messages after insert on referral_messages
  for each row execute function ctx.keep_referral_messages();

create trigger end_grant_of_referral after update on referrals
  for each row when (new.state = 'declined' or new.ended is not null) execute function ctx.end_grant_of_referral();
create trigger hold_record before insert on referrals
  for each row execute function ctx.hold_record();
create trigger keep_called_back after update on referrals
  for each row execute function ctx.keep_called_back();
create trigger keep_referrals after update on referrals
  for each row execute function ctx.keep_referrals();

create trigger keep_person_actions before update on person_actions
  for each row execute function ctx.keep_person_actions();

create trigger keep_case_meetings before update on case_meetings
  for each row execute function ctx.keep_case_meetings();
create trigger keep_meeting_cases before insert or update on meeting_cases
  for each row execute function ctx.keep_meeting_cases();
