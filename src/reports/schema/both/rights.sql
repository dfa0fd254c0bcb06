-- Reports from the public: what functions may read and change, and who may call them, in both databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update, delete on reading_hours, source_identity_decisions, source_identity_requests,
  danger_urgent_pages, on_call_shifts, report_contacts, report_files, report_parts, report_intakes, reports,
  report_erasure_certificates, report_retention_holds, report_retention_rules to safelight_relations;

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
