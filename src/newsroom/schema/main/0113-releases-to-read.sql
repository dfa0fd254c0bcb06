-- A notification of a release to read names the release. Those from before name none.
alter table notices drop constraint notices_without_subject;
alter table notices add constraint notices_without_subject check (kind = 'release to read' or (subject is null) = (kind in
  ('urgent report', 'return to sign', 'release to approve', 'release stopped', 'case news', 'urgent case news',
  'not opened')));
