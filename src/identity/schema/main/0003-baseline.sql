-- Agencies, members, how they sign in, and roles that a second person approves: the tables in the main database.

-- Partners: police forces, support agencies and others. The side decides what their members can ever read.
create table agencies (
  id               uuid primary key,
  name             text not null check (name <> ''), -- short name, as pages show it
  official_name    text not null check (official_name <> ''), -- full name, as documents print it
  kind             text not null -- kind of agency
                   check (kind in ('police force', 'regional crime unit', 'health',
                     'sexual violence advisers', 'immigration', 'council', 'voluntary', 'coordinator')),
  side             text not null check (side in ('enforcement', 'help')), -- enforcement, or support agencies (help)
  first_responder  boolean not null default false, -- whether it may refer people to the National Referral Mechanism
  ended_at         timestamptz -- when it left the partnership
);

-- A member whose roles wait for a second person holds none yet.
create table members ( -- Members of the partnership
  id          uuid primary key,
  agency_id   uuid not null references agencies, -- the agency that they work for
  name        text not null check (name <> ''), -- name of the person
  title       text not null, -- job title
  roles       text[] not null check (roles <@ array['triage', 'planner', 'field', 'enforcement', 'safeguarding lead',
                'partner caseworker', 'volunteer', 'custodian', 'analyst', 'press', 'commander',
                'data-protection lead', 'coordinator', 'auditor', 'administrator']), -- roles that they hold now
  ended_at    timestamptz, -- when their access ends or ended
  gone        boolean not null default false, -- whether they left for good and cannot be brought back
  shift_only  boolean not null default false, -- whether they are a volunteer with temporary access for one shift
  check (not gone or ended_at is not null),
  constraint members_check1 check (not shift_only or roles = '{volunteer}'::text[])
);
create index members_by_agency on members (agency_id);

create table accounts ( -- Email addresses and passwords that members sign in with
  member_id      uuid primary key references members,
  agency_id      uuid not null references agencies, -- the member’s agency
  email          text not null unique check (email = lower(email) and email like '%_@_%'), -- address to sign in with
  password_hash  text not null, -- slow hash of the password
  constraint accounts_email_plain check (email ~ '^[!-~]+$')
);

-- A session has a public name, the way it was opened, how long it may lie unused, and an end. An ended session is
-- kept for a day, so that a later use of it is recognised.
create table sessions (
  token_hash          bytea primary key, -- SHA-256 digest of the token in the cookie
  member_id           uuid not null references members,
  started_at          timestamptz not null,
  seen_at             timestamptz not null, -- when it was last used
  ends_at             timestamptz not null,
  id                  uuid not null default gen_random_uuid() unique, -- public name of the session, as lists show it
  agency_id           uuid not null references agencies, -- the member’s agency when the session began
  method              text not null check (method <> ''), -- how the member signed in
  shared_workstation  boolean not null, -- whether the machine is shared, which makes the session shorter
  unfinished          boolean not null, -- whether the member must still add a second way to sign in
  idle_limit          interval not null check (idle_limit > interval '00:00:00'), -- how long it may stay unused
  ended_at            timestamptz,
  ended_by            uuid references members,
  used_after_end_at   timestamptz, -- when its token was first used after the end
  check (ended_by is null or ended_at is not null)
);
create index sessions_by_end on sessions (ends_at);
create index sessions_by_member on sessions (member_id) where ended_at is null;

create table grants ( -- Permissions to read an operation or a team, with start and end
  id            uuid primary key,
  relation      text not null check (relation in ('member', 'partner', 'team', 'glass')), -- kind of permission
  subject       uuid not null, -- the operation or team that is opened
  operation_id  uuid not null,
  member_id     uuid references members, -- the member who receives it, where it is one member
  agency_id     uuid references agencies, -- the agency whose members receive it, where it is an agency
  since         timestamptz not null, -- when it begins
  until         timestamptz, -- when it ends; empty while it has no end
  given_by      uuid not null references members, -- the member who gave it
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
  agency_id  uuid not null references agencies, -- the agency at which they held the roles
  roles      text[] not null, -- roles that they held
  since      timestamptz not null, -- first moment of the period
  until      timestamptz, -- end of the period; empty while it lasts
  check (until >= since)
);
create index member_terms_by_member on member_terms (member_id, since);
create unique index one_open_term on member_terms (member_id) where until is null;

