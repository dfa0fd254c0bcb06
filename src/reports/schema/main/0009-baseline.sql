-- Reports from the public: the tables in the main database.

-- Drafts of reports, sealed under a key that only the browser’s page holds. The previous one is kept until the next
-- is used, so that a lost answer can be requested again. The number tells which is older, but not when it was made.
create unlogged table report_drafts (
  hash     bytea primary key check (octet_length(hash) = 32), -- SHA-256 digest of the draft’s token
  before   bytea, -- digest of the previous draft
  sealed   bytea storage external not null, -- answers typed so far, encrypted under a key that only the page holds
  ends_at  timestamptz not null check (ends_at = date_trunc('hour', ends_at)), -- hour in which it is deleted
  number   bigint generated always as identity -- order of writing
) with (toast_tuple_target=4080);
create index report_drafts_before on report_drafts (before);
create index report_drafts_ending on report_drafts (ends_at);
