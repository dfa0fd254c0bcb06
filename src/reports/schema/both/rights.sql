-- Reports from the public: what functions may read and change, and who may call them, in both databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update, delete on reading_hours to safelight_relations;
create policy relations on reading_hours to safelight_relations using (true) with check (true);
grant select, insert, update, delete on source_identity_decisions to safelight_relations;
create policy relations on source_identity_decisions to safelight_relations using (true) with check (true);
grant select, insert, update, delete on source_identity_requests to safelight_relations;
create policy relations on source_identity_requests to safelight_relations using (true) with check (true);
grant select, insert, update, delete on danger_urgent_pages to safelight_relations;
create policy relations on danger_urgent_pages to safelight_relations using (true) with check (true);
grant select, insert, update, delete on on_call_shifts to safelight_relations;
create policy relations on on_call_shifts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_contacts to safelight_relations;
create policy relations on report_contacts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_files to safelight_relations;
create policy relations on report_files to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_parts to safelight_relations;
create policy relations on report_parts to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_intakes to safelight_relations;
create policy relations on report_intakes to safelight_relations using (true) with check (true);
grant select, insert, update, delete on reports to safelight_relations;
create policy relations on reports to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_erasure_certificates to safelight_relations;
create policy relations on report_erasure_certificates to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_retention_holds to safelight_relations;
create policy relations on report_retention_holds to safelight_relations using (true) with check (true);
grant select, insert, update, delete on report_retention_rules to safelight_relations;
create policy relations on report_retention_rules to safelight_relations using (true) with check (true);

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
