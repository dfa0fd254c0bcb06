-- Files of an operation or of one of its premises: risk assessments, site plans and others, as clean copies.
alter table premises add constraint premises_in_operation unique (id, operation_id);

create table plan_files ( -- Files on plans
  id            uuid primary key,
  operation_id  uuid not null references operations,
  premises_id   uuid, -- the premises that it is about; empty for the whole operation
  kind          text not null check (kind in ('risk assessment', 'site plan', 'photo of the place',
                  'other file')), -- what it is
  title         text not null check (title <> ''), -- title
  format        text not null check (format in ('jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm')), -- kind of file that came
  parts         integer not null check (parts > 0), -- pages of a document; otherwise one
  file_id       uuid not null unique, -- the clean copy in the folder of files
  wrapped_key   bytea not null,
  added_by      uuid not null references members,
  added_at      timestamptz not null,
  constraint plan_files_premises foreign key (premises_id, operation_id) references premises (id, operation_id)
);
create index plan_files_by_operation on plan_files (operation_id, premises_id);
