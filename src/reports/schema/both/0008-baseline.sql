-- Reports from the public: the tables in both databases.

-- How a reporting line is attended, as the public site shows it. The safeguarding database has its own: it may be
-- on another server.
create table reading_hours ( -- Who reads the reports of a line, and when, as the public site shows it
  id                uuid primary key,
  agency_id         uuid not null, -- the agency that reads the line
  state             text not null check (state in ('open', 'closed')), -- whether the line accepts reports
  key_id            text not null check (key_id <> ''), -- the public key that reports are encrypted to
  days              text[] not null check (cardinality(days) > 0 and days <@ array['Monday', 'Tuesday', 'Wednesday',
                      'Thursday', 'Friday', 'Saturday', 'Sunday']), -- days of the week on which reports are read
  opens             text not null check (opens ~ '^[0-2][0-9]:[0-5][0-9]$'), -- when reading starts, HH:MM in London
  closes            text not null, -- end of the reading hours, HH:MM in London
  promised_hours    integer not null -- reading hours within which a report is opened
                    check (promised_hours >= 1 and promised_hours <= 48),
  readers           text not null check (readers <> ''), -- who reads the reports, in words for the public
  must_act          text not null check (must_act <> ''), -- what readers must always act on, in words for the public
  immigration       text not null check (immigration <> ''), -- whether immigration is informed, in words for the public
  notice            text not null check (notice <> ''), -- privacy notice
  keeps_confidence  boolean not null, -- whether the line can keep a report confidential
  on_call           text not null check (on_call <> ''), -- who is on call in danger, in words for the public
  set_by            uuid not null,
  set_at            timestamptz not null,
  check (closes ~ '^[0-2][0-9]:[0-5][0-9]$' and closes > opens)
);

-- Reports from the public. The retention period starts when a report is closed or withdrawn, and stops when its
-- reporter writes again.
create table reports ( -- Reports from the public: to police in the main database, to support in the other one
  id           uuid primary key,
  agency_id    uuid not null, -- the agency that reads it
  way          text not null, -- how the report came
  sealed_key   bytea not null, -- key of the report, encrypted for the readers of the line
  look_up      bytea unique, -- keyed digest of the receipt, by which the mailbox is found
  receipt_key  bytea, -- key of the report, encrypted under the receipt
  received_at  timestamptz not null, -- hour in which it came
  acted_at     timestamptz not null, -- hour of the last message, from either side
  due_at       timestamptz not null, -- hour by which it must be opened
  danger       boolean not null, -- whether it says that somebody is in danger
  queue        text not null, -- which queue it waits in; a flood of reports goes into the second
  state        text not null, -- state of the report
  unread       boolean not null, -- whether the reporter wrote something that nobody has answered
  answerable   boolean -- whether the reporter can read an answer
               generated always as (look_up is not null) stored not null,
  outcome      text, -- outcome, chosen when it was closed
  closed_at    timestamptz -- hour in which it was closed or withdrawn
);
create index reports_waiting on reports (agency_id, due_at) where unread or (state = 'open');
create index reports_by_agency on reports (agency_id, received_at);
create index reports_closed on reports (agency_id, outcome, closed_at) where closed_at is not null;

create table report_parts (
  id          uuid primary key,
  report_id   uuid not null references reports,
  place       integer not null, -- order of the message in the report, from 0
  kind        text not null, -- kind of message
  sealed      bytea storage external not null, -- text of the message, encrypted
  written_at  timestamptz not null, -- hour in which it was written
  member_id   uuid, -- the member who wrote it; empty if the reporter did
  unique (report_id, place)
) with (toast_tuple_target=4080);

create table report_contacts (
  id          uuid primary key references reports,
  agency_id   uuid not null, -- the agency that reads the report
  sealed_key  bytea not null, -- key of the contact details, encrypted for the readers of the line
  sealed      bytea not null -- name and contact details of the reporter, encrypted
);

-- Files of reports: descriptions are sealed, keys are wrapped for the line’s staff, and the public site can add
-- files and read none. For files added later with the receipt, the hour and the message are kept, so that a repeat
-- is stored once.
create table report_files (
  id              uuid primary key,
  report_id       uuid not null references reports,
  place           integer not null check (place >= 0 and place <= 99), -- order of the file in the report, from 0
  about           bytea not null, -- name, kind and size of the file, encrypted
  sealed_key      bytea, -- key of the original file, encrypted; empty once that file was destroyed
  keeps_original  boolean not null, -- whether the original file is kept after cleaning
  state           text not null -- whether a clean copy was made
                  check (state in ('waiting', 'ready', 'as it came', 'not cleaned')),
  copy_id         uuid unique, -- name under which the clean copy is stored
  copy_key        bytea, -- key of the clean copy, encrypted
  parts           integer check (parts > 0), -- number of pages or parts of the clean copy
  why             text -- why no clean copy could be made
                  check (why in ('damaged', 'too large unpacked', 'took too long', 'too much memory')),
  added_with      uuid, -- the message of the mailbox that it came with
  added_at        timestamptz check (added_at = date_trunc('hour', added_at)), -- hour in which it came by mailbox
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
  way        text not null check (way in ('by phone', 'partner')), -- how the report came
  agency_id  uuid not null, -- the agency that reads it
  taken_by   uuid not null, -- the member who entered it
  taken_for  uuid not null, -- the agency of that member
  taken_at   timestamptz not null check (taken_at = date_trunc('hour', taken_at)) -- hour in which it was entered
);
create index report_intakes_by_taker on report_intakes (taken_by, taken_at);

