-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: the tables in the main
-- database.

-- Weeks of action and the operations in them.
create table weeks (
  id         uuid primary key,
  agency_id  uuid not null references agencies,
  parent_id  uuid references weeks,
  name       text not null check (name <> ''),
  lead       text not null check (lead <> ''),
  focus      text[] not null check (cardinality(focus) > 0),
  starts_on  date not null,
  ends_on    date not null,
  countries  text[] not null default '{}',
  note       text,
  check (parent_id <> id),
  constraint weeks_check1 check (ends_on >= starts_on)
);

create table operations (
  id          uuid primary key,
  week_id     uuid not null references weeks,
  agency_id   uuid not null references agencies,
  code_name   text not null check (code_name <> ''),
  unit        text not null check (unit <> ''),
  area        text not null check (area <> ''),
  starts_on   date not null,
  ends_on     date not null,
  planned_by  uuid not null references members,
  check (ends_on >= starts_on)
);
create index operations_by_week on operations (week_id);

create table partners (
  id             uuid primary key,
  operation_id   uuid not null references operations,
  agency_id      uuid not null references agencies,
  kind           text not null check (kind in ('police force', 'regional crime unit', 'health',
                   'sexual violence advisers', 'immigration', 'council', 'voluntary', 'coordinator')),
  own_unit       boolean not null,
  leads          boolean not null default false,
  printed_name   text not null check (printed_name <> ''),
  official_name  text not null check (official_name <> ''),
  brings         jsonb not null default '[]'
);
create index partners_by_operation on partners (operation_id);
create unique index one_leading_unit on partners (operation_id) where leads;

create table operation_members (
  operation_id  uuid references operations,
  member_id     uuid references members,
  partner_id    uuid not null references partners,
  duty          text not null,
  primary key (operation_id, member_id)
);

create table teams (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  name          text not null check (name <> ''),
  lead_id       uuid references members,
  unique (operation_id, name)
);

create table team_members (
  team_id       uuid references teams,
  member_id     uuid references members,
  operation_id  uuid not null references operations,
  primary key (team_id, member_id)
);

create table policy_log (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  about         uuid,
  kind          text not null check (kind in ('decision', 'go', 'no-go', 'immigration entry', 'no referrer',
                  'visit postponed', 'visit called off')),
  words         text not null check (words <> ''),
  reason        text not null check (reason <> ''),
  alternative   text,
  decided_by    text not null check (decided_by <> ''),
  recorded_by   uuid not null references members,
  recorded_at   timestamptz not null,
  against       text[] not null default '{}',
  despite       text check (despite <> '')
);
create index decisions_by_operation on policy_log (operation_id, recorded_at);

create table premises (
  id                 uuid primary key,
  operation_id       uuid not null references operations,
  business           text not null check (business in ('massage or beauty', 'nail bar', 'car wash',
                       'restaurant or takeaway', 'shop', 'hotel', 'business at home',
                       'farm', 'factory or warehouse', 'building site', 'other business')),
  name               text not null check (name <> ''),
  address            text not null check (address <> ''),
  town               text not null check (town <> ''),
  postcode           text,
  dwelling           text not null default 'not known' check (dwelling in ('yes', 'no', 'not known')),
  reason             text not null check (reason <> ''),
  priority           text not null check (priority in ('high', 'medium', 'low')),
  risks              text,
  languages          text[] not null default '{}',
  interpreter        text,
  referrer_id        uuid references agencies,
  referrer_on_call   text,
  referrer_contact   text,
  immigration_entry  text check (immigration_entry in ('not present', 'waits until called',
                       'after first contact', 'with the team')),
  check (num_nulls(referrer_id, referrer_on_call) in (0, 2))
);
create index premises_by_operation on premises (operation_id);

create table premises_versions (
  id           uuid references premises,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table powers (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  premises_id   uuid not null references premises,
  basis         text not null check (basis <> ''),
  state         text not null check (state in ('planned', 'applied for', 'granted', 'refused', 'executed',
                  'returned')),
  purposes      text[] not null default '{}',
  holder_id     uuid references partners,
  held_by       text,
  reference     text,
  applied_on    date,
  decided_on    date,
  expires_on    date,
  executed_at   timestamptz,
  returned_on   date,
  accompanying  uuid[] not null default '{}',
  note          text
);
create index powers_by_premises on powers (premises_id);

create table powers_versions (
  id           uuid references powers,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table planned_visits (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  premises_id   uuid not null references premises,
  team_id       uuid not null references teams,
  power_id      uuid references powers,
  day           date not null,
  starts        text not null check (starts ~ '^[0-2][0-9]:[0-5][0-9]$'),
  minutes       integer not null check (minutes >= 5 and minutes <= 1440),
  turn          integer check (turn > 0),
  state         text not null default 'planned' check (state in ('planned', 'postponed', 'called off')),
  reason        text,
  check (state = 'planned' or reason is not null)
);
create index planned_visits_by_premises on planned_visits (premises_id);
create index planned_visits_by_team on planned_visits (team_id);
create index planned_visits_by_operation on planned_visits (operation_id, day);

create table planned_visits_versions (
  id           uuid references planned_visits,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table briefings (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  team_id       uuid not null references teams,
  version       integer not null check (version > 0),
  content       jsonb not null,
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  unique (team_id, version)
);

create table briefing_readings (
  briefing_id  uuid references briefings,
  member_id    uuid references members,
  read_at      timestamptz not null,
  primary key (briefing_id, member_id)
);

-- When each team is briefed: its own row, else the operation’s, the latest of each; else 4pm on the day before the
-- operation. Rows are added, never changed.
create table briefing_times (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  team_id       uuid,
  day           date not null,
  time          text not null check ("time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  place         text check (place <> ''),
  opens_at      timestamptz not null,
  reason        text not null check (reason <> ''),
  set_by        uuid not null references members,
  set_at        timestamptz not null,
  check (abs(extract(epoch from opens_at - ((day + "time"::time without time zone) at time zone 'Europe/London'))) =
    any (array[0::numeric, 3600::numeric]))
);
create index briefing_times_by_operation on briefing_times (operation_id, set_at);

-- Temporary access for volunteers. The holder is a member whose end is set from the start, so that every session
-- ends with the shift.
create table temporary_access (
  id            uuid primary key,
  agency_id     uuid not null references agencies,
  operation_id  uuid not null references operations,
  member_id     uuid not null unique references members,
  code_hash     bytea not null unique check (octet_length(code_hash) = 32),
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  used_at       timestamptz,
  ended_at      timestamptz,
  check (ends_at > starts_at and ends_at <= (starts_at + interval '16:00:00'))
);
create index temporary_access_by_agency on temporary_access (agency_id, starts_at);

-- Numbers that the safeguarding lead chose to share with the planners before the week. Nothing here reads the
-- safeguarding database.
create table capacity_reports (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  agency_id     uuid not null references agencies,
  member_id     uuid not null references members,
  told_at       timestamptz not null,
  places        integer not null check (places >= 0 and places <= 9999),
  interpreters  integer not null check (interpreters >= 0 and interpreters <= 9999),
  nurses        integer not null check (nurses >= 0 and nurses <= 9999),
  advisers      integer not null check (advisers >= 0 and advisers <= 9999),
  beds          integer not null check (beds >= 0 and beds <= 9999)
);
create index capacity_reports_of on capacity_reports (operation_id, told_at);
