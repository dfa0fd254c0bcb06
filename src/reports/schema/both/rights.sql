-- Reports from the public: what functions may read and change, and who may call them, in both databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update, delete on attendances to safelight_relations;
create policy relations on attendances to safelight_relations using (true) with check (true);
grant select, insert, update, delete on contact_decisions to safelight_relations;
create policy relations on contact_decisions to safelight_relations using (true) with check (true);
grant select, insert, update, delete on contact_openings to safelight_relations;
create policy relations on contact_openings to safelight_relations using (true) with check (true);
grant select, insert, update, delete on danger_alerts to safelight_relations;
create policy relations on danger_alerts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on on_call_turns to safelight_relations;
create policy relations on on_call_turns to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_contacts to safelight_relations;
create policy relations on report_contacts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_files to safelight_relations;
create policy relations on report_files to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_parts to safelight_relations;
create policy relations on report_parts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_takings to safelight_relations;
create policy relations on report_takings to safelight_relations using (true) with check (true);
grant select, insert, update, delete on reports to safelight_relations;
create policy relations on reports to safelight_relations using (true) with check (true);
grant select, insert, update, delete on retention_certificates to safelight_relations;
create policy relations on retention_certificates to safelight_relations using (true) with check (true);
grant select, insert, update, delete on retention_holds to safelight_relations;
create policy relations on retention_holds to safelight_relations using (true) with check (true);
grant select, insert, update, delete on retention_rules to safelight_relations;
create policy relations on retention_rules to safelight_relations using (true) with check (true);

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.destroy_due_reports(timestamptz, integer),
  ctx.report_files_among(uuid[]),
  ctx.ring_on()
to safelight_leader;
grant execute on function
  ctx.add_files_later(bytea, uuid, uuid[], bytea[], bytea[], text[], boolean, timestamptz, uuid),
  ctx.add_report_files(uuid, uuid[], bytea[], bytea[], text[], boolean, timestamptz, uuid),
  ctx.add_to_report(bytea, uuid, bytea, timestamptz, uuid),
  ctx.mailbox(bytea, timestamptz),
  ctx.on_call_now(timestamptz),
  ctx.receive_as_told(uuid, bytea, uuid, text, bytea, bytea, bytea, timestamptz, integer, boolean, text, uuid, bytea, bytea, bytea, uuid),
  ctx.withdraw_report(bytea, timestamptz, uuid)
to safelight_public;
reset role;