-- What a member signs in by besides a password. Secrets are sealed or hashed under keys that lie outside the
-- database.
create table passkeys ( -- Passkeys of members
  id             uuid primary key,
  member_id      uuid not null references members,
  credential_id  bytea not null unique, -- identifier of the passkey on the device
  public_key     bytea not null, -- public key of the passkey
  counter        bigint not null check (counter >= 0), -- signature counter that the device last sent
  transports     text[] not null default '{}', -- how browsers can reach the device, such as usb or nfc
  synced         boolean not null, -- whether the passkey is copied between devices
  name           text not null check (name <> ''), -- name that the member gave it
  added_at       timestamptz not null,
  used_at        timestamptz -- when it was last used
);
create index passkeys_by_member on passkeys (member_id);

create table code_generators ( -- Apps that make six-digit codes for members
  member_id    uuid primary key references members,
  wrapped_key  bytea not null,
  secret       bytea not null, -- secret shared with the app, encrypted
  last_step    bigint not null, -- 30-second step of the last code used, so that no code works twice
  added_at     timestamptz not null
);

create table recovery_codes ( -- Codes that members can use once if they lose their passkey or app
  id           uuid primary key,
  member_id    uuid not null references members,
  wrapped_key  bytea not null, -- the key of the digest, itself encrypted
  code_hash    bytea not null, -- keyed digest of the code
  used_at      timestamptz -- when it was used; empty while it can be used
);
create index recovery_codes_by_member on recovery_codes (member_id);

create table sign_in_notices ( -- What a member must be shown at the next sign-in, such as a new passkey
  id         uuid default gen_random_uuid() primary key,
  member_id  uuid not null references members,
  what       text not null check (what <> ''), -- what changed, in words
  at         timestamptz not null, -- when it happened
  seen_at    timestamptz -- when the member saw it
);
create index sign_in_notices_unseen on sign_in_notices (member_id) where seen_at is null;

-- What a browser was asked to answer: short-lived, answered once, by the browser that was asked. Not logged by
-- PostgreSQL: a crash costs a try.
create unlogged table sign_in_challenges ( -- Questions that a browser must answer to prove a passkey or a code
  challenge_hash  bytea primary key, -- digest of the challenge
  purpose         text not null check (purpose in ('passkey sign-in', 'add a passkey', 'code')), -- what it is for
  bound_to        text not null, -- the browser or session that may answer
  member_id       uuid references members,
  until           timestamptz not null -- when it expires
);

-- Counts wrong answers to secrets, by keyed digests of accounts, networks and devices. The salt of a day is deleted
-- with the day, so no digest leads back to an address. A try holds a place while it is checked, so that many at
-- once are no more than allowed.
create unlogged table sign_in_attempts ( -- Wrong answers to secrets, counted by account, network and device
  key       bytea primary key, -- keyed digest of the account, network or device
  wrong     double precision not null, -- wrong answers that still count; they fade with time
  at        timestamptz not null, -- when the count was last changed
  free_at   timestamptz not null, -- when the next try is allowed
  checking  timestamptz[] not null default '{}' -- until when each try under way holds its place
);

create unlogged table sign_in_salts ( -- Random values that the digests of one day are made with
  day   date primary key, -- day on which it is used
  salt  bytea not null -- random bytes
);

-- The members who handled an invitation cannot confirm the person who joins by it.
create table invitations (
  id            uuid primary key,
  agency_id     uuid not null references agencies, -- the agency to join
  member_id     uuid not null unique, -- identifier that the new member will have
  name          text not null check (name <> ''), -- name of the person invited
  title         text not null check (title <> ''), -- job title
  email         text not null check (email = lower(email) and email like '%_@_%'), -- address to sign in with later
  roles         text[] not null check (cardinality(roles) > 0 and roles <@ array['triage', 'planner', 'field',
                  'enforcement', 'safeguarding lead', 'partner caseworker', 'volunteer', 'custodian', 'analyst',
                  'press', 'commander', 'data-protection lead', 'coordinator', 'auditor', 'administrator']),
  token_hash    bytea not null unique check (octet_length(token_hash) = 32), -- SHA-256 digest of the token in the link
  made_by       uuid references members, -- the member who made it; empty if made at the command line
  made_at       timestamptz not null,
  expires_at    timestamptz not null, -- when the link expires
  withdrawn_at  timestamptz,
  accepted_at   timestamptz,
  handled_by    uuid[] not null default '{}', -- members who made or changed it; they cannot confirm the new member
  check (expires_at > made_at and expires_at <= (made_at + interval '72:00:00')),
  constraint invitations_check1 check (num_nonnulls(withdrawn_at, accepted_at) <= 1),
  constraint invitations_email_plain check (email ~ '^[!-~]+$')
);
create index invitations_by_agency on invitations (agency_id);

