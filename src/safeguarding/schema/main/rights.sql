-- What custody officers and police see of help for people: what functions may read and change, and who may call
-- them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update on received_custody_notices, custody_urgent_pages to safelight_relations;
grant select, insert on information_answers, information_requests to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.remind_of_information_deadlines(timestamptz),
  ctx.ring_custodians(),
  ctx.take_custody_notice(uuid, uuid, text, bytea, bytea, uuid),
  ctx.take_information_answer(uuid, uuid, text[], bytea, bytea),
  ctx.tell_of_information_answer(uuid, timestamptz)
to safelight_leader;
grant execute on function ctx.custody_standing(uuid[]) to safelight_staff;
reset role;
