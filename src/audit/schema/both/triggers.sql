-- The log as a tree of digests: the triggers in both databases.

create trigger never_emptied before truncate on access_log
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on access_log
  for each row execute function refuse_log_change();

create trigger never_emptied before truncate on log_checkpoints
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on log_checkpoints
  for each row execute function refuse_log_change();

create trigger never_emptied before truncate on log_cosignatures
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on log_cosignatures
  for each row execute function refuse_log_change();

create trigger never_emptied before truncate on log_keys
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on log_keys
  for each row execute function refuse_log_change();

create trigger never_emptied before truncate on log_leaves
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on log_leaves
  for each row execute function refuse_log_change();

create trigger never_emptied before truncate on log_nodes
  for each statement execute function refuse_log_change();
create trigger only_added_to before delete or update on log_nodes
  for each row execute function refuse_log_change();
