-- Emergency access, and versions of the access rules: the tables in the main database.

-- Emergency access: three hours of reading one operation, for a reason. It cannot be extended, changed or
-- withdrawn; a trigger notifies those responsible.
create table break_glass (
  id            uuid primary key,
  operation_id  uuid not null, -- the operation that was read
  member_id     uuid not null references members, -- the member who used it
  agency_id     uuid not null references agencies, -- the member’s agency
  owner_id      uuid not null references agencies, -- the agency that leads the operation
  reason        text not null
                check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\S\s+\S+\s+\S'), -- why the member needed it
  opened_at     timestamptz not null, -- when it began
  until         timestamptz not null, -- when it ends by itself, three hours later
  ended_at      timestamptz, -- when it ended early
  check (until = (opened_at + interval '03:00:00')),
  constraint break_glass_check1 check (ended_at >= opened_at and ended_at < until)
);
create index break_glass_by_member on break_glass (member_id, until);
create index break_glass_by_operation on break_glass (operation_id);

-- The review of an emergency access by another member of the owner. It cannot be changed, and a final return needs
-- it.
create table break_glass_reviews (
  id           uuid primary key references break_glass,
  reviewed_by  uuid not null references members,
  finding      text not null check (finding in ('needed', 'needed in part', 'not needed')), -- whether it was needed
  reasons      text not null check (length(btrim(reasons)) >= 20), -- why the reviewer found so
  reviewed_at  timestamptz not null
);

-- The text of “Who can see what” for each version, and since when. The owner adds a row when a policy comes into
-- force; no role may change one.
create table policy_versions (
  id      bigint generated always as identity primary key,
  digest  text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the text, in hexadecimal
  text    text not null check (text <> ''), -- the access rules as Markdown
  since   timestamptz not null default now() -- when the rules came into force
);
