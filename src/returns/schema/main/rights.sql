-- Returns: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select on returns to safelight_relations;
