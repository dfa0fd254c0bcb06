-- Home pages list what is under way and what is still to come, whatever was done in earlier years.
create index concurrently if not exists visits_unfinished on visits (id) where finished_at is null;
