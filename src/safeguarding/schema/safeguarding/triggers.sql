-- Help for people: the triggers in the safeguarding database.

create trigger keep_concerns after insert or update on concerns
  for each row execute function ctx.keep_concerns();
create trigger keep_earlier_version before update on concerns
  for each row execute function ctx.keep_earlier_version();

create trigger end_grants_on_consent after update on consents
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function
    ctx.end_grants_on_consent();
create trigger hold_record before insert on consents
  for each row execute function ctx.hold_record();
create trigger keep_consents after insert or update on consents
  for each row execute function ctx.keep_consents();
create trigger stamp_consents before update on consents
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function ctx.stamp_consents();

create trigger hold_record before insert on disclosures
  for each row execute function ctx.hold_record();
create trigger keep_disclosures after insert or update on disclosures
  for each row execute function ctx.keep_disclosures();
create trigger stamp_disclosures before update on disclosures
  for each row execute function ctx.stamp_disclosures();

create trigger keep_grant_ends after update on grant_ends
  for each row execute function ctx.keep_grant_ends();
create trigger name_request_of_end before insert on grant_ends
  for each row execute function ctx.name_request_of_end();
create trigger stamp_grant_ends before update on grant_ends
  for each row when (old.heard_at is null and new.heard_at is not null) execute function ctx.stamp_grant_ends();

create trigger forget_agreed before update on information_decisions
  for each row when (new.sealed_reasons is null) execute function ctx.forget_agreed();
create trigger keep_information_decisions after insert on information_decisions
  for each row execute function ctx.keep_information_decisions();
create trigger keep_second_person_of_information_decisions after insert on information_decisions
  for each row when (new.ground <> 'the person agreed') execute function
    ctx.keep_second_person_of_information_decisions();

create trigger keep_keeping_facts after insert or update on keeping_facts
  for each row execute function ctx.keep_keeping_facts();

create trigger keep_earlier_version before update on notes
  for each row execute function ctx.keep_earlier_version();

create trigger number_person_acts before insert on person_acts
  for each row execute function ctx.number_person_acts();

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

create trigger keep_earlier_version before update on persons
  for each row execute function ctx.keep_earlier_version();
create trigger take_over_meeting after insert on persons
  for each row when (new.origin_id is not null) execute function ctx.take_over_meeting();

create trigger keep_protective_notices after insert or update on protective_notices
  for each row execute function ctx.keep_protective_notices();
create trigger keep_second_person_of_protective_notices after insert on protective_notices
  for each row when (new.ground <> 'the person agreed') execute function
    ctx.keep_second_person_of_protective_notices();

create trigger keep_referral_messages after insert on referral_messages
  for each row execute function ctx.keep_referral_messages();

create trigger end_grant_of_referral after update on referrals
  for each row when (new.state = 'declined' or new.ended is not null) execute function ctx.end_grant_of_referral();
create trigger hold_record before insert on referrals
  for each row execute function ctx.hold_record();
create trigger keep_called_back after update on referrals
  for each row execute function ctx.keep_called_back();
create trigger keep_earlier_version before update on referrals
  for each row execute function ctx.keep_earlier_version();
create trigger keep_referrals after update on referrals
  for each row execute function ctx.keep_referrals();

create trigger keep_tasks before update on tasks
  for each row execute function ctx.keep_tasks();
