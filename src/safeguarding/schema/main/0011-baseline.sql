-- What custody officers and police see of help for people: the tables in the main database.

-- In the main database: what the custodian reads, without any safeguarding id. Times are rounded up to the hour.
create table received_custody_notices (
  id                uuid primary key, -- identifier of the transfer
  agency_id         uuid not null references agencies, -- the agency that holds the person
  sentence          text not null check (sentence in ('consider section 45', 'ask before removal',
                      'medical review', 'threat to life')), -- the notice, as one of four sentences
  sealed_reference  bytea, -- custody reference, encrypted; empty for a withdrawal
  wrapped_key       bytea,
  withdraws         uuid references received_custody_notices, -- the notice that this one withdraws
  arrived_at        timestamptz not null check (arrived_at = date_trunc('hour', arrived_at)),
  check (num_nulls(sealed_reference, wrapped_key) in (0, 2))
);
create index received_custody_notices_by_agency on received_custody_notices (agency_id, arrived_at);

create table custody_urgent_pages (
  id               uuid primary key references received_custody_notices,
  agency_id        uuid not null references agencies, -- the agency that holds the person
  rounds           integer not null default 0 check (rounds >= 0), -- minutes for which nobody has acknowledged it
  acknowledged_by  uuid references members,
  acknowledged_at  timestamptz check (acknowledged_at = date_trunc('hour', acknowledged_at)),
  passed_on        text check (passed_on in ('custody officer', 'charging officer',
                     'detention officer', 'not held there')), -- to whom the custodian passed it on
  passed_at        timestamptz check (passed_at = date_trunc('hour', passed_at)), -- hour in which it was passed on
  check (num_nulls(acknowledged_by, acknowledged_at) in (0, 2)),
  constraint custody_urgent_pages_check1 check (num_nulls(passed_on, passed_at) in (0, 2)),
  constraint custody_urgent_pages_check2 check (passed_on is null or acknowledged_by is not null)
);
create index custody_urgent_pages_ringing on custody_urgent_pages (agency_id) where acknowledged_by is null;

create table custodian_shifts (
  id         uuid primary key,
  agency_id  uuid not null references agencies,
  member_id  uuid not null references members, -- the custodian on call
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  reached    text not null check (reached <> ''), -- how colleagues reach them
  set_by     uuid not null references members,
  set_at     timestamptz not null,
  check (ends_at >= starts_at)
);
create index custodian_shifts_by_end on custodian_shifts (agency_id, ends_at);

-- In the main database: what police asked and what was answered. A refusal has no row, so that refused, unknown and
-- unread requests look alike.
create table information_requests (
  id           uuid primary key,
  agency_id    uuid not null references agencies, -- the agency that asks
  asked_by     uuid not null references members, -- the member who asks
  recipient    uuid not null references agencies, -- the agency that is asked
  law          text not null check (law in ('data protection law', 'victim information requests')), -- edition of law
  kinds        text[] not null check (cardinality(kinds) > 0 and kinds <@
                 array['contact dates', 'help provided',
                 'person’s account', 'whereabouts', 'health information',
                 'notes of counselling']), -- kinds of information
  notice       text not null check (notice in ('given', 'later', 'not given')), -- whether the person was notified
  sealed_content  bytea not null, -- who is asked about, why and how it will be handled, encrypted
  wrapped_key  bytea not null,
  asked_at     timestamptz not null, -- when it was made
  due_at       timestamptz not null, -- when it counts as answered, 14 days later
  check (due_at = (asked_at + make_interval(hours => 24 * 14)))
);
create index information_requests_by_asker on information_requests (asked_by, asked_at);
create index information_requests_to on information_requests (recipient, asked_at);

create table information_answers (
  id            uuid primary key references information_requests, -- identifier, the same as of the request
  kinds         text[] not null check (cardinality(kinds) > 0 and kinds <@
                  array['contact dates', 'help provided',
                  'person’s account', 'whereabouts', 'health information',
                  'notes of counselling']), -- kinds of information given
  sealed_words  bytea not null, -- the information, encrypted
  wrapped_key   bytea not null,
  arrived_at    timestamptz not null check (arrived_at = date_trunc('hour', arrived_at))
);
