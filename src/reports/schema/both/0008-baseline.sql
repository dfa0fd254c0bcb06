-- Reports from the public: the tables in both databases.

-- How a reporting line is attended, as the public site shows it. The safeguarding database has its own: it may be
-- on another server.
create table reading_hours (
  id                uuid primary key,
  agency_id         uuid not null,
  state             text not null check (state in ('open', 'closed')),
  key_id            text not null check (key_id <> ''),
  days              text[] not null check (cardinality(days) > 0 and days <@ array['Monday', 'Tuesday', 'Wednesday',
                      'Thursday', 'Friday', 'Saturday', 'Sunday']),
  opens             text not null check (opens ~ '^[0-2][0-9]:[0-5][0-9]$'),
  closes            text not null,
  promised_hours    integer not null check (promised_hours >= 1 and promised_hours <= 48),
  readers           text not null check (readers <> ''),
  must_act          text not null check (must_act <> ''),
  immigration       text not null check (immigration <> ''),
  notice            text not null check (notice <> ''),
  keeps_confidence  boolean not null,
  on_call           text not null check (on_call <> ''),
  set_by            uuid not null,
  set_at            timestamptz not null,
  check (closes ~ '^[0-2][0-9]:[0-5][0-9]$' and closes > opens)
);

-- Reports from the public. The retention period starts when a report is closed or withdrawn, and stops when its
-- reporter writes again.
create table reports (
  id           uuid primary key,
  agency_id    uuid not null,
  way          text not null,
  sealed_key   bytea not null,
  look_up      bytea unique,
  receipt_key  bytea,
  received_at  timestamptz not null,
  acted_at     timestamptz not null,
  due_at       timestamptz not null,
  danger       boolean not null,
  queue        text not null,
  state        text not null,
  unread       boolean not null,
  answerable   boolean generated always as (look_up is not null) stored not null,
  outcome      text,
  closed_at    timestamptz
);
create index reports_waiting on reports (agency_id, due_at) where unread or (state = 'open');
create index reports_by_agency on reports (agency_id, received_at);
create index reports_closed on reports (agency_id, outcome, closed_at) where closed_at is not null;

create table report_parts (
  id         uuid primary key,
  report_id  uuid not null references reports,
  place      integer not null,
  kind       text not null,
  sealed     bytea storage external not null,
  said_at    timestamptz not null,
  member_id  uuid,
  unique (report_id, place)
) with (toast_tuple_target=4080);

create table report_contacts (
  id          uuid primary key references reports,
  agency_id   uuid not null,
  sealed_key  bytea not null,
  sealed      bytea not null
);

-- Files of reports: descriptions are sealed, keys are wrapped for the line’s staff, and the public site can add
-- files and read none. For files added later with the receipt, the hour and the message are kept, so that a repeat
-- is stored once.
create table report_files (
  id              uuid primary key,
  report_id       uuid not null references reports,
  place           integer not null check (place >= 0 and place <= 99),
  about           bytea not null,
  sealed_key      bytea,
  keeps_original  boolean not null,
  state           text not null check (state in ('waiting', 'ready', 'as it came', 'not cleaned')),
  copy_id         uuid unique,
  copy_key        bytea,
  parts           integer check (parts > 0),
  why             text check (why in ('damaged', 'too large unpacked', 'took too long', 'too much memory')),
  added_with      uuid,
  added_at        timestamptz check (added_at = date_trunc('hour', added_at)),
  unique (report_id, place),
  check ((state = 'ready') = (copy_id is not null)),
  constraint report_files_check1 check (num_nulls(copy_id, copy_key, parts) in (0, 3)),
  constraint report_files_check2 check ((state = 'not cleaned') = (why is not null)),
  constraint report_files_check3 check (sealed_key is not null or not keeps_original and (state in ('ready',
    'not cleaned'))),
  constraint report_files_check4 check (num_nulls(added_with, added_at) in (0, 2))
);

-- Reports from people who are signed in: for a caller, or from their own work. They are kept with all other
-- reports.
create table report_intakes (
  id         uuid primary key references reports on delete cascade,
  way        text not null check (way in ('by phone', 'partner')),
  agency_id  uuid not null,
  taken_by   uuid not null,
  taken_for  uuid not null,
  taken_at   timestamptz not null check (taken_at = date_trunc('hour', taken_at))
);
create index report_intakes_by_taker on report_intakes (taken_by, taken_at);

