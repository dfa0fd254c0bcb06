-- Who at children's services was told about a person met who is or may be a child. It says nothing of a note: police
-- records do not show whether one exists.
alter table encounters add column services_told text; -- who was told at children's services: council and name
alter table encounters add column services_told_at timestamptz; -- when
