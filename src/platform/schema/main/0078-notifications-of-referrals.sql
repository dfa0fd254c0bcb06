-- An officer is notified that a colleague took over their NRM referral.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('glass broken', 'glass reviewed',
  'briefing time set', 'opening asked', 'opening decided', 'opening ended', 'partner invited', 'invitation answered',
  'custody notice', 'information request', 'information answer', 'information deadline', 'child arrest',
  'referral taken over', 'urgent report', 'return to sign', 'release to approve', 'case news', 'urgent case news',
  'not opened'));