create table report_retention_rules (
  id          uuid primary key,
  agency_id   uuid not null,
  outcome     text not null check (outcome in ('no further action', 'advice given', 'referred for help',
                'shared with agency', 'used in operation', 'withdrawn', 'not said')),
  days        integer not null check (days >= 1 and days <= 36500),
  source      text not null check (source <> ''),
  valid_from  date not null,
  set_by      uuid not null,
  set_at      timestamptz not null,
  check (valid_from >= (set_at at time zone 'Europe/London')::date)
);
create index report_retention_rules_newest on report_retention_rules (agency_id, outcome, valid_from desc);

create table report_retention_holds (
  id             uuid primary key,
  report_id      uuid not null references reports on delete cascade,
  agency_id      uuid not null,
  reason         text not null check (length(btrim(reason)) >= 20),
  review_on      date not null,
  set_by         uuid not null,
  set_at         timestamptz not null,
  ended_by       uuid,
  ended_at       timestamptz,
  ended_because  text check (length(btrim(ended_because)) >= 20),
  check (num_nulls(ended_by, ended_at, ended_because) in (0, 3))
);
create index report_retention_holds_by_report on report_retention_holds (report_id);

create table report_erasure_certificates (
  id            uuid primary key,
  report_id     uuid not null unique,
  agency_id     uuid not null,
  way           text not null,
  outcome       text not null,
  closed_at     timestamptz not null,
  rule_id       uuid not null references report_retention_rules,
  days          integer not null,
  source        text not null,
  parts         integer not null,
  had_contact   boolean not null,
  destroyed_at  timestamptz not null check (destroyed_at = date_trunc('hour', destroyed_at)),
  log_request   uuid not null
);
create index report_erasure_certificates_newest on report_erasure_certificates (agency_id, destroyed_at desc);

-- A custodian discloses a source identity to one reader, for a time. A file as received may reveal the source
-- identity, so it is disclosed the same way. Neither discloses the other.
create table source_identity_requests (
  id         uuid primary key,
  report_id  uuid not null references reports on delete cascade,
  agency_id  uuid not null,
  asked_by   uuid not null,
  purpose    text not null,
  reason     text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\S\s+\S+\s+\S'),
  asked_at   timestamptz not null,
  until      timestamptz not null,
  file_id    uuid references report_files on delete cascade,
  check (until > asked_at and until <= (asked_at + make_interval(hours => 24))),
  constraint source_identity_requests_purpose_check check (
case
    when file_id is null then purpose in
    ('life or safety', 'reporter contact',
    'crime prevention', 'legal requirement')
    else purpose in
    ('forensic examination', 'life or safety', 'crime prevention',
    'legal requirement')
end)
);
create index source_identity_requests_by_asker on source_identity_requests (asked_by, until);
create index source_identity_requests_by_agency on source_identity_requests (agency_id, asked_at);
create index source_identity_requests_by_report on source_identity_requests (report_id);
create index source_identity_requests_by_file on source_identity_requests (file_id);

create table source_identity_decisions (
  id          uuid primary key references source_identity_requests on delete cascade,
  granted     boolean not null,
  reasons     text not null check (length(btrim(reasons)) >= 20),
  decided_by  uuid not null,
  decided_at  timestamptz not null
);

-- On-call shifts, and an urgent page for each report of danger. Times of an urgent page are full hours; how long it
-- stays open is counted in rounds of the leader process.
create table on_call_shifts (
  id         uuid primary key,
  agency_id  uuid not null,
  member_id  uuid not null,
  place      integer not null check (place >= 1 and place <= 9),
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  reached    text not null check (reached <> ''),
  set_by     uuid not null,
  set_at     timestamptz not null,
  check (ends_at >= starts_at)
);
create index on_call_shifts_by_end on on_call_shifts (agency_id, ends_at);

create table danger_urgent_pages (
  id               uuid primary key references reports on delete cascade,
  agency_id        uuid not null,
  raised_at        timestamptz not null check (raised_at = date_trunc('hour', raised_at)),
  rounds           integer not null default 0 check (rounds >= 0),
  acknowledged_by  uuid,
  acknowledged_at  timestamptz check (acknowledged_at = date_trunc('hour', acknowledged_at)),
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
create index danger_urgent_pages_ringing on danger_urgent_pages (agency_id) where acknowledged_by is null;
