-- An operation can start with the partners, people, teams and briefing times of an earlier one.
alter table operations add column copied_from uuid references operations; -- the earlier operation that it was copied from
