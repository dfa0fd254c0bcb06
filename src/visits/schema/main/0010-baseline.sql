-- Records of visits, and identity requests: the tables in the main database.

-- What happened at the premises, as an onlooker could see it, without anything a person disclosed. A visit has the
-- id of its planned visit. Records for enforcement alone have tables of their own, so that a row policy can hide
-- them. A power of entry is recorded only if somebody entered.
create table visits (
  id                  uuid primary key references planned_visits,
  operation_id        uuid not null references operations,
  premises_id         uuid not null references premises, -- the premises that were visited
  team_id             uuid not null references teams,
  arrived_at          timestamptz not null, -- when the team arrived
  left_at             timestamptz, -- when the team left
  power_id            uuid references powers, -- the power of the plan that was used
  basis               text check (basis <> ''), -- power of entry that was used, by its identifier in the catalogue
  basis_ground        text, -- why another power than the planned one was used
  answer              text check (answer in ('no reply', 'refused entry', 'spoken to outside', 'entered',
                        'forced, no reply', 'forced, refused',
                        'forced, no notice')), -- what happened at the entrance
  answered_by         text, -- who answered, by their role there and not by name
  present             integer check (present >= 0), -- number of people found there
  attendees           uuid[] not null check (cardinality(attendees) > 0), -- members who attended
  others              jsonb not null default '[]', -- attendees without an account, as numbers by partner
  immigration_ground  text, -- why immigration officers entered against the decision for these premises
  finished_at         timestamptz,
  recorded_by         uuid not null references members,
  recorded_at         timestamptz not null,
  check (left_at >= arrived_at),
  constraint visits_check1 check (finished_at is null or num_nulls(left_at, answer) = 0),
  constraint visits_no_reply check (answer is distinct from 'no reply' or coalesce(present, 0) = 0),
  constraint visits_power_where_entered check (num_nonnulls(power_id, basis, basis_ground) = 0 or coalesce(answer in
    ('entered', 'forced, no reply', 'forced, refused',
    'forced, no notice'), false)),
  constraint visits_power_named check (basis is not null or num_nonnulls(power_id, basis_ground) = 0),
  constraint visits_finished_with_power check (finished_at is null or basis is not null or not coalesce(answer in
    ('entered', 'forced, no reply', 'forced, refused',
    'forced, no notice'), false))
);
create index visits_by_operation on visits (operation_id, arrived_at);
create index visits_by_team on visits (team_id);