create table safeguarding_exceptions (
  id           uuid primary key,
  member_id    uuid not null references members, -- the member who may hold a safeguarding role
  agency_id    uuid not null references agencies, -- the member’s agency
  reason       text not null check (reason <> ''), -- why the exception was made
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null,
  ended_at     timestamptz,
  check (recorded_by <> member_id),
  constraint safeguarding_exceptions_check1 check (ended_at >= recorded_at)
);
create unique index one_open_exception on safeguarding_exceptions (member_id) where ended_at is null;

-- Agencies' own sign-in: settings of each agency, members linked to its subjects, and sign-ins that have begun.
create table single_sign_on (
  agency_id      uuid primary key references agencies, -- the agency whose members sign in with it
  issuer         text not null check (issuer ~ '^https?://'), -- address of the identity provider
  client_id      text not null check (client_id <> ''), -- name of Safelight at the provider
  secret_sealed  bytea, -- secret of Safelight at the provider, encrypted
  demands        text[] not null, -- values of acr or amr that prove a second factor; one of them is enough
  changed_by     uuid not null references members,
  changed_at     timestamptz not null
);

-- An account that is linked to a member cannot sign in until it is confirmed.
create table linked_accounts (
  agency_id  uuid references agencies, -- the agency whose provider it is
  issuer     text check (issuer <> ''), -- address of the identity provider
  subject    text check (subject <> ''), -- identifier of the account at the provider
  member_id  uuid not null references members,
  linked_by  uuid references members, -- the member who linked it; empty if the account came with an invitation
  linked_at  timestamptz not null,
  waits      boolean not null default false, -- whether a second person must still confirm it
  primary key (agency_id, issuer, subject),
  unique (member_id, issuer),
  check (linked_by <> member_id)
);

create table sign_on_attempts (
  state_hash    bytea primary key, -- SHA-256 digest of the state sent to the provider
  browser_hash  bytea not null, -- SHA-256 digest of the value in the browser’s cookie
  agency_id     uuid not null references agencies, -- the agency chosen
  issuer        text not null, -- address of the identity provider
  nonce         text not null, -- value that the provider must return in its token
  verifier      text not null, -- secret that proves that the answer is for this attempt (PKCE)
  made_at       timestamptz not null
);
create index sign_on_attempts_by_age on sign_on_attempts (made_at);

create table confirmations (
  id         uuid default gen_random_uuid() primary key,
  member_id  uuid not null references members deferrable initially deferred, -- the member whose roles or account wait
  agency_id  uuid not null references agencies, -- the member’s agency
  kind       text not null check (kind in ('joined', 'moved', 'account linked')), -- why a second person must confirm
  roles      text[] not null check (roles <@ array['triage', 'planner', 'field', 'enforcement', 'safeguarding lead',
               'partner caseworker', 'volunteer', 'custodian', 'analyst', 'press', 'commander',
               'data-protection lead', 'coordinator', 'auditor', 'administrator']), -- roles to confirm
  issuer     text, -- identity provider of the linked account
  subject    text, -- identifier of the linked account at the provider
  asked_by   uuid[] not null, -- members who took part in the request; they cannot confirm it
  asked_at   timestamptz not null, -- when it was requested
  check ((kind = 'account linked') = (subject is not null)),
  constraint confirmations_check1 check ((kind = 'account linked') = (cardinality(roles) = 0))
);
create index confirmations_by_member on confirmations (member_id);
create index confirmations_by_agency on confirmations (agency_id, asked_at);

create table confirmation_decisions (
  id          uuid primary key references confirmations on delete cascade,
  confirmed   boolean not null, -- whether the second person confirmed it
  grounds     text not null check (length(btrim(grounds)) >= 20), -- how the second person made sure
  decided_by  uuid not null references members,
  decided_at  timestamptz not null
);
