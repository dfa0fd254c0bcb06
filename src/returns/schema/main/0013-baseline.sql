-- Returns: the tables in the main database.

-- Returns: versions that are frozen when signed, each figure with its records.
create table returns (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  version       integer not null check (version > 0), -- number of the version, from 1
  stage         text not null check (stage in ('provisional', 'revised', 'final')), -- stage for the signature
  definitions   text not null check (definitions <> ''), -- edition of the definitions that it was counted by
  facts         jsonb not null, -- facts about the operation, such as dates and partners
  figures       jsonb not null, -- figures after disclosure control, as press may use them
  note          text, -- note of the analyst, such as why a final return was opened again
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  unique (operation_id, version),
  unique (id, operation_id)
);

-- The analyst's working data has its own table, so that press and coordinators have no path to it.
create table return_workings (
  return_id       uuid primary key references returns,
  counted         jsonb not null, -- exact counts
  qualifications  jsonb not null default '{}', -- figures that the analyst qualified, each with a reason
  checks          jsonb not null -- checks of the return, with results
);

create table return_records ( -- Which records each figure counts
  return_id  uuid references returns,
  indicator  text, -- the figure
  cell       text, -- the cell of the figure’s breakdown
  kind       text not null, -- kind of record
  record_id  uuid, -- the record that was counted
  within_id  uuid, -- the record on whose page it is shown
  primary key (return_id, indicator, cell, record_id),
  constraint no_safeguarding_records check (kind not in ('fact', 'referral'))
);

create table return_signatures (
  return_id     uuid primary key,
  operation_id  uuid not null,
  signed_by     uuid not null references members,
  signed_at     timestamptz not null,
  digest        text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the signed return, in hexadecimal
  foreign key (return_id, operation_id) references returns(id, operation_id)
);
create index return_signatures_by_time on return_signatures (signed_at desc);

create table return_changes (
  id            uuid primary key,
  operation_id  uuid not null references operations,
  what          text not null check (what <> ''), -- kind of record that changed
  at            timestamptz not null -- when it changed
);
create index return_changes_by_operation on return_changes (operation_id, at);
