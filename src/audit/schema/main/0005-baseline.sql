-- The log as a tree of digests: the tables in the main database.

-- The list of the partners' witnesses is kept with the partners, in the main store.
create table log_witnesses (
  id             uuid primary key,
  agency_id      uuid not null references agencies, -- the agency that runs the witness
  name           text not null check (name <> ''), -- name of the witness, as its signatures give it
  key            text not null unique check (key <> ''), -- public key of the witness
  registered_by  uuid not null references members,
  registered_at  timestamptz not null,
  ended_at       timestamptz
);
create index log_witnesses_by_agency on log_witnesses (agency_id);
create unique index one_name_a_witness on log_witnesses (name) where ended_at is null;
