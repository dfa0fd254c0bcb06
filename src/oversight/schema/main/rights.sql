-- Requests for records, and their answers: what functions may read and change, and who may call them, in the main
-- database.

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.names_beside() to safelight_auditor;
reset role;
