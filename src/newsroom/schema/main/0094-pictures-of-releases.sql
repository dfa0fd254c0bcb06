-- The picture of a release: the clean copy, what is said of it, and who cleared it. Everybody reads it while it is part of a publication.
create table release_pictures (
  id          uuid primary key,
  release_id  uuid not null references releases,
  content     bytea not null, -- the clean copy: a JPEG without metadata
  added_by    uuid not null references members,
  added_at    timestamptz not null
);
create index release_pictures_by_release on release_pictures (release_id);
alter table releases add column picture jsonb; -- the picture: its words, who took it, and its clearance
