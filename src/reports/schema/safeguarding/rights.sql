-- Reports from the public: what functions may read and change, and who may call them, in the safeguarding database.

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.attendance_now() to safelight_public, safelight_safeguarding;
grant execute on function
  ctx.certificate_leaves(uuid[]),
  ctx.contact_held(uuid),
  ctx.contact_opened(),
  ctx.retention_counts(timestamptz),
  ctx.retention_next(timestamptz, integer),
  ctx.take_report(uuid, text, text, bytea, bytea, bytea, integer, boolean, uuid, bytea, bytea, bytea)
to safelight_safeguarding;
reset role;
