-- What administrators set of the public site. Versions are added and never changed; a second person decides on each.
create table public_settings ( -- versions of the settings of the public site, as they were proposed
  id           uuid primary key,
  kind         text not null check (kind in ('partnership', 'contacts', 'opening')), -- what the setting belongs to
  part         text not null check (part ~ '^[a-z0-9][a-z0-9 -]{0,59}$'), -- the page of settings, or the service
  content      jsonb not null check (jsonb_typeof(content) = 'object' and length(content::text) <= 400000), -- the answers
  proposed_by  uuid not null references members,
  proposed_at  timestamptz not null
);
create index public_settings_by_part on public_settings (kind, part, proposed_at);

create table public_setting_decisions ( -- whether a second person approved a version
  id          uuid primary key references public_settings,
  approved    boolean not null, -- whether the version may be shown to the public
  reason      text check (btrim(reason) <> ''), -- why it was refused
  decided_by  uuid not null references members,
  decided_at  timestamptz not null,
  check (approved or reason is not null)
);
create index public_setting_decisions_by_time on public_setting_decisions (decided_at) where approved;

-- A site that was in use before there were settings stays open. A new database has no members yet, and its site opens by
-- an approved opening alone.
create table public_site_open_before_settings (
  id        integer primary key default 1 check (id = 1), -- the only row
  noted_at  timestamptz not null
);
-- Row policies bind the owner too, and would hide every member.
alter table members no force row level security;
insert into public_site_open_before_settings (noted_at) select now() where exists (select from members);
alter table members force row level security;
