-- Who was told about the arrest of a child, or of somebody whose age is not known. Police keep it: nothing of it
-- reaches the safeguarding database.
create table child_notifications (
  id           uuid primary key references arrests, -- identifier, the same as of the arrest
  services     text not null check (services <> ''), -- who was told at children's services: council and name
  adult        text not null check (adult <> ''), -- who was told as the appropriate adult, or who tells them
  how          text not null check (how in ('by telephone', 'in person', 'through custody', 'in writing')), -- how
  told_at      timestamptz not null, -- when
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null
);

create table child_notifications_versions (
  id           uuid references child_notifications,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);
