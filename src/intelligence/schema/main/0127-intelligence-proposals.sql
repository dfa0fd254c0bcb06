-- Premises or people that triage proposes to the planners of its agency, what they decided, and what a visit found.
create table intelligence_proposals (
  id              uuid primary key,
  agency_id       uuid not null references agencies,
  entity_id       uuid not null references intelligence_entities, -- what is proposed
  sealed_content  bytea not null, -- the case, powers and risks with the handling conditions, encrypted
  wrapped_key     bytea not null,
  state           text not null default 'proposed' check (state in ('proposed', 'accepted', 'declined')), -- what planners decided
  proposed_by     uuid not null references members,
  proposed_at     timestamptz not null,
  decided_by      uuid references members,
  decided_at      timestamptz,
  reason          text check (reason <> ''), -- why it was declined
  operation_id    uuid, -- the operation that it was accepted into, which may be erased since
  premises_id     uuid, -- the premises that were added to its plan, which may be erased since
  result          text check (result in ('confirmed', 'nothing found', 'wrong')), -- what the visit found of the intelligence
  result_by       uuid references members,
  result_at       timestamptz,
  constraint intelligence_proposals_decided check (
    (state = 'proposed') = (decided_at is null) and num_nonnulls(decided_by, decided_at) in (0, 2)),
  constraint intelligence_proposals_declined check ((state = 'declined') = (reason is not null)),
  constraint intelligence_proposals_accepted check (
    (state = 'accepted') = (operation_id is not null) and (premises_id is null or state = 'accepted')),
  constraint intelligence_proposals_result check (
    num_nonnulls(result, result_by, result_at) in (0, 3) and (result is null or state = 'accepted'))
);
create index intelligence_proposals_by_agency on intelligence_proposals (agency_id, state, proposed_at desc);
create index intelligence_proposals_by_entity on intelligence_proposals (entity_id);
