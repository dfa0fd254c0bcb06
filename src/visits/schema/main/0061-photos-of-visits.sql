-- Photos of rooms and objects, taken at a visit, as clean copies. Nobody is photographed.
create table visit_photos ( -- Photos of rooms and objects at a visit
  id           uuid primary key,
  visit_id     uuid not null references visits,
  room         text not null check (room <> ''), -- room, or where outside, the photo was taken
  caption      text not null check (caption <> ''), -- what it shows
  format       text not null check (format in ('jpeg', 'png', 'webp')), -- kind of file that came
  parts        integer not null check (parts = 1), -- always one picture
  file_id      uuid not null unique, -- the clean copy in the folder of files
  wrapped_key  bytea not null,
  recorded_by  uuid not null references members,
  recorded_at  timestamptz not null
);
create index visit_photos_by_visit on visit_photos (visit_id, recorded_at);
