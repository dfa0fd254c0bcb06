-- News of the safeguarding database is dated with the next full hour, so it may lie ahead of a count that includes it.
alter table returns add column changes_ahead integer not null default 0; -- changes dated after this count that had come in before it
