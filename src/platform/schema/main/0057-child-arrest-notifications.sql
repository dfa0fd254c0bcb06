-- A kind of notification for the arrest of a child, in the main database.

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'custody notice', 'information request',
  'information answer', 'information deadline', 'child arrest', 'urgent report', 'return to sign',
  'release to approve', 'case news', 'urgent case news', 'not opened'));
