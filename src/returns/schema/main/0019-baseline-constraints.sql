-- Returns: keys to tables of areas that are created later, and constraints that call a function, in the main
-- database.

alter table returns add constraint returns_under_disclosure_control check (under_disclosure_control(figures));

alter table return_workings add constraint workings_under_disclosure_control check
  (under_disclosure_control(counted));
