-- Requests for records, and their answers: what functions may read and change, and who may call them, in both
-- databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on subject_access_requests to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.asked_for(), ctx.log_rows_about(uuid) to safelight_auditor;
reset role;
