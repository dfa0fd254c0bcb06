-- The access log, events that wait to be delivered, forms already sent and notifications: the tables in the main
-- database.

-- Notifications inside Safelight, to one member or to the members of an agency with certain roles.
create table notices (
  id         uuid primary key,
  kind       text not null check (kind in ('glass broken', 'glass reviewed', 'briefing time set', 'opening asked',
               'opening decided', 'opening ended')), -- kind of notification
  subject    uuid not null, -- identifier of the record that it is about
  owner_id   uuid not null,
  to_member  uuid, -- the member who is notified, where it is one member
  to_agency  uuid, -- the agency whose members are notified
  to_roles   text[] not null default '{}', -- roles of the members who are notified
  made_at    timestamptz not null,
  check (num_nonnulls(to_member, to_agency) = 1),
  constraint notices_check1 check ((to_agency is null) = (cardinality(to_roles) = 0))
);
create index notices_to_member on notices (to_member, made_at) where to_member is not null;
create index notices_to_agency on notices (to_agency, made_at) where to_agency is not null;

create table notice_readings (
  notice_id  uuid references notices, -- the notification
  member_id  uuid, -- the member who read it
  read_at    timestamptz not null,
  primary key (notice_id, member_id)
);