create table visits_versions (
  id           uuid references visits,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table visit_attendees (
  visit_id   uuid references visits,
  member_id  uuid references members, -- the member who attended
  primary key (visit_id, member_id)
);

-- People encountered, without names. The record is erased after 28 days if nobody recorded a concern; the row
-- stays, because it is counted. Safeguarding notes are not consulted: police records must not show whether a note
-- exists.
create table encounters (
  id           uuid primary key,
  visit_id     uuid not null references visits,
  number       integer not null check (number > 0), -- number of the person at this visit, from 1
  place        text not null check (place in ('works there', 'runs it', 'lives there', 'customer', 'visitor',
                 'not known')), -- role of the person there
  spoken_to    boolean not null, -- whether the team spoke with the person
  age          text not null check (age in ('adult', 'under 18', 'not known')), -- age, as far as it was known
  language     text, -- language spoken, as typed
  interpreter  text not null check (interpreter in ('not needed', 'in person', 'by phone', 'none found')),
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null,
  disposed_on    date, -- day of erasure; since then the row holds only what is counted
  unique (visit_id, number)
);
create index encounters_kept on encounters (visit_id) where disposed_on is null;

create table encounters_versions (
  id           uuid references encounters,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table encounter_names (
  id           uuid primary key references encounters, -- identifier, the same as of the encounter
  sealed_name  bytea not null, -- name of the person, encrypted
  wrapped_key  bytea not null,
  reason       text not null check (reason <> ''), -- why the name is needed
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null
);

create table encounter_names_versions (
  id           uuid references encounter_names,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table searches (
  id           uuid primary key references visits, -- identifier, the same as of the visit
  searched     boolean not null, -- whether a search took place
  rooms        text, -- what was searched
  force_used   text, -- force that was used
  damage       text, -- damage that was done
  notice_left  boolean not null, -- whether a notice of powers and rights was left
  forced       boolean generated always as (force_used is not null) stored not null, -- whether force was used
  damaged      boolean generated always as (damage is not null) stored not null, -- whether damage was done
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null
);

create table searches_versions (
  id           uuid references searches,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

-- A visit holds only what an onlooker could observe. Earlier disclosures are marked: they are counted and part of
-- answers to the person, but enforcement pages hide them.
create table observations (
  id            uuid primary key,
  visit_id      uuid not null references visits,
  encounter_id  uuid references encounters, -- the person observed; empty for the premises
  indicator_id       text not null check (indicator_id <> ''), -- indicator of the catalogue
  of_control    boolean not null, -- whether it belongs to the indicators of control by somebody else
  context       text not null check (context <> ''), -- what was observed, where and when
  explanation   text not null check (explanation <> ''), -- alternative explanation
  recorded_by   uuid not null references members,
  recorded_at   timestamptz not null,
  evidence      text not null check (evidence in ('observable', 'disclosed')) -- whether it was observed or disclosed
);
create index observations_by_visit on observations (visit_id);

create table observations_versions (
  id           uuid references observations,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table arrests (
  id            uuid primary key,
  visit_id      uuid not null references visits,
  encounter_id  uuid references encounters, -- the person encountered, where one was recorded
  kind          text not null check (kind in ('criminal', 'administrative immigration')), -- criminal or immigration
  matter        text not null -- what the arrest is about
                check (matter in ('immigration', 'slavery or trafficking', 'keeping a brothel',
                  'controlling prostitution', 'drugs', 'violence', 'theft or fraud', 'another matter')),
  offence       text, -- offence, in words
  sex           text not null check (sex in ('female', 'male', 'not known')), -- sex of the person
  age           integer check (age >= 10 and age <= 110), -- age in years
  residence     text, -- town of residence
  status        text not null check (status in ('in custody', 'bailed', 'released under investigation',
                  'no further action', 'immigration detention')), -- what happened to the person since
  custody_ref   text, -- custody reference
  arrested_at   timestamptz not null, -- when the person was arrested
  closed_at     timestamptz,
  recorded_by   uuid not null references members,
  recorded_at   timestamptz not null,
  check (kind <> 'criminal' or offence is not null)
);
create index arrests_by_visit on arrests (visit_id);

create table arrests_versions (
  id           uuid references arrests,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table screenings (
  id           uuid primary key references arrests, -- identifier, the same as of the arrest
  outcome      text not null check (outcome in ('no concern', 'concern raised', 'not done')), -- result of the screening
  reason       text, -- why it was not done
  screened_by  text, -- who screened: name and agency
  screened_at  timestamptz, -- when the screening took place
  interpreter  text check (interpreter in ('not needed', 'in person', 'by phone', 'none found')),
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null,
  check (outcome <> 'not done' or reason is not null),
  constraint screenings_check1 check (outcome = 'not done' or num_nulls(screened_by, screened_at, interpreter) = 0)
);

create table screenings_versions (
  id           uuid references screenings,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table seizures (
  id           uuid primary key,
  visit_id     uuid not null references visits,
  kind         text not null -- kind of thing
               check (kind in ('cash', 'phone', 'documents', 'drugs', 'weapon', 'vehicle', 'other')),
  description  text not null check (description <> ''), -- description
  pence        bigint check (pence >= 0), -- value of cash, in pence
  exhibit_ref  text, -- exhibit reference
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null
);
create index seizures_by_visit on seizures (visit_id);

create table seizures_versions (
  id           uuid references seizures,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

-- Identity requests. A custodian discloses a sealed name to a member who was not at the visit, for one person and a
-- limited time. The database decides who may ask, who may decide, and which names are disclosed now.
create table identity_requests (
  id            uuid primary key,
  encounter_id  uuid not null references encounters, -- the person whose name is requested
  operation_id  uuid not null references operations,
  owner_id      uuid not null references agencies, -- the agency that leads the operation; its custodians decide
  asked_by      uuid not null references members, -- the member who asks
  agency_id     uuid not null references agencies, -- the agency of that member
  purpose       text not null check (purpose in ('crime prevention',
                  'prosecution or disclosure', 'life or safety',
                  'legal requirement')), -- what the law allows the disclosure for
  reason        text not null -- why it is needed
                check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\S\s+\S+\s+\S'),
  asked_at      timestamptz not null, -- when it was requested
  until         timestamptz not null, -- when the disclosure ends
  check (until > asked_at and until <= (asked_at + make_interval(hours => 24)))
);
create index identity_requests_by_asker on identity_requests (asked_by, until);
create index identity_requests_by_owner on identity_requests (owner_id, asked_at);

create table identity_request_decisions (
  id          uuid primary key references identity_requests,
  granted     boolean not null, -- whether the custodian agreed
  reasons     text not null check (length(btrim(reasons)) >= 20), -- why the custodian decided so
  decided_by  uuid not null references members,
  decided_at  timestamptz not null
);

-- A custodian of the same agency may end a disclosure early, with reasons. The end is a new row; the decision stays
-- unchanged.
create table identity_request_ends (
  id        uuid primary key references identity_requests,
  reasons   text not null check (length(btrim(reasons)) >= 20), -- why it was ended early
  ended_by  uuid not null references members,
  ended_at  timestamptz not null
);
