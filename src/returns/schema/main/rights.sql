-- Returns: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, delete, update (stage) on returns to safelight_relations;
grant select, delete on return_records, return_workings to safelight_relations;
grant select, insert on return_signatures to safelight_relations;
grant select on return_first_signatures, return_second_signatures to safelight_relations;
grant select on releases to safelight_relations;
grant insert, select, update (withdrawn_at) on published_numbers to safelight_relations;
grant select on exchange_weeks, exchange_keys, exchange_documents to safelight_relations;
grant select on coordinator_keys, received_taskings to safelight_relations;
grant select, update (alive_at, state) on count_requests to safelight_relations;

-- The view reads under the rights of its reader: the counting role, which may read every column in it.
grant select on countable_facts to safelight_statistics;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.discard_return(uuid),
  ctx.tell_of_count(uuid, timestamptz, text)
to safelight_statistics;
reset role;
