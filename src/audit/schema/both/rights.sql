-- The log as a tree of digests: what functions may read and change, and who may call them, in both databases.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update on log_leaves to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.destroy_erased(xid8, bigint) to safelight_leader;
reset role;
