-- The writer of a release chooses which figures stand in the table under it. A lead who stops a text may have meant one of them.
alter table releases add column figures_left_out text[] not null default '{}'; -- rows of the table of figures that the writer left out
