-- Agencies, members, how they sign in, and roles that a second person approves: the tables in the main database.

-- Partners: police forces, support agencies and others. The side decides what their members can ever read.
create table agencies (
  id               uuid primary key,
  name             text not null check (name <> ''),
  official_name    text not null check (official_name <> ''),
  kind             text not null check (kind in ('police force', 'regional crime unit', 'health',
                     'sexual violence advisers', 'immigration', 'council', 'voluntary', 'coordinator')),
  side             text not null check (side in ('enforcement', 'help')),
  first_responder  boolean not null default false,
  ended_at         timestamptz
);

-- A member whose roles wait for a second person holds none yet.
create table members (
  id          uuid primary key,
  agency_id   uuid not null references agencies,
  name        text not null check (name <> ''),
  title       text not null,
  roles       text[] not null check (roles <@ array['triage', 'planner', 'field', 'enforcement', 'safeguarding lead',
                'partner caseworker', 'volunteer', 'custodian', 'analyst', 'press', 'commander',
                'data-protection lead', 'coordinator', 'auditor', 'administrator']),
  ended_at    timestamptz,
  gone        boolean not null default false,
  shift_only  boolean not null default false,
  check (not gone or ended_at is not null),
  constraint members_check1 check (not shift_only or roles = '{volunteer}'::text[])
);
create index members_by_agency on members (agency_id);

create table accounts (
  member_id      uuid primary key references members,
  agency_id      uuid not null references agencies,
  email          text not null unique check (email = lower(email) and email like '%_@_%'),
  password_hash  text not null,
  constraint accounts_email_plain check (email ~ '^[!-~]+$')
);

-- A session has a public name, the way it was opened, how long it may lie unused, and an end. An ended session is
-- kept for a day, so that a later use of it is recognised.
create table sessions (
  token_hash          bytea primary key,
  member_id           uuid not null references members,
  started_at          timestamptz not null,
  seen_at             timestamptz not null,
  ends_at             timestamptz not null,
  id                  uuid not null default gen_random_uuid() unique,
  agency_id           uuid not null references agencies,
  method              text not null check (method <> ''),
  shared_workstation  boolean not null,
  unfinished          boolean not null,
  idle_limit          interval not null check (idle_limit > interval '00:00:00'),
  ended_at            timestamptz,
  ended_by            uuid references members,
  used_after_end_at   timestamptz,
  check (ended_by is null or ended_at is not null)
);
create index sessions_by_end on sessions (ends_at);
create index sessions_by_member on sessions (member_id) where ended_at is null;

create table grants (
  id            uuid primary key,
  relation      text not null check (relation in ('member', 'partner', 'team', 'glass')),
  subject       uuid not null,
  operation_id  uuid not null,
  member_id     uuid references members,
  agency_id     uuid references agencies,
  since         timestamptz not null,
  until         timestamptz,
  given_by      uuid not null references members,
  check (until >= since),
  constraint grants_check1 check (num_nonnulls(member_id, agency_id) = 1)
);
create index grants_to_member on grants (member_id) where member_id is not null;
create index grants_to_agency on grants (agency_id) where agency_id is not null;
create index grants_by_operation on grants (operation_id);

-- The roles a member held, at which agency and in which period. A trigger records them, because questions about
-- past access come years later.
create table member_terms (
  id         uuid default gen_random_uuid() primary key,
  member_id  uuid not null references members,
  agency_id  uuid not null references agencies,
  roles      text[] not null,
  since      timestamptz not null,
  until      timestamptz,
  check (until >= since)
);
create index member_terms_by_member on member_terms (member_id, since);
create unique index one_open_term on member_terms (member_id) where until is null;

-- What a member signs in by besides a password. Secrets are sealed or hashed under keys that lie outside the
-- database.
create table passkeys (
  id             uuid primary key,
  member_id      uuid not null references members,
  credential_id  bytea not null unique,
  public_key     bytea not null,
  counter        bigint not null check (counter >= 0),
  transports     text[] not null default '{}',
  synced         boolean not null,
  name           text not null check (name <> ''),
  added_at       timestamptz not null,
  used_at        timestamptz
);
create index passkeys_by_member on passkeys (member_id);

create table code_generators (
  member_id    uuid primary key references members,
  wrapped_key  bytea not null,
  secret       bytea not null,
  last_step    bigint not null,
  added_at     timestamptz not null
);

create table recovery_codes (
  id           uuid primary key,
  member_id    uuid not null references members,
  wrapped_key  bytea not null,
  code_hash    bytea not null,
  used_at      timestamptz
);
create index recovery_codes_by_member on recovery_codes (member_id);

create table sign_in_notices (
  id         uuid default gen_random_uuid() primary key,
  member_id  uuid not null references members,
  what       text not null check (what <> ''),
  at         timestamptz not null,
  seen_at    timestamptz
);
create index sign_in_notices_unseen on sign_in_notices (member_id) where seen_at is null;

