-- The kinds of notifications that there were before fit the wider check, too.
alter table notices validate constraint notices_kind_check;
