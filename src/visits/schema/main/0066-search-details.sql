-- What a printed search record also needs, as far as officers recorded it.
alter table searches add column officer_in_charge text; -- the officer in charge of the search
alter table searches add column roles text; -- who searched, who kept the exhibits, and who else had a role
alter table seizures add column found_where text; -- the place in the premises where it was found
alter table seizures add column found_by text; -- the officer who found it
