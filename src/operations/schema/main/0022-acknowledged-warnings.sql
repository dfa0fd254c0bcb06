-- A warning of the plan check can be acknowledged with a reason. It rests while the same facts give the same warning.
alter table policy_log drop constraint policy_log_kind_check, add constraint policy_log_kind_check
  check (kind in ('decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off',
    'warning acknowledged'));
alter table policy_log add column finding text check (finding ~ '^[0-9a-f]{64}$'); -- digest of the acknowledged warning and its facts
alter table policy_log add constraint policy_log_acknowledged_check
  check ((kind = 'warning acknowledged') = (finding is not null));
