-- Releases and publications: what functions may read and change, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update (state) on releases to safelight_relations;
grant select, update (withdrawn_at) on publications to safelight_relations;
grant select, insert on press_rounds, publications_versions, releases_versions to safelight_relations;
grant insert on release_events, release_withdrawals to safelight_relations;
grant select, delete on release_pictures, submitted_releases to safelight_relations;
grant select on release_stops to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.release_waits(uuid, timestamptz) to safelight_staff;
reset role;
