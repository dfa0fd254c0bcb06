-- The media list of an agency, and the e-mails to it about its releases.
create table press_contacts (
  id         uuid primary key,
  agency_id  uuid not null references agencies, -- the agency whose list it is
  newsroom   text not null check (newsroom <> ''), -- name of the newsroom
  address    text not null check (address ~ '^[!-~]+$' and length(address) <= 254), -- e-mail address for press notices
  covers     text not null default '', -- area or language that it works in
  added_by   uuid not null references members,
  added_at   timestamptz not null
);
create unique index press_contacts_of_agency on press_contacts (agency_id, lower(address));

-- One round for each publication, correction and withdrawal. A leading process opens it when it is due.
create table press_rounds (
  id          uuid primary key,
  release_id  uuid not null references releases,
  agency_id   uuid not null references agencies, -- the agency whose media list it goes to
  occasion    text not null check (occasion in ('published', 'corrected', 'withdrawn')), -- what happened
  version     integer not null check (version > 0), -- number of the published text
  reply_to    text, -- e-mail address of the press office
  due_at      timestamptz not null, -- when the public can read it
  opened_at   timestamptz -- when its e-mails were queued
);
create index press_rounds_due on press_rounds (due_at) where opened_at is null;
create index press_rounds_of_release on press_rounds (release_id);

-- One e-mail to one newsroom. It goes when the newsroom is taken off the list.
create table press_notices (
  id          uuid primary key, -- part of the Message-ID
  round_id    uuid not null references press_rounds,
  contact_id  uuid not null references press_contacts on delete cascade,
  agency_id   uuid not null references agencies, -- the agency whose media list it is
  state       text not null default 'waiting' check (state in ('waiting', 'again', 'sending', 'accepted', 'refused',
                'unknown', 'not needed')), -- how far it is
  tries       integer not null default 0 check (tries >= 0), -- times that a server was asked to take it
  due_at      timestamptz not null, -- when it may be sent
  begun_at    timestamptz, -- when the current try began
  settled_at  timestamptz, -- when the outcome was known
  reason      text check (reason ~ '^[A-Z0-9_-]{1,40}$'), -- code of the last failure
  unique (round_id, contact_id)
);
create index press_notices_due on press_notices (due_at) where settled_at is null;
create index press_notices_of_contact on press_notices (contact_id);
