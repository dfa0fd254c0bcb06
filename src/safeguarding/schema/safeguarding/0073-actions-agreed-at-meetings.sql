-- An action that an agency adds at a meeting: the other agencies that take part see it too, if they can read the person's
-- record anyway.
alter table person_actions add column meeting_id uuid references case_meetings; -- the meeting at which it was agreed, if any
create index person_actions_of_meeting on person_actions (meeting_id) where meeting_id is not null;
