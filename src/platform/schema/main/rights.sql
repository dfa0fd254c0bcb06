-- The access log, events that wait to be delivered, forms already sent and notifications: what functions may read
-- and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert on notices to safelight_relations;
grant select on notice_readings, notification_messages to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.answer_key(bytea, bytea),
  ctx.claim_key(bytea, bytea, timestamptz),
  ctx.claimed_key(bytea),
  ctx.release_key(bytea)
to safelight_auditor, safelight_publisher, safelight_staff, safelight_statistics;
grant execute on function
  ctx.notices_standing(uuid[]),
  ctx.records_standing(text, uuid)
to safelight_staff;
grant execute on function
  ctx.recently_opened(text[], integer)
to safelight_staff, safelight_statistics;
grant execute on function
  ctx.agency_of_member(uuid, timestamptz),
  ctx.notice_recipients(uuid, uuid, text[], timestamptz)
to safelight_leader;
reset role;
