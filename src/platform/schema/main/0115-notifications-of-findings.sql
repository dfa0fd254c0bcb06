-- Administrators are notified of what System health finds: an old backup, a due drill, a full disk, a log without seals.
-- The subject is the id of the rule, the same everywhere: a finding has no record.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'partner invited', 'invitation answered',
  'custody notice', 'information request', 'information answer', 'information deadline', 'child arrest',
  'referral taken over', 'urgent report', 'return to sign', 'release to approve', 'release to read', 'release stopped',
  'case news', 'urgent case news', 'not opened', 'system finding')) not valid;
