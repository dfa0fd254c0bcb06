-- What a coordinator sends back: taskings with dates, a deadline and editions of definitions, as a partnership received them.
alter table exchange_weeks add column area text check (area <> ''); -- where the partnerships should work
alter table exchange_weeks add column focus text[] not null default '{}'; -- kinds of exploitation that the week is about

create table coordinator_keys ( -- Public keys of coordinators, as an agency compared them
  id           uuid primary key,
  agency_id    uuid not null references agencies, -- the agency that compared it
  name         text not null check (name <> ''), -- the coordinator, as its tasking named it
  instance_id  text not null check (instance_id ~ '^[0-9a-f]{16}$'), -- the instance that uses the key
  public_key   text not null check (public_key ~ '^[A-Za-z0-9+/]{43}=$'), -- Ed25519, raw bytes in base64
  compared_by  uuid not null references members,
  compared_at  timestamptz not null,
  ended_at     timestamptz -- from then on its taskings do not count
);
create unique index coordinator_keys_in_force on coordinator_keys (agency_id, public_key) where ended_at is null;

create table received_taskings ( -- Taskings as they came; their content is never changed
  id                uuid primary key,
  agency_id         uuid not null references agencies, -- the agency that received it
  received_at       timestamptz not null,
  received_by       uuid references members, -- the member who imported it; empty where a program sent it
  public_key        text not null check (public_key ~ '^[A-Za-z0-9+/]{43}=$'), -- the key that signed it
  coordinator_week  uuid not null, -- the week as the coordinator numbers it
  issued_at         timestamptz not null, -- when the coordinator signed it; the last one issued for a week counts
  deadline          timestamptz not null, -- until when the return is in time
  digest            text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the content
  content           text not null check (octet_length(content) <= 250000), -- the file as it came
  week_id           uuid references weeks, -- the week of this instance that it is for
  unique (agency_id, digest)
);
create index received_taskings_by_agency on received_taskings (agency_id, deadline desc);
create index received_taskings_by_week on received_taskings (week_id) where week_id is not null;
