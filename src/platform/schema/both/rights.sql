-- The access log, events that wait to be delivered, forms already sent and notifications: what functions may read
-- and change, and who may call them, in both databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, update on access_log to safelight_relations;
grant select, insert, update, delete on idempotency_keys to safelight_relations;
grant insert on outbox to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.forget_keys(timestamptz) to safelight_leader;
reset role;
