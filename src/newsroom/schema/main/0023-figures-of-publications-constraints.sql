-- The figures that a published text states, kept with it: a table of them repeats the text and counts nothing again.
-- Applied after the functions, as the column before it is: a new database has its columns in the order of an upgraded one.
alter table publications add column figures jsonb not null default '[]' -- figures that the text states, each with its definition
  check (jsonb_typeof(figures) = 'array');
