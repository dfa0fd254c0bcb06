-- Intelligence that an agency shared with another: a copy under its handling conditions, until it is recalled.
create table intelligence_shares (
  id               uuid primary key,
  item_id          uuid not null, -- the item that was shared, which may be disposed of since
  agency_id        uuid not null references agencies,
  to_agency_id     uuid not null references agencies, -- the agency that it was shared with
  sealed_content   bytea, -- text, grade, days and handling conditions as they were then, encrypted; none since the recall
  wrapped_key      bytea,
  purpose          text not null check (purpose <> ''), -- why it was shared
  shared_by        uuid not null references members, -- the member who shared it
  shared_at        timestamptz not null, -- when it was shared
  recalled_by      uuid references members, -- the member who recalled it; none where the item was disposed of
  recalled_at      timestamptz, -- since when it may not be used
  recall_reason    text check (recall_reason <> ''), -- why it may not be used
  constraint intelligence_shares_recalled check (
    num_nonnulls(recalled_at, recall_reason) in (0, 2) and (recalled_by is null or recalled_at is not null)
    and (sealed_content is null) = (recalled_at is not null) and (wrapped_key is null) = (sealed_content is null)),
  constraint intelligence_shares_other check (agency_id <> to_agency_id)
);
create unique index intelligence_shares_once on intelligence_shares (item_id, to_agency_id) where recalled_at is null;
create index intelligence_shares_by_recipient on intelligence_shares (to_agency_id, shared_at desc, id desc);

-- That a member of the other agency accepted the handling conditions, and so saw the text.
create table intelligence_share_receipts (
  share_id     uuid primary key references intelligence_shares,
  received_by  uuid not null references members, -- the member who accepted the conditions
  received_at  timestamptz not null -- when the conditions were accepted
);
