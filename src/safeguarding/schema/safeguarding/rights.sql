-- Help for people: what functions may read and change, and who may call them, in the safeguarding database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on nrm_drafts to safelight_relations;
create policy relations on nrm_drafts to safelight_relations using (true) with check (true);
grant select on nrm_drafts_versions to safelight_relations;
create policy relations on nrm_drafts_versions to safelight_relations using (true) with check (true);
grant select, insert, update, delete on consents to safelight_relations;
create policy relations on consents to safelight_relations using (true) with check (true);
grant select, insert, update, delete on disclosures to safelight_relations;
create policy relations on disclosures to safelight_relations using (true) with check (true);
grant select, insert, update, delete on person_erasure_certificates to safelight_relations;
create policy relations on person_erasure_certificates to safelight_relations using (true) with check (true);
grant select, insert, update, delete on note_facts to safelight_relations;
create policy relations on note_facts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on withdrawn_grants to safelight_relations;
create policy relations on withdrawn_grants to safelight_relations using (true) with check (true);
grant select, update on information_decisions to safelight_relations;
create policy relations on information_decisions to safelight_relations using (true) with check (true);
grant select, insert, update, delete on retention_facts to safelight_relations;
create policy relations on retention_facts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on person_retention_rules to safelight_relations;
create policy relations on person_retention_rules to safelight_relations using (true) with check (true);
grant select, insert, update, delete on keys_to_destroy to safelight_relations;
create policy relations on keys_to_destroy to safelight_relations using (true) with check (true);
grant select, insert, update, delete on notes to safelight_relations;
create policy relations on notes to safelight_relations using (true) with check (true);
grant select, insert, update, delete on notes_versions to safelight_relations;
create policy relations on notes_versions to safelight_relations using (true) with check (true);
grant select on contact_notes to safelight_relations;
create policy relations on contact_notes to safelight_relations using (true) with check (true);
grant select, insert, update, delete on person_grants to safelight_relations;
create policy relations on person_grants to safelight_relations using (true) with check (true);
grant select, insert, update, delete, maintain on name_digests to safelight_relations;
create policy relations on name_digests to safelight_relations using (true) with check (true);
grant select, delete on person_documents to safelight_relations;
create policy relations on person_documents to safelight_relations using (true) with check (true);
grant select, insert, update, delete on persons to safelight_relations;
create policy relations on persons to safelight_relations using (true) with check (true);
grant select, insert, update, delete on persons_versions to safelight_relations;
create policy relations on persons_versions to safelight_relations using (true) with check (true);
grant select on custody_notices to safelight_relations;
create policy relations on custody_notices to safelight_relations using (true) with check (true);
grant select on reception_centres to safelight_relations;
create policy relations on reception_centres to safelight_relations using (true) with check (true);
grant select, update, delete on referral_messages to safelight_relations;
create policy relations on referral_messages to safelight_relations using (true) with check (true);
grant select, update, delete on referrals to safelight_relations;
create policy relations on referrals to safelight_relations using (true) with check (true);
grant select, insert, update, delete on disposed_referrals to safelight_relations;
create policy relations on disposed_referrals to safelight_relations using (true) with check (true);
grant select, insert, delete on referrals_versions to safelight_relations;
create policy relations on referrals_versions to safelight_relations using (true) with check (true);
grant select, insert, update, delete on note_acknowledgements to safelight_relations;
create policy relations on note_acknowledgements to safelight_relations using (true) with check (true);
grant select on person_actions to safelight_relations;
create policy relations on person_actions to safelight_relations using (true) with check (true);
grant select on wristband_people to safelight_relations;
create policy relations on wristband_people to safelight_relations using (true) with check (true);
grant select on wristbands to safelight_relations;
create policy relations on wristbands to safelight_relations using (true) with check (true);

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
  ctx.erasure_leaves(uuid[]),
  ctx.mark_person(uuid, integer[], bit, integer),
  ctx.meetings_kept_here(uuid, uuid, integer),
  ctx.people_kept_here(uuid, uuid, integer),
  ctx.people_like(integer[], integer[], bit, integer[], integer[])
to safelight_safeguarding;
reset role;
