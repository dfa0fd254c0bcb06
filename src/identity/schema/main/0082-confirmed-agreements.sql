-- An agreement counts once each of its agencies has confirmed it itself. Those on file wait for that.
alter table agreements add column confirmed uuid[] not null default '{}'; -- agencies that confirmed it as it is now
alter table agreements add column replaces uuid references agreements; -- agreement that it replaces once it is confirmed
alter table agreements add column also_asks uuid[] not null default '{}'; -- agencies of the one that it replaces, which must confirm it too
alter table agreements add column withdrawn uuid[] not null default '{}'; -- agencies that withdrew from it
alter table agreements add column withdrawn_reason text check (withdrawn_reason <> ''); -- why the last of them withdrew
create index agreements_by_replaced on agreements (replaces);
