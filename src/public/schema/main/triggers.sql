-- Settings of the public site: the triggers in the main database.

create trigger keep_public_settings before insert on public_settings
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_public_settings();

create trigger keep_public_setting_decisions before insert on public_setting_decisions
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_public_setting_decisions();
