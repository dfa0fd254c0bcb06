-- The logo and the main colour of the named site are settings too.
alter table public_settings
  drop constraint public_settings_kind_check,
  add constraint public_settings_kind_check check (kind in ('partnership', 'contacts', 'opening', 'look'));
