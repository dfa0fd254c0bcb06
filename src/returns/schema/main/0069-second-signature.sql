-- A final return has two signatures. The first is an analyst's. It waits until a second person of the agency that leads
-- the operation countersigns it or sends it back.
create table return_first_signatures ( -- Signatures of analysts for a final return; each waits for a second
  id            uuid primary key,
  return_id     uuid not null,
  operation_id  uuid not null,
  signed_by     uuid not null references members,
  signed_at     timestamptz not null,
  digest        text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the return as a final one, in hexadecimal
  content       text not null, -- digest of version, definitions, facts and figures, made by the database when it was signed
  foreign key (return_id, operation_id) references returns(id, operation_id)
);
create index return_first_signatures_by_return on return_first_signatures (return_id, signed_at desc);

create table return_second_signatures ( -- What the second person decided: countersigned, or sent back with a reason
  id            uuid primary key references return_first_signatures,
  operation_id  uuid not null references operations,
  decided_by    uuid not null references members,
  decided_at    timestamptz not null,
  approved      boolean not null, -- countersigned; otherwise sent back
  reason        text, -- why it was sent back
  check (approved = (reason is null))
);

alter table return_signatures add column countersigned_by uuid references members; -- the second person, on a final return
alter table return_signatures add column countersigned_at timestamptz;
alter table return_signatures
  add constraint countersigned_at_a_time check ((countersigned_by is null) = (countersigned_at is null)),
  add constraint countersigned_by_somebody_else check (countersigned_by <> signed_by);
