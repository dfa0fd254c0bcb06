-- Records of visits, and identity requests: what functions may read and change, and who may call them, in the main
-- database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on arrests to safelight_relations;
create policy relations on arrests for select to safelight_relations using (true);
grant select on encounter_names to safelight_relations;
create policy relations on encounter_names for select to safelight_relations using (true);
grant select on encounter_names_versions to safelight_relations;
create policy relations on encounter_names_versions for select to safelight_relations using (true);
grant select, update on encounters to safelight_relations;
create policy relations on encounters to safelight_relations using (true) with check (true);
grant select, insert, delete on encounters_versions to safelight_relations;
create policy relations on encounters_versions to safelight_relations using (true) with check (true);
grant select, update on observations to safelight_relations;
create policy relations on observations to safelight_relations using (true) with check (true);
grant select, insert, delete on observations_versions to safelight_relations;
create policy relations on observations_versions to safelight_relations using (true) with check (true);
grant select on identity_request_decisions to safelight_relations;
create policy relations on identity_request_decisions for select to safelight_relations using (true);
grant select on identity_request_ends to safelight_relations;
create policy relations on identity_request_ends for select to safelight_relations using (true);
grant select on identity_requests to safelight_relations;
create policy relations on identity_requests for select to safelight_relations using (true);
grant select on screenings to safelight_relations;
create policy relations on screenings for select to safelight_relations using (true);
grant select on visits to safelight_relations;
create policy relations on visits for select to safelight_relations using (true);

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.dispose_encounters(timestamptz, integer) to safelight_leader;
grant execute on function
  ctx.case_names(uuid),
  ctx.name_held(uuid),
  ctx.opened()
to safelight_staff;
reset role;
