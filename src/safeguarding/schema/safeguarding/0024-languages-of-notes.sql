-- A note keeps how the person speaks and how to reach its author, so that readers without access to the visit can
-- help at once.
alter table notes add column language text check (language <> ''); -- language spoken, as recorded at the visit
alter table notes add column interpreter text check (interpreter in ('not needed', 'in person', 'by phone',
  'none found')); -- how it was interpreted at the visit
alter table notes add column author_phone text check (author_phone <> ''); -- how readers reach the author, as the author gave it
