-- Returns: the tables in the main database.

-- Returns: versions that are frozen when signed, each figure with its records.
create table returns (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  version       integer not null check (version > 0),
  stage         text not null check (stage in ('provisional', 'revised', 'final')),
  definitions   text not null check (definitions <> ''),
  facts         jsonb not null,
  figures       jsonb not null,
  note          text,
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  unique (operation_id, version),
  unique (id, operation_id)
);

-- The analyst's working data has its own table, so that press and coordinators have no path to it.
create table return_workings (
  return_id       uuid primary key references returns,
  counted         jsonb not null,
  qualifications  jsonb not null default '{}',
  checks          jsonb not null
);

create table return_records (
  return_id  uuid references returns,
  indicator  text,
  cell       text,
  kind       text not null,
  record_id  uuid,
  within_id  uuid,
  primary key (return_id, indicator, cell, record_id),
  constraint no_safeguarding_records check (kind not in ('fact', 'referral'))
);

create table return_signatures (
  return_id     uuid primary key,
  operation_id  uuid not null,
  signed_by     uuid not null references members,
  signed_at     timestamptz not null,
  digest        text not null check (digest ~ '^[0-9a-f]{64}$'),
  foreign key (return_id, operation_id) references returns(id, operation_id)
);
create index return_signatures_by_time on return_signatures (signed_at desc);

create table return_changes (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  what          text not null check (what <> ''),
  at            timestamptz not null
);
create index return_changes_by_operation on return_changes (operation_id, at);
