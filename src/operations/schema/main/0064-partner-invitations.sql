-- Invitations of partners to an operation, with their answers. Partners without one take part: the leading agency's own
-- units, and all partners that were added before invitations.
create table partner_invitations (
  id            uuid primary key references partners on delete cascade, -- the partner, whose identifier it shares
  operation_id  uuid not null references operations,
  agency_id     uuid not null references agencies, -- the agency that is invited
  access_waits  boolean not null, -- whether its people see nothing before it accepted
  invited_by    uuid not null references members,
  invited_at    timestamptz not null,
  answer        text check (answer in ('accepted', 'declined')), -- empty until it is answered
  reason        text check (reason <> ''), -- why it was declined
  answered_by   uuid references members,
  answered_at   timestamptz,
  check (num_nulls(answer, answered_by, answered_at) in (0, 3)),
  check ((answer is not distinct from 'declined') = (reason is not null))
);
create index partner_invitations_by_operation on partner_invitations (operation_id, agency_id);
create index partner_invitations_open on partner_invitations (agency_id) where answer is null;
