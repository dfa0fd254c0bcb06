-- Returns: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update (stage) on returns to safelight_relations;
grant select, insert on return_signatures to safelight_relations;
grant select on return_first_signatures, return_second_signatures to safelight_relations;
