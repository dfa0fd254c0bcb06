-- Counts that analysts asked for. A count can take longer than a page may: the process that was asked goes on with it and says so here.
create table count_requests ( -- Counts of operations that analysts asked for, and what became of each
  id            uuid primary key,
  operation_id  uuid not null references operations,
  note          text, -- why a new version is made, as it was typed
  asked_by      uuid not null references members,
  asked_at      timestamptz not null,
  alive_at      timestamptz not null, -- when the process that counts last said that it goes on
  state         text not null default 'counting' check (state in ('counting', 'counted', 'reason missing', 'stopped', 'failed')), -- how it stands
  return_id     uuid, -- the return that the count became
  check ((state = 'counted') = (return_id is not null))
);
create index count_requests_by_operation on count_requests (operation_id, asked_at desc);
