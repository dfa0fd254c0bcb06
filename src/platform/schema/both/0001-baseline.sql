-- The access log, events that wait to be delivered, forms already sent and notifications: the tables in both
-- databases.
-- Functions that row policies and triggers call, apart from tables.
create schema ctx;

-- Who did what with which record, for what purpose, and what was refused. A row names the agency whose record it
-- was, and an emergency access if one was used.
create table access_log (
  id              bigint generated always as identity, -- number of the row within the database
  xid             xid8 default pg_current_xact_id(), -- the transaction that wrote the row
  at              timestamptz not null, -- when it happened; in the safeguarding database, the hour
  kind            text not null check (kind in ('collection', 'alteration', 'consultation', 'disclosure',
                    'combination', 'erasure', 'refusal')), -- kind of event, as in the Data Protection Act 2018, s. 62
  event           text not null check (event <> ''), -- what was done
  action          text not null, -- permission that allowed it
  purpose         text not null, -- purpose of the work
  member_id       uuid, -- the member; empty for visitors and the system
  agency_id       uuid, -- the member’s agency
  roles           text[] not null default '{}', -- roles that the member held
  subject         uuid, -- identifier of the record
  fields          text[] not null default '{}', -- names of the fields read or changed, never their values
  returned        uuid[] not null default '{}', -- identifiers of the records that a search or list returned
  recipient       uuid, -- the agency or member that received a disclosure
  reason          text, -- reason that the member gave
  request_id      uuid not null, -- the request to the server, the same for all its rows
  owner_id        uuid,
  break_glass_id  uuid, -- the emergency access that made it possible
  primary key (xid, id)
);
create index access_log_by_subject on access_log (subject, at);
create index access_log_by_owner on access_log (owner_id, at) where owner_id is not null;
create index access_log_by_returned on access_log using gin (returned) where cardinality(returned) > 0;
-- Unusual access is sought among the rows of the last weeks. Rows come in the order of time, so one index entry for
-- each run of pages is enough, and a new row costs nothing.
create index access_log_by_time on access_log using brin (at) with (pages_per_range='32', autosummarize='on');
-- No member asks for rows of visitors who had not signed in.
create index access_log_by_member on access_log (member_id, at) where member_id is not null;
-- A line counts as opened when a member of its own agency opens its queue. Others see nothing in it, so their
-- visits must not show on the public page.
create index access_log_reports_listed_by on access_log (agency_id, at) where event = 'reports.listed';

create table outbox (
  id          uuid primary key,
  event       text not null, -- name of the event
  about       uuid, -- identifier of the record that it is about
  details     jsonb not null default '{}', -- identifiers and encrypted values for the listeners
  at          timestamptz not null, -- when it happened
  handled_at  timestamptz, -- when all listeners had handled it
  tries       integer not null default 0, -- number of failed deliveries
  last_error  text -- error of the last failed delivery
);
create index outbox_unhandled on outbox (at) where handled_at is null;

-- Nothing here can be read without the page that carries the form: keys are digests, answers are sealed.
create table idempotency_keys (
  key           bytea primary key check (octet_length(key) = 32), -- keyed digest of the token in the form
  request_hash  bytea not null check (octet_length(request_hash) = 32), -- digest of what was sent
  answer        bytea, -- the answer that the form was given, encrypted
  expires_at    timestamptz not null check (expires_at = date_trunc('hour', expires_at)) -- hour of deletion
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
