-- Meetings of support agencies about cases. What a meeting is about lies with each person, sealed under the person's own
-- key, and is erased with the person. The row of the meeting names no person.
create table case_meetings ( -- A meeting of support agencies about cases
  id              uuid primary key,
  agency_id       uuid not null, -- the agency that calls the meeting
  author_id       uuid not null, -- the member who called it
  chair_id        uuid not null, -- the member who chairs it and closes the minutes
  operation_id    uuid, -- the operation that it follows, if any
  day             date not null, -- day of the meeting
  invited         uuid[] not null check (array_position(invited, null::uuid) is null), -- the agencies that are invited
  sealed_content  bytea not null, -- time, place, who was present, apologies, next meeting and corrections, encrypted
  wrapped_key     bytea not null,
  called_at       timestamptz not null check (called_at = date_trunc('hour', called_at)), -- hour in which it was called
  previous_id     uuid references case_meetings, -- the meeting whose cases it goes on with
  closed_at       timestamptz check (closed_at = date_trunc('hour', closed_at)), -- hour in which the minutes were closed
  closed_by       uuid, -- the chair who closed them
  revision        integer not null check (revision > 0), -- number of the text, one more at each change
  check (num_nulls(closed_at, closed_by) in (0, 2))
);
create index case_meetings_by_agency on case_meetings (agency_id, day);
create index case_meetings_by_invited on case_meetings using gin (invited);

create table meeting_cases ( -- A case on the list of a meeting
  id              uuid primary key,
  meeting_id      uuid not null references case_meetings,
  person_id       uuid not null references persons on delete cascade,
  agency_id       uuid not null, -- the agency that put it on the list
  author_id       uuid not null, -- the member who put it on the list
  sealed_content  bytea not null, -- whether the person knows of the meeting, and what was decided, encrypted
  added_at        timestamptz not null check (added_at = date_trunc('hour', added_at)),
  revision        integer not null check (revision > 0), -- number of the text, one more at each change
  unique (meeting_id, person_id)
);
create index meeting_cases_of_person on meeting_cases (person_id);
