-- Records of visits, and identity requests: what functions may read and change, and who may call them, in the main
-- database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on arrests, child_notifications, encounter_names, encounter_names_versions, identity_request_decisions,
  identity_request_ends, identity_requests, nrm_referral_contents, nrm_referrals, screenings, searches, seizures,
  seizures_versions, visit_photos, visits, visits_versions to safelight_relations;
grant update on nrm_referral_contents, nrm_referrals to safelight_relations;
grant select, insert on nrm_referral_contents_versions, nrm_referrals_versions to safelight_relations;
grant select, update on encounters, observations to safelight_relations;
grant select, insert, delete on encounters_versions, observations_versions to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.dispose_encounters(timestamptz, integer) to safelight_leader;
grant execute on function ctx.visit_photos_among(uuid[]) to safelight_leader;
grant execute on function
  ctx.case_names(uuid),
  ctx.encounters_ending(text[]),
  ctx.entries_by_others(uuid, uuid),
  ctx.immigration_kept_out(uuid, uuid),
  ctx.name_held(uuid),
  ctx.of_immigration(),
  ctx.opened(),
  ctx.opened_after(uuid, text[], timestamptz),
  ctx.take_over_referral(uuid, uuid, text)
to safelight_staff;
reset role;
