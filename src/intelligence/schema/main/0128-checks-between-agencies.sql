-- The check between agencies: whom others ring, partnerships of other instances, what is compared, how much was asked,
-- and which planned visits another agency plans too. No row says what another agency plans.
create table deconfliction_contacts (
  id          uuid primary key,
  agency_id   uuid not null unique references agencies,
  name        text not null check (name <> ''), -- the person or post to ring
  telephone   text not null check (telephone <> ''), -- its number
  hours       text not null check (hours <> ''), -- when the telephone is answered
  set_by      uuid not null references members,
  set_at      timestamptz not null
);

create table deconfliction_partners (
  id            uuid primary key,
  agency_id     uuid not null references agencies,
  name          text not null check (name <> ''), -- the agency of another instance
  origin        text not null check (origin ~ '^https?://'), -- the address of its instance
  their_agency  uuid not null, -- its id there
  public_key    text not null, -- with which its instance signs, compared on the telephone
  added_by      uuid not null references members,
  added_at      timestamptz not null,
  ended_by      uuid references members,
  ended_at      timestamptz,
  answered_at   timestamptz, -- when it answered last
  failed_at     timestamptz, -- when it last gave no answer
  failure       text, -- why it gave none
  constraint deconfliction_partners_ended check (num_nonnulls(ended_by, ended_at) in (0, 2))
);
create unique index deconfliction_partners_once on deconfliction_partners (agency_id, public_key, their_agency)
  where ended_at is null;

-- Operations of which other agencies are not told: their premises are in no list.
create table deconfliction_hidden (
  id            uuid primary key,
  operation_id  uuid not null, -- the operation, which may be erased since
  agency_id     uuid not null references agencies,
  reason        text not null check (reason <> ''), -- why others must not be told
  hidden_by     uuid not null references members, -- the member who decided it
  hidden_at     timestamptz not null
);

create index deconfliction_hidden_by_operation on deconfliction_hidden (operation_id);

-- People, premises, telephones and vehicles in intelligence that triage has compared.
create table deconfliction_subjects (
  id             uuid primary key references intelligence_entities, -- identifier, the same as of the entity
  agency_id      uuid not null references agencies,
  sealed_content  bytea not null, -- the texts that are compared, encrypted
  wrapped_key     bytea not null,
  until          date not null, -- the last day on which it is compared
  added_by       uuid not null references members,
  added_at       timestamptz not null
);

create table deconfliction_tags (
  agency_id  uuid references agencies,
  party      uuid, -- the other agency, or the partner of another instance
  week       date, -- the Monday from which the key of the pair counts
  held       boolean, -- an entry of the own list; otherwise the answer to an own question
  input      bytea, -- keyed digest of what is compared
  tag        bytea not null, -- output of the oblivious function
  primary key (agency_id, party, week, held, input)
);

create table deconfliction_questions (
  id          uuid primary key default gen_random_uuid(),
  agency_id   uuid not null references agencies,
  party       uuid not null, -- the other agency, or the partner of another instance
  direction   text not null check (direction in ('asked', 'answered')), -- whether the agency asked or was asked
  hour        timestamptz not null, -- the hour in which it was asked
  week        date not null, -- the Monday from which the key of the pair counts
  party_name  text not null, -- name of the other agency at that time
  questions   integer not null check (questions >= 0), -- how many were answered
  refused     integer not null check (refused >= 0), -- how many were refused, because there were too many
  unique (agency_id, party, direction, hour)
);
create index deconfliction_questions_by_hour on deconfliction_questions (agency_id, hour desc);

create table deconfliction_matches (
  id                 uuid primary key,
  agency_id          uuid not null references agencies,
  party              uuid not null, -- the other agency, or the partner of another instance
  party_name         text not null, -- name of the other agency
  contact_name       text not null, -- the person or post to ring there
  contact_telephone  text not null, -- its number
  contact_hours      text not null, -- when that telephone is answered
  target             uuid not null, -- the planned visit or the entity of intelligence of the own agency
  operation_id       uuid, -- the operation of the planned visit; none for an entity of intelligence
  found_at           timestamptz not null,
  ended_at           timestamptz, -- since when only one of the two plans it
  acknowledged_by    uuid references members,
  acknowledged_at    timestamptz,
  unique (agency_id, party, target),
  constraint deconfliction_matches_acknowledged check (num_nonnulls(acknowledged_by, acknowledged_at) in (0, 2))
);
create index deconfliction_matches_by_operation on deconfliction_matches (operation_id) where operation_id is not null;
create index deconfliction_matches_by_target on deconfliction_matches (target);
