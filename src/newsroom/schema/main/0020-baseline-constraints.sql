-- Releases and publications: keys to tables of areas that are created later, and constraints that call a function,
-- in the main database.

alter table publications add column words tsvector -- index of the text for the search
  generated always as (to_tsvector('english'::regconfig, (((((((title
  || ' ') || description) || ' ') || area) || ' ') || joined(key_points)) || ' ') || body)) stored;
