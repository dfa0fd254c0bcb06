-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: what functions may read and
-- change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on agreements, briefing_times, partner_invitations, partners, plan_files, planned_visits, policy_log, premises,
  premises_versions to safelight_relations;
grant select, update, delete on operation_members, operations, team_members, teams to safelight_relations;
grant select, update on temporary_access to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.plan_files_among(uuid[]) to safelight_leader;
grant execute on function ctx.glass_to_review(uuid) to safelight_auditor, safelight_staff, safelight_statistics;
grant execute on function
  ctx.added_since_decision(uuid),
  ctx.agency_waits(uuid, uuid),
  ctx.decision_to_proceed(uuid),
  ctx.invited_operations(),
  ctx.planned_visits_ending(text[]),
  ctx.shift_pass_holder(bytea, timestamptz),
  ctx.team_days(),
  ctx.use_shift_pass(bytea, timestamptz)
to safelight_staff;
reset role;
