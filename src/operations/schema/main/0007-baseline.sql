-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: the tables in the main
-- database.

-- Weeks of action and the operations in them.
create table weeks (
  id         uuid primary key,
  agency_id  uuid not null references agencies, -- the agency that keeps the entry
  parent_id  uuid references weeks, -- the wider week that this one is part of
  name       text not null check (name <> ''), -- name as announced
  lead       text not null check (lead <> ''), -- country or organisation that leads
  focus      text[] not null check (cardinality(focus) > 0), -- kinds of exploitation
  starts_on  date not null, -- first day
  ends_on    date not null, -- last day
  countries  text[] not null default '{}', -- countries that take part, by name
  note       text, -- anything else to know
  check (parent_id <> id),
  constraint weeks_check1 check (ends_on >= starts_on)
);

create table operations (
  id          uuid primary key,
  week_id     uuid not null references weeks, -- the week of action
  agency_id   uuid not null references agencies, -- the agency that leads
  code_name   text not null check (code_name <> ''), -- code name
  unit        text not null check (unit <> ''), -- unit that leads
  area        text not null check (area <> ''), -- area that it covers
  starts_on   date not null, -- first day
  ends_on     date not null, -- last day
  planned_by  uuid not null references members, -- the member who plans it
  check (ends_on >= starts_on)
);
create index operations_by_week on operations (week_id);

create table partners ( -- Parts that agencies or units have in an operation
  id             uuid primary key,
  operation_id   uuid not null references operations,
  agency_id      uuid not null references agencies, -- the agency that takes part
  kind           text not null -- kind of organisation
                 check (kind in ('police force', 'regional crime unit', 'health',
                   'sexual violence advisers', 'immigration', 'council', 'voluntary', 'coordinator')),
  own_unit       boolean not null, -- whether it is a unit of the agency that leads
  leads          boolean not null default false, -- whether it is the unit that leads
  printed_name   text not null check (printed_name <> ''), -- name as briefings and releases print it
  official_name  text not null check (official_name <> ''), -- full name
  resources      jsonb not null default '[]' -- resources, as a list of what and how many
);
create index partners_by_operation on partners (operation_id);
create unique index one_leading_unit on partners (operation_id) where leads;

create table operation_members ( -- Members who take part in an operation
  operation_id  uuid references operations,
  member_id     uuid references members,
  partner_id    uuid not null references partners, -- the partner that they belong to
  duty          text not null, -- what they do in the operation
  primary key (operation_id, member_id)
);

create table teams ( -- Teams of an operation
  id            uuid primary key,
  operation_id  uuid not null references operations,
  name          text not null check (name <> ''), -- name of the team
  lead_id       uuid references members, -- the member who leads the team
  unique (operation_id, name)
);

create table team_members ( -- Members of a team
  team_id       uuid references teams,
  member_id     uuid references members,
  operation_id  uuid not null references operations,
  primary key (team_id, member_id)
);

create table policy_log (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  about         uuid, -- the premises or planned visit that was decided on; empty for the whole operation
  kind          text not null check (kind in ('decision', 'go', 'no-go', 'immigration entry', 'no referrer',
                  'visit postponed', 'visit called off')), -- kind of decision
  words         text not null check (words <> ''), -- what was decided
  reason        text not null check (reason <> ''), -- why
  alternative   text, -- options considered
  decided_by    text not null check (decided_by <> ''), -- name and rank of the person who decided
  recorded_by   uuid not null references members,
  recorded_at   timestamptz not null,
  against       text[] not null default '{}', -- findings of the plan check against it, in words
  despite       text check (despite <> '') -- why it was decided although something unlawful was found
);
create index decisions_by_operation on policy_log (operation_id, recorded_at);

