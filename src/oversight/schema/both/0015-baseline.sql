-- Requests for records, and their answers: the tables in both databases.

-- Requests from people about their data: access, correction, erasure. Each database keeps its own, so that neither
-- reveals the other’s.
create table subject_access_requests (
  id           uuid primary key,
  agency_id    uuid not null,
  about        uuid[] not null check (cardinality(about) > 0), -- identifiers of the records about the person
  asker        text not null check (asker in ('the person', 'solicitor', 'parent or guardian',
                 'another with authority')), -- who asks
  proof        text not null check (proof in ('identity document',
                 'known to worker', 'solicitor’s authority',
                 'private questions')), -- how identity was proved
  delivery     text not null check (delivery in ('in person', 'through a worker',
                 'to the solicitor', 'recorded post')), -- how the answer reaches the person safely
  reference    text not null check (reference <> ''), -- reference under which the agency keeps the letter
  safety       text, -- why this way of delivery is safe
  state        text not null default 'open' check (state in ('open', 'answered', 'withdrawn')), -- state of the request
  marks        jsonb not null default '{}', -- redactions that were kept or lifted, each with a reason
  opened_by    uuid not null,
  opened_at    timestamptz not null,
  answered_by  uuid,
  answered_at  timestamptz,
  digest       text, -- SHA-256 digest of the answer
  wants        text not null default 'access' check (wants in ('access',
                 'correction', 'erasure')), -- what the person asks for
  outcome      text check (outcome in ('done', 'done in part', 'not done')), -- outcome of a correction or erasure
  check (answered_at >= opened_at),
  constraint subject_access_requests_check1 check ((state = 'answered') = (answered_at is not null) and
    (num_nulls(answered_by, answered_at, digest) in (0, 3))),
  constraint subject_access_requests_check2 check ((outcome is not null) = (state = 'answered' and wants <>
    'access'))
);
create index subject_access_requests_by_agency on subject_access_requests (agency_id, opened_at);

-- What a data-protection lead found out about an unusual access.
create table access_reviews (
  id           uuid primary key,
  agency_id    uuid not null, -- the reviewer’s agency
  sort         text not null check (sort <> ''), -- what made the access unusual
  member_id    uuid not null, -- the member who had access
  request_id   uuid not null, -- the request in the access log
  words        text not null check (words <> ''), -- what the reviewer found
  answered_by  uuid not null, -- the member who reviewed it
  answered_at  timestamptz not null -- when it was reviewed
);
create index access_reviews_by_agency on access_reviews (agency_id, answered_at);
