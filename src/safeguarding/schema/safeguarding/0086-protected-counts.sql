-- Counts as returns showed them, so that a later count can be attacked together with all before it.
create table protected_counts ( -- Tables that were counted for returns, with the cases behind them; none names a person
  id            uuid primary key,
  operation_id  uuid not null,
  population    text not null check (population <> ''), -- what one fact of the tables is
  release       integer not null check (release >= 0), -- number of the release, from 0
  tables        jsonb not null, -- the declaration, the method and what was shown
  cases         jsonb not null, -- the codes that were counted, and how many people had them: no id and no pseudonym
  counted_at    timestamptz not null check (counted_at = date_trunc('hour', counted_at)),
  unique (operation_id, population, release)
);