create table premises ( -- Places that an operation may visit
  id                 uuid primary key,
  operation_id       uuid not null references operations,
  business           text not null check (business in ('massage or beauty', 'nail bar', 'car wash',
                       'restaurant or takeaway', 'shop', 'hotel or guesthouse', 'residential business',
                       'farm', 'factory or warehouse', 'building site', 'other business')), -- kind of business
  name               text not null check (name <> ''), -- name of the place
  address            text not null check (address <> ''), -- address without town and postcode
  town               text not null check (town <> ''), -- town
  postcode           text, -- postcode
  dwelling           text not null default 'not known' -- whether somebody lives or sleeps there
                     check (dwelling in ('yes', 'no', 'not known')),
  reason             text not null check (reason <> ''), -- why it is to be visited
  priority           text not null check (priority in ('high', 'medium', 'low')), -- how urgent the visit is
  risks              text, -- risks to the team and to people there
  languages          text[] not null default '{}', -- languages that may be needed, by name
  interpreter        text, -- interpreter who is booked
  referrer_id        uuid references agencies, -- the first responder who can refer people from there
  referrer_on_call   text, -- person on call there
  referrer_contact   text, -- how to reach that person
  immigration_entry  text check (immigration_entry in ('not present', 'waits until called',
                       'after first contact', 'with the team')), -- whether and when immigration officers enter
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

create table powers ( -- Powers of entry for premises
  id            uuid primary key,
  operation_id  uuid not null references operations,
  premises_id   uuid not null references premises,
  basis         text not null check (basis <> ''), -- identifier of the power in the catalogue
  state         text not null check (state in ('planned', 'applied for', 'granted', 'refused', 'executed',
                  'returned')), -- how far it has come
  purposes      text[] not null default '{}', -- what it is to be used for
  holder_id     uuid references partners, -- the partner that applies for it or relies on it
  held_by       text, -- name of the officer
  reference     text, -- reference of the court or authority
  applied_on    date, -- day of the application
  decided_on    date, -- day of the decision
  expires_on    date, -- last day on which it may be used
  executed_at   timestamptz,
  returned_on   date, -- day on which it went back to the court
  accompanying  uuid[] not null default '{}', -- partners that it names to accompany the officers
  note          text -- anything else to know
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

create table planned_visits ( -- Planned visits: team, premises and time, and whether they take place
  id            uuid primary key, -- identifier, which the visit will share
  operation_id  uuid not null references operations,
  premises_id   uuid not null references premises,
  team_id       uuid not null references teams,
  power_id      uuid references powers, -- the power of entry that it relies on
  day           date not null, -- day of the visit
  starts        text not null check (starts ~ '^[0-2][0-9]:[0-5][0-9]$'), -- start of the visit, HH:MM in London
  minutes       integer not null check (minutes >= 5 and minutes <= 1440), -- how long it takes, in minutes
  turn          integer check (turn > 0), -- place in the sequence of teams at the same premises, from 1
  state         text not null default 'planned' -- whether it takes place
                check (state in ('planned', 'postponed', 'called off')),
  reason        text, -- why it was postponed or called off
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
  version       integer not null check (version > 0), -- number of the version, from 1
  content       jsonb not null, -- everything that the briefing says
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  unique (team_id, version)
);

create table briefing_readings (
  briefing_id  uuid references briefings,
  member_id    uuid references members,
  read_at      timestamptz not null, -- when the member confirmed reading it
  primary key (briefing_id, member_id)
);

-- When each team is briefed: its own row, else the operation’s, the latest of each; else 4pm on the day before the
-- operation. Rows are added, never changed.
create table briefing_times (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  team_id       uuid, -- the team; empty for all teams without a time of their own
  day           date not null, -- day of the briefing
  time          text not null check ("time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'), -- time of day, HH:MM in London
  place         text check (place <> ''), -- where the briefing takes place
  opens_at      timestamptz not null, -- when the team can see its premises
  reason        text not null check (reason <> ''), -- why this time was chosen
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
  agency_id     uuid not null references agencies, -- the agency that gave it
  operation_id  uuid not null references operations,
  member_id     uuid not null unique references members, -- the volunteer
  code_hash     bytea not null unique check (octet_length(code_hash) = 32), -- keyed digest of the code to sign in with
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  used_at       timestamptz, -- when the code was used
  ended_at      timestamptz, -- when it was ended early
  check (ends_at > starts_at and ends_at <= (starts_at + interval '16:00:00'))
);
create index temporary_access_by_agency on temporary_access (agency_id, starts_at);

-- Numbers that the safeguarding lead chose to share with the planners before the week. Nothing here reads the
-- safeguarding database.
create table capacity_reports (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  agency_id     uuid not null references agencies, -- the agency that reports
  member_id     uuid not null references members, -- the member who reported it
  reported_at   timestamptz not null, -- when it was reported
  places        integer not null check (places >= 0 and places <= 9999), -- places at reception
  interpreters  integer not null check (interpreters >= 0 and interpreters <= 9999), -- number of interpreters
  nurses        integer not null check (nurses >= 0 and nurses <= 9999), -- number of nurses
  advisers      integer not null check (advisers >= 0 and advisers <= 9999), -- number of advisers
  beds          integer not null check (beds >= 0 and beds <= 9999) -- beds for the first night
);
create index capacity_reports_of on capacity_reports (operation_id, reported_at);
