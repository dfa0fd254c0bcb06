-- NRM referrals and Duty to Notify of police and immigration officers, about people met or arrested at a visit. What
-- an officer may know of a colleague's referral is in the first table. What it says is in the second, sealed. Nothing
-- of it is in the safeguarding database.
create table nrm_referrals (
  id            uuid primary key,
  visit_id      uuid not null references visits,
  arrest_id     uuid references arrests, -- the arrest that it is about
  encounter_id  uuid references encounters, -- the person met that it is about
  agency_id     uuid not null references agencies, -- the agency of the officer
  outcome       text check (outcome in ('referral', 'notification', 'not sent')), -- how it ended; empty for a draft
  closed_at     timestamptz, -- when it was sent, or closed without being sent
  recorded_by   uuid not null references members,
  recorded_at   timestamptz not null,
  constraint nrm_referrals_about check (num_nonnulls(arrest_id, encounter_id) > 0),
  constraint nrm_referrals_closed check (num_nonnulls(outcome, closed_at) in (0, 2)),
  constraint nrm_referrals_one_arrest unique (agency_id, arrest_id),
  constraint nrm_referrals_one_encounter unique (agency_id, encounter_id)
);
create index nrm_referrals_by_visit on nrm_referrals (visit_id);

create table nrm_referrals_versions (
  id           uuid references nrm_referrals,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table nrm_referral_contents (
  id              uuid primary key references nrm_referrals, -- identifier, the same as of the referral
  sealed_content  bytea not null, -- answers, consent and submission, encrypted
  sealed_names    bytea not null, -- the names in it, encrypted: a release is compared with them and with nothing else
  wrapped_key     bytea not null,
  recorded_by     uuid not null references members -- the officer who writes it
);

create table nrm_referral_contents_versions (
  id           uuid references nrm_referral_contents,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);
