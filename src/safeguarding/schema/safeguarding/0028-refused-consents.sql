-- A person's no is kept, so that the next helper does not ask again. It is ended from its first moment: nothing can
-- rest on it. It is no help given, and prolongs nothing.
alter table consents add column refused boolean not null default false
  check (not refused or (withdrawn_at is not null and withdrawn_at = given_at and withdrawn_by = author_id)); -- the person said no
