-- The search finds the encounter of a typed reference among all there ever were.
create index concurrently if not exists encounters_by_ending on encounters (right(id::text, 8));
