-- A warrant lets in once, unless it says that it lets in more often. Dates that move after a decision to go ahead need a
-- reason, and end that decision; a visit that is planned after it waits for a new one.
alter table powers add column entries text not null default 'one'
  check (entries in ('one', 'several', 'unlimited')); -- how many entries a warrant allows
alter table powers add column granted_by text; -- court or officer that granted it
alter table policy_log drop constraint policy_log_kind_check, add constraint policy_log_kind_check
  check (kind in ('decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off',
    'warning acknowledged', 'dates moved', 'visit added'));
