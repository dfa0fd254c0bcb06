-- Reports from the public: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update, delete on report_drafts to safelight_relations;
grant select, delete on report_term_sets to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.forget_drafts(timestamptz) to safelight_leader;
grant execute on function
  ctx.cap_drafts(bigint, bigint),
  ctx.draft(bytea, timestamptz),
  ctx.end_draft(bytea),
  ctx.turn_draft(bytea, bytea, bytea, timestamptz)
to safelight_public;
grant execute on function ctx.attendance_now() to safelight_public, safelight_staff;
grant execute on function
  ctx.certificate_leaves(uuid[]),
  ctx.contact_held(uuid),
  ctx.contact_opened(),
  ctx.retention_counts(timestamptz),
  ctx.retention_next(timestamptz, integer),
  ctx.source_comparisons(uuid),
  ctx.source_identity_to_compare(uuid),
  ctx.take_report(uuid, text, text, bytea, bytea, bytea, integer, boolean, uuid, bytea, bytea, bytea)
to safelight_staff;
reset role;
