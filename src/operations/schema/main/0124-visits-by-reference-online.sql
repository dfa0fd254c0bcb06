-- The search finds the visit of a typed reference among all there ever were.
create index concurrently if not exists planned_visits_by_ending on planned_visits (right(id::text, 8));