-- What a browser was asked to answer: short-lived, answered once, by the browser that was asked. Not logged by
-- PostgreSQL: a crash costs a try.
create unlogged table sign_in_challenges (
  challenge_hash  bytea primary key,
  purpose         text not null check (purpose in ('passkey sign-in', 'add a passkey', 'code')),
  bound_to        text not null,
  member_id       uuid references members,
  until           timestamptz not null
);

-- Counts wrong answers to secrets, by keyed digests of accounts, networks and devices. The salt of a day is deleted
-- with the day, so no digest leads back to an address. A try holds a place while it is checked, so that many at
-- once are no more than allowed.
create unlogged table sign_in_attempts (
  key       bytea primary key,
  wrong     double precision not null,
  at        timestamptz not null,
  free_at   timestamptz not null,
  checking  timestamptz[] not null default '{}'
);

create unlogged table sign_in_salts (
  day   date primary key,
  salt  bytea not null
);

-- The members who handled an invitation cannot confirm the person who joins by it.
create table invitations (
  id            uuid primary key,
  agency_id     uuid not null references agencies,
  member_id     uuid not null unique,
  name          text not null check (name <> ''),
  title         text not null check (title <> ''),
  email         text not null check (email = lower(email) and email like '%_@_%'),
  roles         text[] not null check (cardinality(roles) > 0 and roles <@ array['triage', 'planner', 'field',
                  'enforcement', 'safeguarding lead', 'partner caseworker', 'volunteer', 'custodian', 'analyst',
                  'press', 'commander', 'data-protection lead', 'coordinator', 'auditor', 'administrator']),
  token_hash    bytea not null unique check (octet_length(token_hash) = 32),
  made_by       uuid references members,
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  withdrawn_at  timestamptz,
  accepted_at   timestamptz,
  handled_by    uuid[] not null default '{}',
  check (expires_at > made_at and expires_at <= (made_at + interval '72:00:00')),
  constraint invitations_check1 check (num_nonnulls(withdrawn_at, accepted_at) <= 1),
  constraint invitations_email_plain check (email ~ '^[!-~]+$')
);
create index invitations_by_agency on invitations (agency_id);

create table safeguarding_exceptions (
  id           uuid primary key,
  member_id    uuid not null references members,
  agency_id    uuid not null references agencies,
  reason       text not null check (reason <> ''),
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null,
  ended_at     timestamptz,
  check (recorded_by <> member_id),
  constraint safeguarding_exceptions_check1 check (ended_at >= recorded_at)
);
create unique index one_open_exception on safeguarding_exceptions (member_id) where ended_at is null;

-- Agencies' own sign-in: settings of each agency, members linked to its subjects, and sign-ins that have begun.
create table single_sign_on (
  agency_id      uuid primary key references agencies,
  issuer         text not null check (issuer ~ '^https?://'),
  client_id      text not null check (client_id <> ''),
  secret_sealed  bytea,
  demands        text[] not null,
  changed_by     uuid not null references members,
  changed_at     timestamptz not null
);

-- An account that is linked to a member cannot sign in until it is confirmed.
create table linked_accounts (
  agency_id  uuid references agencies,
  issuer     text check (issuer <> ''),
  subject    text check (subject <> ''),
  member_id  uuid not null references members,
  linked_by  uuid references members,
  linked_at  timestamptz not null,
  waits      boolean not null default false,
  primary key (agency_id, issuer, subject),
  unique (member_id, issuer),
  check (linked_by <> member_id)
);

create table sign_on_attempts (
  state_hash    bytea primary key,
  browser_hash  bytea not null,
  agency_id     uuid not null references agencies,
  issuer        text not null,
  nonce         text not null,
  verifier      text not null,
  made_at       timestamptz not null
);
create index sign_on_attempts_by_age on sign_on_attempts (made_at);

create table confirmations (
  id         uuid default gen_random_uuid() primary key,
  member_id  uuid not null references members deferrable initially deferred,
  agency_id  uuid not null references agencies,
  kind       text not null check (kind in ('joined', 'moved', 'account linked')),
  roles      text[] not null check (roles <@ array['triage', 'planner', 'field', 'enforcement', 'safeguarding lead',
               'partner caseworker', 'volunteer', 'custodian', 'analyst', 'press', 'commander',
               'data-protection lead', 'coordinator', 'auditor', 'administrator']),
  issuer     text,
  subject    text,
  asked_by   uuid[] not null,
  asked_at   timestamptz not null,
  check ((kind = 'account linked') = (subject is not null)),
  constraint confirmations_check1 check ((kind = 'account linked') = (cardinality(roles) = 0))
);
create index confirmations_by_member on confirmations (member_id);
create index confirmations_by_agency on confirmations (agency_id, asked_at);

create table confirmation_decisions (
  id          uuid primary key references confirmations on delete cascade,
  confirmed   boolean not null,
  grounds     text not null check (length(btrim(grounds)) >= 20),
  decided_by  uuid not null references members,
  decided_at  timestamptz not null
);
