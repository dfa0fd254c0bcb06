-- Members are notified when another agency plans a visit to the same premises, and when it shares or recalls
-- intelligence. The subject is the match or the share.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'partner invited', 'invitation answered',
  'custody notice', 'information request', 'information answer', 'information deadline', 'child arrest',
  'referral taken over', 'urgent report', 'return to sign', 'release to approve', 'release to read', 'release stopped',
  'case news', 'urgent case news', 'not opened', 'system finding', 'agency to ring',
  'intelligence shared', 'intelligence recalled')) not valid;
