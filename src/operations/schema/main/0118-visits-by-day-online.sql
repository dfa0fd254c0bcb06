-- Home pages list what is under way and what is still to come, whatever was done in earlier years.
create index concurrently if not exists planned_visits_by_day on planned_visits (day);
