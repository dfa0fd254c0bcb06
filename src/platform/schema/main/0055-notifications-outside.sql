-- More kinds of notifications, urgent ones, and messages about them by e-mail and text: tables in the main database.

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'partner invited', 'invitation answered',
  'custody notice', 'information request', 'information answer', 'information deadline', 'child arrest',
  'urgent report', 'return to sign', 'release to approve', 'case news', 'urgent case news', 'not opened'));
-- What comes from the safeguarding database says neither which record nor what happened.
alter table notices alter column subject drop not null;
alter table notices add constraint notices_without_subject check ((subject is null) = (kind in ('urgent report',
  'return to sign', 'release to approve', 'case news', 'urgent case news', 'not opened')));
alter table notices add column urgent boolean not null default false; -- whether it may break quiet hours
alter table notices add column queued boolean not null default false; -- whether messages outside were considered
alter table notices add column rounds integer not null default 0 check (rounds >= 0); -- minutes that an urgent one was not opened
alter table notices add column step integer not null default 0 check (step between 0 and 2); -- how often it went on to others
alter table notices add column first_id uuid references notices; -- the notification that went on to others
update notices set queued = true;
create index notices_to_queue on notices (made_at) where not queued;
create index notices_unopened on notices (made_at) where urgent and first_id is null and step < 2;
create index notices_of_first on notices (first_id) where first_id is not null;

-- Where a member wants to be told, outside Safelight, that something is new. It begins to count when confirmed.
create table notification_channels ( -- Addresses at which members get messages that something is new
  id            uuid primary key,
  member_id     uuid not null, -- the member
  channel       text not null check (channel in ('email', 'text')), -- way to reach them
  address       text not null check (address ~ '^[!-~]+$' and length(address) <= 254), -- e-mail address or mobile number
  switched_on   boolean not null default true, -- whether the member wants messages now
  quiet_from    integer check (quiet_from between 0 and 1439), -- minute of the day when quiet hours begin
  quiet_until   integer check (quiet_until between 0 and 1439), -- minute of the day when quiet hours end
  code_hash     bytea, -- digest of the code that confirms the address
  code_until    timestamptz, -- when the code expires
  code_tries    integer not null default 0, -- wrong codes entered
  confirmed_at  timestamptz, -- when the member confirmed the address
  rested_until  timestamptz, -- earliest time of the next message that is not urgent
  unique (member_id, channel),
  constraint notification_channels_quiet check ((quiet_from is null) = (quiet_until is null))
);

-- One row for each message. All messages say the same words. A settled one keeps hours.
create table notification_messages ( -- Messages by e-mail and text that something is new
  id          uuid primary key, -- part of the Message-ID, and the key that stops a gateway from sending twice
  member_id   uuid not null, -- the member who gets it
  agency_id   uuid not null, -- the member’s agency
  channel     text not null check (channel in ('email', 'text')), -- way to reach them
  notices     uuid[] not null check (cardinality(notices) > 0), -- notifications that it tells of
  urgent      boolean not null, -- whether it may break quiet hours and the pause between messages
  due_at      timestamptz not null, -- when it may be sent
  state       text not null default 'waiting' check (state in ('waiting', 'again', 'sending', 'accepted', 'refused',
                'unknown', 'not needed')), -- how far it is
  tries       integer not null default 0, -- times that a server or gateway was asked to take it
  doubts      integer not null default 0 check (doubts between 0 and 2), -- times that no answer came
  made_at     timestamptz not null, -- hour in which it was made
  begun_at    timestamptz, -- when the current try began
  settled_at  timestamptz, -- hour in which the outcome was known
  reason      text check (reason ~ '^[A-Z0-9_-]{1,40}$') -- code of the last failure
);
create unique index one_waiting_message on notification_messages (member_id, channel) where state = 'waiting';
create index notification_messages_due on notification_messages (due_at) where settled_at is null;
create index notification_messages_settled on notification_messages (agency_id, settled_at);
