-- Emergency access, and versions of the access rules: the tables in the main database.

-- Emergency access: three hours of reading one operation, for a reason. It cannot be extended, changed or
-- withdrawn; a trigger notifies those responsible.
create table break_glass (
  id            uuid primary key,
  operation_id  uuid not null,
  member_id     uuid not null references members,
  agency_id     uuid not null references agencies,
  owner_id      uuid not null references agencies,
  reason        text not null check (length(btrim(reason)) >= 20 and btrim(reason) ~ '\S\s+\S+\s+\S'),
  opened_at     timestamptz not null,
  until         timestamptz not null,
  ended_at      timestamptz,
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
  finding      text not null check (finding in ('needed', 'needed in part', 'not needed')),
  reasons      text not null check (length(btrim(reasons)) >= 20),
  reviewed_at  timestamptz not null
);

-- The text of “Who can see what” for each version, and since when. The owner adds a row when a policy comes into
-- force; no role may change one.
create table policy_versions (
  id      bigint generated always as identity primary key,
  digest  text not null check (digest ~ '^[0-9a-f]{64}$'),
  text    text not null check (text <> ''),
  since   timestamptz not null default now()
);
