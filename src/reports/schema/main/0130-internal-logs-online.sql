-- The ways that there were before fit the wider check, too.
alter table report_intakes validate constraint report_intakes_way_check;
