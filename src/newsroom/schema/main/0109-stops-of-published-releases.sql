-- A lead can stop what was published. Its text stays readable for leads until it is withdrawn, beside a correction that waits.
alter table submitted_releases drop constraint submitted_releases_pkey, add primary key (id, scheduled);
alter table release_stops add column withdraws boolean not null default false; -- whether it was published, so that the stop withdraws it
