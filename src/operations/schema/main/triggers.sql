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

create trigger keep_invitations before insert or update on partner_invitations
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_invitations();

create trigger follow_invitation after insert or update or delete on partner_invitations
  for each row execute function ctx.follow_invitation();

create trigger keep_waiting_out before insert on grants
  for each row execute function ctx.keep_waiting_out();
