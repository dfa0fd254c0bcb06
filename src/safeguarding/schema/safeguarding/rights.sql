-- Help for people: what functions may read and change, and who may call them, in the safeguarding database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on nrm_drafts, nrm_drafts_versions, contact_notes, custody_notices, reception_centres, person_actions,
  meeting_cases, wristband_people, wristbands to safelight_relations;
grant select, insert, update, delete on consents, disclosures, person_erasure_certificates, note_facts,
  withdrawn_grants, retention_facts, person_retention_rules, keys_to_destroy, notes, notes_versions, person_grants,
  persons, persons_versions, disposed_referrals, note_acknowledgements to safelight_relations;
grant select, update on information_decisions to safelight_relations;
grant select, delete on person_documents to safelight_relations;
grant select, update on safeguarding_papers to safelight_relations;
grant select, update, delete on referral_messages, referrals to safelight_relations;
grant select, insert, delete on referrals_versions to safelight_relations;
grant select, insert, update, delete, maintain on name_digests to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.erase_meeting(uuid, uuid, integer, timestamptz, text, text),
  ctx.erase_person(uuid, integer, timestamptz, text, text),
  ctx.forget_heard(uuid[]),
  ctx.keys_destroyed(bytea[], timestamptz),
  ctx.keys_waiting(integer),
  ctx.mark_anew(uuid, integer[], bit, integer),
  ctx.meetings_kept(uuid, integer),
  ctx.papers_among(uuid[]),
  ctx.people_kept(uuid, integer),
  ctx.rules_of_keeping(),
  ctx.seal_reason(uuid, bytea, bytea),
  ctx.unmarked_persons(uuid, integer),
  ctx.unsealed_reasons(integer),
  ctx.write_marks_anew(timestamptz)
to safelight_leader;
grant execute on function
  ctx.asked_by_person(uuid, text),
  ctx.council_notified(uuid, uuid[]),
  ctx.erasure_leaves(uuid[]),
  ctx.grants_opened(uuid[]),
  ctx.mark_person(uuid, integer[], bit, integer),
  ctx.meetings_kept_here(uuid, uuid, integer),
  ctx.on_call_at(uuid),
  ctx.people_kept_here(uuid, uuid, integer),
  ctx.people_like(integer[], integer[], bit, integer[], integer[]),
  ctx.persons_ending(text[])
to safelight_safeguarding;
reset role;
