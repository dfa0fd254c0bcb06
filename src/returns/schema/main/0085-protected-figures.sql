-- How the figures of people helped were protected, population by population, and the certificate that says so.
alter table returns add column protection jsonb not null default '[]'; -- how each population was protected, or why it is not shown

create table return_certificates ( -- Certificates of signed returns: what the auditor attacked, and that it found nothing
  return_id     uuid primary key,
  operation_id  uuid not null,
  text          text not null check (text <> ''), -- the certificate, with the signature of this installation under it
  foreign key (return_id, operation_id) references returns(id, operation_id)
);

create table published_numbers ( -- Every number that a signed return or a release gave, also where it was withdrawn
  id            uuid primary key default gen_random_uuid(),
  operation_id  uuid not null references operations,
  agency_id     uuid not null references agencies, -- the agency that leads the operation
  code_name     text not null, -- name of the operation
  source        text not null check (source in ('return', 'release')), -- what gave the number
  source_id     uuid not null, -- the return, or the release
  version       integer not null check (version > 0), -- version of the return, or of the published text
  indicator     text not null, -- what is counted
  part          text not null, -- the part that it is of, or “total”
  quantity      jsonb not null, -- the number as it was said
  at            timestamptz not null, -- when it was signed or published
  withdrawn_at  timestamptz, -- when the release was withdrawn
  unique (source, source_id, version, indicator, part)
);
create index published_numbers_by_agency on published_numbers (agency_id, at desc);

-- What was signed and published before. Cells that describe one person stay in the return alone.
insert into published_numbers (operation_id, agency_id, code_name, source, source_id, version, indicator, part, quantity, at)
select o.id, o.agency_id, o.code_name, 'return', r.id, r.version, f.key, 'total', f.value -> 'total', s.signed_at
  from return_signatures s join returns r on r.id = s.return_id join operations o on o.id = r.operation_id, jsonb_each(r.figures) f
union all
select o.id, o.agency_id, o.code_name, 'return', r.id, r.version, f.key, b.key || ' ' || (c -> 'of')::text, c -> 'quantity', s.signed_at
  from return_signatures s join returns r on r.id = s.return_id join operations o on o.id = r.operation_id, jsonb_each(r.figures) f,
       jsonb_each(f.value -> 'breakdowns') b, jsonb_array_elements(b.value) c
 where b.key <> 'bySexAgeResidence';
insert into published_numbers (operation_id, agency_id, code_name, source, source_id, version, indicator, part, quantity, at, withdrawn_at)
select o.id, o.agency_id, o.code_name, 'release', p.id, p.version, f ->> 'key', coalesce(f ->> 'part', 'total'), f -> 'quantity',
       greatest(p.published_at, p.embargo_until), p.withdrawn_at
  from publications p join releases e on e.id = p.id join operations o on o.id = e.operation_id,
       jsonb_array_elements(to_jsonb(p) -> 'figures') f
on conflict do nothing;
