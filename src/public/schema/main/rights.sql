-- Settings of the public site: what functions may read, and who may call them, in the main database.

-- Tables that functions of safelight_relations read for their callers: all rows.
grant select on public_settings, public_setting_decisions, public_site_open_before_settings to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.published_settings(text) to safelight_public, safelight_staff;
reset role;
