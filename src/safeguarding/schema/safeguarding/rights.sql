-- Help for people: what functions may read and change, and who may call them, in the safeguarding database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
do $$
declare
  held record;
  reached text;
begin
  for held in select * from (values
    ('select', array['nrm_drafts', 'nrm_drafts_versions', 'contact_notes', 'custody_notices', 'reception_centres',
      'person_actions', 'wristband_people', 'wristbands']),
    ('select, delete', array['person_documents']),
    ('select, insert, delete', array['referrals_versions']),
    ('select, insert, update, delete', array['consents', 'disclosures', 'person_erasure_certificates', 'note_facts',
      'withdrawn_grants', 'retention_facts', 'person_retention_rules', 'keys_to_destroy', 'notes', 'notes_versions',
      'person_grants', 'persons', 'persons_versions', 'disposed_referrals', 'note_acknowledgements']),
    ('select, insert, update, delete, maintain', array['name_digests']),
    ('select, update', array['information_decisions']),
    ('select, update, delete', array['referral_messages', 'referrals'])) as h (rights, tables) loop
    foreach reached in array held.tables loop
      execute format('grant %s on %I to safelight_relations', held.rights, reached);
      execute format('create policy relations on %I to safelight_relations using (true) with check (true)', reached);
    end loop;
  end loop;
end
$$;

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
