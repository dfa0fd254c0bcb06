-- A published release stays readable for safeguarding leads until its embargo ends.
alter table submitted_releases add column scheduled boolean not null default false; -- whether it becomes public by itself when the embargo ends
