-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: what functions may read and
-- change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on briefing_times to safelight_relations;
create policy relations on briefing_times to safelight_relations using (true) with check (true);
grant select, update, delete on operation_members to safelight_relations;
create policy relations on operation_members to safelight_relations using (true) with check (true);
grant select, update, delete on operations to safelight_relations;
create policy relations on operations to safelight_relations using (true) with check (true);
grant select on partners to safelight_relations;
create policy relations on partners to safelight_relations using (true) with check (true);
grant select on planned_visits to safelight_relations;
create policy relations on planned_visits to safelight_relations using (true) with check (true);
grant select on premises to safelight_relations;
create policy relations on premises for select to safelight_relations using (true);
grant select on premises_versions to safelight_relations;
create policy relations on premises_versions for select to safelight_relations using (true);
grant select, update on temporary_access to safelight_relations;
create policy relations on temporary_access to safelight_relations using (true) with check (true);
grant select, update, delete on team_members to safelight_relations;
create policy relations on team_members to safelight_relations using (true) with check (true);
grant select, update, delete on teams to safelight_relations;
create policy relations on teams to safelight_relations using (true) with check (true);

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.glass_to_review(uuid) to safelight_auditor, safelight_staff, safelight_statistics;
grant execute on function
  ctx.shift_pass_holder(bytea, timestamptz),
  ctx.team_days(),
  ctx.use_shift_pass(bytea, timestamptz)
to safelight_staff;
reset role;
