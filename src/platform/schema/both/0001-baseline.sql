-- The access log, events that wait to be delivered, forms already sent and notifications: the tables in both
-- databases.
-- Functions that row policies and triggers call, apart from tables.
create schema ctx;

-- Who did what with which record, for what purpose, and what was refused. A row names the agency whose record it
-- was, and an emergency access if one was used.
create table access_log (
  id              bigint generated always as identity,
  xid             xid8 default pg_current_xact_id(),
  at              timestamptz not null,
  kind            text not null check (kind in ('collection', 'alteration', 'consultation', 'disclosure',
                    'combination', 'erasure', 'refusal')),
  event           text not null check (event <> ''),
  action          text not null,
  purpose         text not null,
  member_id       uuid,
  agency_id       uuid,
  roles           text[] not null default '{}',
  subject         uuid,
  fields          text[] not null default '{}',
  returned        uuid[] not null default '{}',
  recipient       uuid,
  reason          text,
  request_id      uuid not null,
  owner_id        uuid,
  break_glass_id  uuid,
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
  event       text not null,
  about       uuid,
  details     jsonb not null default '{}',
  at          timestamptz not null,
  heard_at    timestamptz,
  tries       integer not null default 0,
  last_error  text
);
create index outbox_unheard on outbox (at) where heard_at is null;

-- Nothing here can be read without the page that carries the form: keys are digests, answers are sealed.
create table idempotency_keys (
  key           bytea primary key check (octet_length(key) = 32),
  request_hash  bytea not null check (octet_length(request_hash) = 32),
  answer        bytea,
  expires_at    timestamptz not null check (expires_at = date_trunc('hour', expires_at))
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
