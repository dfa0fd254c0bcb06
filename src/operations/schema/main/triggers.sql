-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: the triggers in the main
-- database.

create trigger follow_plan after insert on briefing_times
  for each row execute function ctx.follow_plan();

create trigger follow_plan after update of starts_on, ends_on on operations
  for each row execute function ctx.follow_plan();

create trigger keep_passes before insert or update on temporary_access
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_passes();

create trigger follow_plan after insert or delete on team_members
  for each row execute function ctx.follow_plan();
