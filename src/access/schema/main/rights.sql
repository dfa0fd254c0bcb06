-- Emergency access, and versions of the access rules: what functions may read and change, and who may call them, in
-- the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update (ended_at) on break_glass to safelight_relations;
grant select on break_glass_reviews to safelight_relations;
