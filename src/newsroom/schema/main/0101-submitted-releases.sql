-- A release that waits for approval or publication, as safeguarding leads read it. It goes when the release moves on.
create table submitted_releases (
  id             uuid primary key references releases,
  agency_id      uuid not null references agencies, -- the agency in whose name it is written
  operation_id   uuid references operations, -- the operation that it is about; empty for an imported release
  revision       integer not null check (revision > 0), -- number of the text
  text           jsonb not null, -- the text as readers would see it
  figures        jsonb not null check (jsonb_typeof(figures) = 'array'), -- figures that the text states
  embargo_until  timestamptz, -- when it may be published
  submitted_at   timestamptz not null -- when it was submitted
);

-- A safeguarding lead says that a text must not be published. The reason is chosen, so that it tells nothing of a case.
create table release_stops (
  id          uuid primary key,
  release_id  uuid not null references releases,
  revision    integer not null check (revision > 0), -- number of the text that must not be published
  reason      text not null check (reason in ('recognised', 'danger', 'untrue')), -- why
  member_id   uuid not null references members, -- the safeguarding lead who stopped it
  agency_id   uuid not null references agencies, -- the agency of the lead
  at          timestamptz not null, -- when it was stopped
  unique (release_id, revision, member_id)
);

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'partner invited', 'invitation answered',
  'custody notice', 'information request', 'information answer', 'information deadline', 'child arrest',
  'referral taken over', 'urgent report', 'return to sign', 'release to approve', 'release to read', 'release stopped',
  'case news', 'urgent case news', 'not opened'));
alter table notices drop constraint notices_without_subject;
alter table notices add constraint notices_without_subject check ((subject is null) = (kind in ('urgent report',
  'return to sign', 'release to approve', 'release to read', 'release stopped', 'case news', 'urgent case news',
  'not opened')));
