-- Who recorded a person encountered can leave the safeguarding note to a colleague. It says nothing of a note: police
-- records do not show whether one exists.
alter table encounters add column note_left_to_colleague boolean not null default false; -- whether the note was left to a colleague
