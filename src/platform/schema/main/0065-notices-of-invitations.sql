-- Notifications that an agency was invited to an operation, and that it answered: two kinds more, whatever other files
-- added to the list.
do $$
declare
  allowed text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notices_kind_check');
begin
  execute 'alter table notices drop constraint notices_kind_check, add constraint notices_kind_check '
    || replace(allowed, 'ARRAY[', 'ARRAY[''partner invited''::text, ''invitation answered''::text, ');
end
$$;
