-- District boundaries that a coordinator imported, for maps of weeks.
create table district_maps ( -- Boundaries of districts, cleaned and simplified; a new import takes the place of the old one
  id           uuid primary key,
  agency_id    uuid not null unique references agencies, -- the agency whose maps show them
  source       text not null check (source <> ''), -- who published the boundaries, and under which licence
  shapes       jsonb not null check (jsonb_typeof(shapes) = 'array'), -- name of each district and its outlines, in thousandths of a degree
  imported_by  uuid not null references members,
  imported_at  timestamptz not null
);
