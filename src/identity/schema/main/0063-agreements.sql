-- Agreements on file between agencies: references and dates, never the documents themselves.
create table agreements (
  id              uuid primary key,
  agencies        uuid[] not null check (cardinality(agencies) >= 2), -- agencies that signed it
  reference       text not null check (reference <> ''), -- reference of the information-sharing agreement
  signed_on       date not null, -- day on which the last agency signed it
  review_on       date not null, -- last day on which it counts without a review
  dpia_reference  text check (dpia_reference <> ''), -- reference of the data protection impact assessment
  dpia_on         date, -- day of that assessment
  check (review_on > signed_on),
  check (num_nulls(dpia_reference, dpia_on) in (0, 2))
);

create table agreements_versions (
  id           uuid references agreements,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);
