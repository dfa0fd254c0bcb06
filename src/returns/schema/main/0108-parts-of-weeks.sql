-- A coordinator's week can be part of a larger one of the same agency, with dates and a deadline of its own.
alter table exchange_weeks add column parent_id uuid check (parent_id <> id); -- the week that it is part of
alter table exchange_weeks add constraint exchange_weeks_of_agency unique (id, agency_id);
alter table exchange_weeks add constraint exchange_weeks_part_of foreign key (parent_id, agency_id) references exchange_weeks (id, agency_id);
create index exchange_weeks_by_parent on exchange_weeks (parent_id) where parent_id is not null;
