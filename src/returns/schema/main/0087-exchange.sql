-- What a coordinator's instance receives from partnerships: weeks that it asks returns of, the keys of those who send,
-- each document as it came, and what a person decided about visits that two forces may have made together.
create table exchange_weeks ( -- Weeks for which a coordinating agency takes returns of other instances
  id                  uuid primary key,
  agency_id           uuid not null references agencies, -- the agency that coordinates
  name                text not null check (name <> ''), -- of the week
  national_operation  text check (national_operation <> ''), -- the operation that the week belongs to
  starts_on           date not null, -- first day
  ends_on             date not null, -- last day
  deadline            timestamptz not null, -- until when a first return is in time
  definitions         text[] not null check (cardinality(definitions) > 0), -- editions of definitions that are counted
  tasking             text check (tasking <> ''), -- what is asked of the partnerships
  reporters           jsonb not null, -- expected reporters: name, country, level, and whose return includes them
  made_by             uuid not null references members,
  made_at             timestamptz not null,
  check (starts_on <= ends_on)
);
create index exchange_weeks_by_agency on exchange_weeks (agency_id, starts_on desc);

create table exchange_keys ( -- Public keys of the instances that send returns
  id             uuid primary key,
  agency_id      uuid not null references agencies, -- the agency that registered it
  name           text not null check (name <> ''), -- the reporter, as its returns name it
  country        text not null check (country ~ '^[A-Z]{2}$'), -- ISO 3166-1 alpha-2
  level          text not null check (level in ('force', 'partnership', 'country')), -- whose return it is
  public_key     text not null check (public_key ~ '^[A-Za-z0-9+/]{43}=$'), -- Ed25519, raw bytes in base64
  registered_by  uuid not null references members,
  registered_at  timestamptz not null,
  ended_at       timestamptz -- from then on its returns do not count
);
create index exchange_keys_by_agency on exchange_keys (agency_id, registered_at);
create index exchange_keys_by_key on exchange_keys (public_key);

create table exchange_documents ( -- Returns as they came; none is changed or removed
  id           uuid primary key,
  week_id      uuid not null references exchange_weeks,
  received_at  timestamptz not null,
  received_by  uuid references members, -- the coordinator who uploaded it; empty where a program sent it
  file_name    text, -- name of the uploaded file
  arrival      text not null check (arrival in ('readable', 'not a return', 'bad signature', 'does not add up')), -- what was found when it came
  faults       text[] not null, -- what does not add up
  public_key   text, -- the key that signed it, where it could be read
  digest       text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the content
  content      text not null check (octet_length(content) <= 400000), -- the file as it came
  unique (week_id, digest)
);

create table exchange_pair_decisions ( -- Whether visits in two returns are the same; the latest counts
  id          uuid primary key,
  week_id     uuid not null references exchange_weeks,
  pair        text not null check (pair <> ''), -- both operations, the day, the town and the kind of premises
  answer      text not null check (answer in ('same', 'different', 'open')), -- open: an earlier decision was taken back
  decided_by  uuid not null references members,
  decided_at  timestamptz not null
);
create index exchange_pair_decisions_by_week on exchange_pair_decisions (week_id, decided_at);
