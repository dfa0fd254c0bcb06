-- The search finds the case of a typed reference among all there ever were.
create index concurrently if not exists persons_by_ending on persons (right(id::text, 8));
