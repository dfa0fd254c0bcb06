-- What an agency usually fills in when it adds a partner to an operation.
create table partner_defaults ( -- Defaults of partners, kept by the agency that leads operations
  id                 uuid primary key,
  agency_id          uuid not null references agencies, -- the agency that keeps them
  partner_agency_id  uuid not null references agencies, -- the agency that takes part
  printed_name       text not null check (printed_name <> ''), -- name as briefings and releases print it
  official_name      text not null check (official_name <> ''), -- full name
  resources          jsonb not null default '[]', -- resources, as a list of what and how many
  people             jsonb not null default '[]', -- people usually sent, as a list of members with their duties
  unique (agency_id, partner_agency_id)
);
