-- Certificates of published figures: over the numbers that everybody reads, and no other number.
create table publication_certificates (
  publication_id  uuid not null references publications,
  version         integer not null check (version > 0), -- number of the published text
  text            text not null check (text <> ''), -- the certificate, with the signature of this installation under it
  key             text not null check (key <> ''), -- the public key of the signature
  primary key (publication_id, version)
);