create table report_retention_rules (
  id          uuid primary key,
  agency_id   uuid not null,
  outcome     text not null check (outcome in ('no further action', 'advice given', 'referred for help',
                'shared with agency', 'used in operation', 'withdrawn', 'not said')), -- for which outcome
  days        integer not null check (days >= 1 and days <= 36500), -- how long a closed report is kept, in days
  source      text not null check (source <> ''), -- law, agreement or notice that says so, with its date
  valid_from  date not null, -- first day on which it applies
  set_by      uuid not null,
  set_at      timestamptz not null,
  check (valid_from >= (set_at at time zone 'Europe/London')::date)
);
create index report_retention_rules_newest on report_retention_rules (agency_id, outcome, valid_from desc);

create table report_retention_holds (
  id             uuid primary key,
  report_id      uuid not null references reports on delete cascade,
  agency_id      uuid not null,
  reason         text not null check (length(btrim(reason)) >= 20), -- why the report must not be destroyed yet
  review_on      date not null, -- day by which somebody must review the hold
  set_by         uuid not null,
  set_at         timestamptz not null,
  ended_by       uuid,
  ended_at       timestamptz,
  ended_because  text check (length(btrim(ended_because)) >= 20), -- why the hold ended
  check (num_nulls(ended_by, ended_at, ended_because) in (0, 3))
);
create index report_retention_holds_by_report on report_retention_holds (report_id);

create table report_erasure_certificates (
  id            uuid primary key,
  report_id     uuid not null unique, -- identifier that the report had
  agency_id     uuid not null,
  way           text not null, -- how the report came
  outcome       text not null, -- outcome of the report
  closed_at     timestamptz not null,
  rule_id       uuid not null references report_retention_rules, -- the retention rule that applied
  days          integer not null, -- how long it was kept after closing, in days
  source        text not null, -- source of the rule
  parts         integer not null, -- number of messages destroyed
  had_contact   boolean not null, -- whether contact details were destroyed too
  destroyed_at  timestamptz not null check (destroyed_at = date_trunc('hour', destroyed_at)),
  log_request   uuid not null -- request by which its row of the access log is found
);
create index report_erasure_certificates_newest on report_erasure_certificates (agency_id, destroyed_at desc);

-- A custodian discloses a source identity to one reader, for a time. A file as received may reveal the source
-- identity, so it is disclosed the same way. Neither discloses the other.
create table source_identity_requests (
  id         uuid primary key,
  report_id  uuid not null references reports on delete cascade,
  agency_id  uuid not null,
  asked_by   uuid not null, -- the member who asks
  purpose    text not null, -- what the law allows the disclosure for
  reason     text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\S\s+\S+\s+\S'), -- why it is needed
  asked_at   timestamptz not null, -- when it was requested
  until      timestamptz not null, -- when the disclosure ends
  file_id    uuid references report_files on delete cascade, -- the original file, where a file is requested
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
  granted     boolean not null, -- whether the custodian agreed
  reasons     text not null check (length(btrim(reasons)) >= 20), -- why the custodian decided so
  decided_by  uuid not null,
  decided_at  timestamptz not null
);

-- On-call shifts, and an urgent page for each report of danger. Times of an urgent page are full hours; how long it
-- stays open is counted in rounds of the leader process.
create table on_call_shifts (
  id         uuid primary key,
  agency_id  uuid not null,
  member_id  uuid not null, -- the member on call
  place      integer not null check (place >= 1 and place <= 9), -- order in which members are alerted, from 1
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  reached    text not null check (reached <> ''), -- how colleagues reach them
  set_by     uuid not null,
  set_at     timestamptz not null,
  check (ends_at >= starts_at)
);
create index on_call_shifts_by_end on on_call_shifts (agency_id, ends_at);

create table danger_urgent_pages (
  id               uuid primary key references reports on delete cascade,
  agency_id        uuid not null,
  raised_at        timestamptz not null check (raised_at = date_trunc('hour', raised_at)), -- hour of the report
  rounds           integer not null default 0 check (rounds >= 0), -- minutes for which nobody has acknowledged it
  acknowledged_by  uuid,
  acknowledged_at  timestamptz check (acknowledged_at = date_trunc('hour', acknowledged_at)),
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
create index danger_urgent_pages_ringing on danger_urgent_pages (agency_id) where acknowledged_by is null;
