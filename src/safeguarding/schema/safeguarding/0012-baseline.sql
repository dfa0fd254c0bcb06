-- Help for people: the tables in the safeguarding database.

-- This database keeps days and hours, never minutes; a number tells the order of notes. A note keeps the number and
-- apparent age of the person at the visit, so that helpers mean the same person and help for a child needs no
-- access to the visit. Indicators that a person disclosed are kept here, never with the visit.
create table notes (
  id            uuid primary key,
  encounter_id  uuid not null, -- the person encountered, in the main database
  visit_id      uuid not null, -- the visit, in the main database
  operation_id  uuid not null,
  town          text not null check (town <> ''), -- town of the visit
  day           date not null, -- day of the visit
  agency_id     uuid not null, -- the author’s agency
  author_id     uuid not null,
  advice        text[] not null check (advice <@ array['rights at work', 'health', 'sexual health', 'safety',
                  'safe accommodation', 'money and benefits', 'immigration advice', 'legal advice',
                  'later help']), -- advice given, by kind
  understood    text check (understood in ('yes', 'in part', 'no', 'not known')), -- whether they understood the advice
  needs         text[] not null check (needs <@ array['health', 'sexual health', 'safety', 'shelter', 'money',
                  'papers', 'children', 'legal advice', 'immigration advice', 'nothing now']),
  outcomes      text[] not null check (cardinality(outcomes) > 0 and outcomes <@ array['advice given',
                  'advice declined', 'wants help now', 'wants help later', 'wants nothing now',
                  'declined police contact', 'no indicators', 'indicators seen', 'referred',
                  'referral declined', 'took a card', 'children’s services told']), -- how the talk ended
  sealed_wants  bytea, -- what the person wants, in their own words, encrypted
  wrapped_key   bytea not null,
  written_at    timestamptz not null check (written_at = date_trunc('hour', written_at)),
  age           text check (age in ('adult', 'under 18', 'not known')), -- age as known when it was written or corrected
  met_number    integer check (met_number > 0), -- number of the person at the visit
  number        integer generated always as identity, -- order of writing
  disclosed     text[] not null default '{}' check (array_position(disclosed, null::text) is null and not ('' = any
                  (disclosed))), -- indicators that the person disclosed or showed through their health
  check (cardinality(advice) = 0 or understood is not null)
);
create index notes_by_operation on notes (operation_id, day);
create index notes_by_encounter on notes (encounter_id);
create index notes_by_author on notes (author_id);

create table notes_versions (
  id           uuid references notes,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null check (replaced_at = date_trunc('hour', replaced_at)),
  reason       text,
  primary key (id, version)
);

-- Records of people who may need help, in the safeguarding database. Only the origin is readable; everything else
-- is one sealed value under the person’s own key. The marks of names are keyed digests, in a table that no dump,
-- backup or replica contains.
create table persons (
  id            uuid primary key,
  agency_id     uuid not null, -- the agency that keeps the record
  author_id     uuid not null,
  operation_id  uuid, -- the operation, if the person was encountered at a visit
  origin        text not null check (origin in ('met at visit', 'named in report', 'a partner’s concern',
                  'walked in')), -- how the agency came to know of the person
  origin_id     uuid, -- the encounter, report or referral that it began with
  sealed_details  bytea not null, -- name, age, language and safe contact, encrypted
  wrapped_key   bytea not null,
  opened_at     timestamptz not null check (opened_at = date_trunc('hour', opened_at)),
  constraint persons_check1 check ((origin = 'met at visit') = (operation_id is not null)),
  constraint persons_origin_named check (
case origin
    when 'walked in' then origin_id is null
    when
    'a partner’s concern' then true
    else origin_id is not null
end)
);
create index persons_by_agency on persons (agency_id);
create index persons_by_operation on persons (operation_id) where operation_id is not null;
create index persons_by_author on persons (author_id);
create index persons_by_origin on persons (origin_id) where origin_id is not null;

-- A referral lasts as long as its recipient may see it. It names a note, a record or both; without an operation it
-- counts in none. If the recipient has no member in Safelight, the sender records its answer.
create table referrals (
  id             uuid primary key,
  note_id        uuid references notes, -- the note about the person
  operation_id   uuid, -- the operation that it counts in, if any
  day            date not null, -- day on which it was sent
  from_agency    uuid not null, -- the agency that refers
  author_id      uuid not null,
  to_agency      uuid not null, -- the agency that is asked to help
  needs          text[] not null check (cardinality(needs) > 0 and needs <@ array['health', 'sexual health', 'safety',
                   'shelter', 'money', 'papers', 'children', 'legal advice', 'immigration advice', 'nothing now']),
  ground         text not null check (ground in ('agreed', 'treated as child', 'vital interests',
                   'statutory duty', 'court order')), -- consent, or the legal basis without it
  sealed_words   bytea not null, -- what the recipient needs to know, encrypted
  sealed_reason  bytea, -- why it was declined, or place, time and contact if accepted, encrypted
  wrapped_key    bytea not null,
  state          text not null check (state in ('sent', 'accepted', 'declined')), -- answer of the recipient
  decided_by     uuid, -- the member who answered
  decided_at     timestamptz check (decided_at = date_trunc('hour', decided_at)), -- hour of the answer
  purpose        text check (purpose in ('requested help', 'safe place',
                   'safety planning', 'examine and treat', 'specialist advice',
                   'childcare', 'NRM referral',
                   'proof of injuries')), -- purpose of the referral
  hand_over      boolean not null default false, -- whether the recipient becomes responsible when it accepts
  answer_by      timestamptz check (answer_by = date_trunc('hour', answer_by)), -- hour by which an answer is due
  outcome        text check (outcome in ('help given', 'did not attend',
                   'person withdrew', 'passed on', 'not submitted')), -- outcome after it was accepted
  ended          text check (ended in ('finished', 'taken back')), -- how it ended
  ended_at       timestamptz check (ended_at = date_trunc('hour', ended_at)),
  person_id      uuid references persons,
  outside        boolean not null default false, -- whether the recipient has no member in Safelight
  check ((state = 'sent') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint referrals_check2 check (num_nulls(ended, ended_at) in (0, 2)),
  constraint referrals_check3 check ((not ended is distinct from 'finished') = (outcome is not null)),
  constraint referrals_check4 check (outcome is null or state = 'accepted'),
  constraint referrals_check5 check (num_nonnulls(note_id, person_id) > 0),
  constraint referrals_check6 check (note_id is null or operation_id is not null),
  constraint referrals_check1 check (state <> 'declined' or sealed_reason is not null),
  constraint referrals_check7 check (state <> 'sent' or sealed_reason is null)
);
create index referrals_to on referrals (to_agency, state);
create index referrals_of_note on referrals (note_id);
create index referrals_by_operation on referrals (operation_id);
create index referrals_of_person on referrals (person_id) where person_id is not null;

create table referrals_versions (
  id           uuid references referrals,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null check (replaced_at = date_trunc('hour', replaced_at)),
  reason       text,
  primary key (id, version)
);

-- Records only that a lead takes up a person's wish, so that others need not. What the lead then does is not
-- recorded here.
create table note_acknowledgements (
  note_id           uuid references notes,
  operation_id      uuid not null,
  member_id         uuid not null, -- the safeguarding lead who follows it up
  taken_at          timestamptz not null check (taken_at = date_trunc('hour', taken_at)), -- hour of taking it on
  failed_referrals  integer default 0 check (failed_referrals >= 0), -- number of failed referrals of the note by then
  primary key (note_id, failed_referrals)
);

-- What is counted. The person is the encounter under a keyed pseudonym: a person advised by two helpers counts
-- once, and counts name no one. A fact remains after its note is erased.
create table note_facts (
  id            uuid primary key,
  note_id       uuid not null, -- the note; a random value once the note was erased
  person        uuid not null, -- pseudonym of the person, a keyed digest of the encounter
  operation_id  uuid not null,
  day           date not null, -- day of the visit
  town          text not null, -- town of the visit
  indicator     text not null, -- what is counted, as the definitions of returns name it
  part          text, -- kind of advice or need
  unique nulls not distinct (note_id, indicator, part)
);
create index facts_by_operation on note_facts (operation_id, indicator);

create table persons_versions (
  id           uuid references persons,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null check (replaced_at = date_trunc('hour', replaced_at)),
  reason       text,
  primary key (id, version)
);

-- Search terms of names: keyed digests of two parts of a name, and each name as a bit pattern. Rows are narrow
-- enough to stay in memory, because a search reads patterns and never the digests.
create unlogged table name_digests (
  id     uuid primary key references persons on delete cascade,
  marks  integer[] storage external not null, -- keyed digests of parts of the names and of the year of birth
  likes  bit(256) not null, -- the marks of single parts as a bit pattern, for a quick first comparison
  born   integer -- keyed digest of the year of birth
) with (fillfactor=90, toast_tuple_target=128);
-- Without a pending list, new records are found at once, and no search pays for the merge.
create index name_digests_by_mark on name_digests using gin (marks) with (fastupdate=off);

-- Times are hours. If a worker states that the person agreed, no language is recorded, because no wording was read
-- out. A language is a code or a name in letters.
create table consents (
  id                  uuid primary key,
  person_id           uuid not null, -- the person, by record or encounter
  operation_id        uuid, -- the operation, if the person was encountered at a visit
  agency_id           uuid not null, -- the agency that asked
  author_id           uuid not null, -- the member who explained it
  act                 text not null check (act in ('examine', 'share', 'refer')), -- what the person agreed to
  recipient           uuid not null, -- the agency that receives the information
  purpose             text not null check (purpose in ('requested help', 'safe place',
                        'safety planning', 'examine and treat', 'specialist advice',
                        'childcare', 'NRM referral',
                        'proof of injuries')), -- purpose of the consent
  items               text[] not null check (cardinality(items) > 0 and items <@ array['when we met', 'where we met',
                        'help needed', 'essential information', 'wishes',
                        'given advice', 'contact details', 'papers about health',
                        'identity documents', 'legal documents',
                        'other documents', 'NRM draft', 'injury examination',
                        'a physical examination', 'sexual health tests', 'forensic samples',
                        'photographs of injuries']), -- information or examinations that it covers
  wording             text not null check (wording <> ''), -- the wording that was shown or read out
  wording_digest      text not null, -- SHA-256 digest of the wording, in hexadecimal
  language            text check (char_length(language) >= 2 and char_length(language) <= 60 and language !~
                        '[0-9@:/]'), -- language of the explanation: ISO 639 code, or a name where a code covers several
  how                 text not null -- whether the person gave it directly, or a worker reports it
                      check (how in ('the person themself', 'reported by worker')),
  interpreted         text not null check (interpreted in ('nobody was needed', 'shared language',
                        'interpreter present', 'remote interpreter', 'not written down')),
  sealed_interpreter  bytea, -- name or number of the interpreter, encrypted
  wrapped_key         bytea,
  given_at            timestamptz not null check (given_at = date_trunc('hour', given_at)),
  until               timestamptz not null check (until = date_trunc('hour', until)), -- hour in which it expires
  withdrawn_at        timestamptz check (withdrawn_at = date_trunc('hour', withdrawn_at)),
  withdrawn_by        uuid, -- the member who recorded the withdrawal
  withdrawn_how       text -- whether the person withdrew it directly, or a worker reports it
                      check (withdrawn_how in ('the person themself', 'reported by worker')),
  check (wording_digest = encode(sha256(convert_to(wording, 'UTF8'::name)), 'hex')),
  constraint consents_check1 check (until > given_at and until <= (given_at + interval '366 days')),
  constraint consents_check2 check (num_nulls(sealed_interpreter, wrapped_key) in (0, 2)),
  constraint consents_check3 check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_how) in (0, 3)),
  constraint consents_check4 check (language = 'en' or interpreted <> 'nobody was needed'),
  constraint consents_check5 check (language is not null or how = 'reported by worker' and interpreted =
    'not written down')
);
create index consents_of_person on consents (person_id);
create index consents_by_operation on consents (operation_id);

-- Disclosures without consent. A second person approves in advance, or reviews a disclosure at once. A record of a
-- disclosure to custody or police has the id of its disclosure.
create table disclosures (
  id                  uuid primary key,
  person_id           uuid not null, -- the person, by record or encounter
  operation_id        uuid, -- the operation, if the person was encountered at a visit
  agency_id           uuid not null, -- the agency that discloses
  approved_by         uuid,
  recipient           uuid not null, -- the agency that receives the information
  purpose             text not null check (purpose in ('requested help', 'safe place',
                        'safety planning', 'examine and treat', 'specialist advice',
                        'childcare', 'NRM referral',
                        'proof of injuries', 'custody protection',
                        'police request')), -- purpose of the disclosure
  items               text[] not null check (cardinality(items) > 0), -- information that is disclosed
  basis               text not null -- legal basis without consent
                      check (basis in ('child', 'vital interests', 'statutory duty', 'court order')),
  sealed_reasons      bytea not null, -- why it is necessary, encrypted
  wrapped_key         bytea not null,
  approved_at         timestamptz check (approved_at = date_trunc('hour', approved_at)), -- hour of the approval
  until               timestamptz not null check (until = date_trunc('hour', until)), -- hour in which it expires
  timing              text not null -- whether it was approved before, or is reviewed after
                      check (timing in ('after approval', 'at once', 'by one alone')),
  asked_by            uuid not null, -- the member who asked for it
  asked_at            timestamptz not null check (asked_at = date_trunc('hour', asked_at)), -- hour of the request
  sealed_plan         bytea, -- what is disclosed, exactly as the member saw it, encrypted
  refused_by          uuid,
  refused_at          timestamptz check (refused_at = date_trunc('hour', refused_at)), -- hour of the refusal
  sealed_cannot_wait  bytea, -- why it could not wait for approval, encrypted
  review_by           timestamptz check (review_by = date_trunc('hour', review_by)), -- hour by which to review it
  reviewed_by         uuid,
  reviewed_at         timestamptz check (reviewed_at = date_trunc('hour', reviewed_at)), -- hour of the review
  review_result       text check (review_result in ('agrees', 'something was wrong')), -- result of the review
  sealed_content      bytea, -- why it was refused, or what the review found wrong, encrypted
  check (until > approved_at and until <= (approved_at + interval '366 days')),
  constraint disclosures_asked_until check (until > asked_at and until <= (asked_at + interval '366 days')),
  constraint disclosures_approved check (num_nulls(approved_by, approved_at) in (0, 2)),
  constraint disclosures_refused check ((num_nulls(refused_by, refused_at) in (0, 2)) and (refused_by is null or
    approved_by is null and timing = 'after approval' and sealed_content is not null)),
  constraint disclosures_review_result check ((num_nulls(reviewed_by, reviewed_at, review_result) in (0, 3)) and (review_result is null or timing
    = 'at once') and (review_result is distinct from 'something was wrong' or sealed_content is not null)),
  constraint disclosures_second check (
case timing
    when 'after approval' then approved_by is distinct from asked_by
    and refused_by is distinct from asked_by and num_nonnulls(sealed_cannot_wait, review_by) = 0
    when 'at once' then
    not approved_by is distinct from asked_by and reviewed_by is distinct from asked_by and (basis in ('child',
    'vital interests')) and num_nulls(sealed_cannot_wait, review_by) = 0
    else approved_by is not null
end),
  constraint disclosures_within check (
case purpose
    when 'custody protection' then basis = 'child'
    and items = array['custody sentence']
    when 'police request' then basis =
    'child' and items <@ array['contact dates', 'help provided',
    'person’s account', 'whereabouts', 'health information',
    'notes of counselling']
    else items <@ array['when we met', 'where we met', 'help needed',
    'essential information', 'wishes', 'given advice',
    'contact details', 'papers about health', 'identity documents',
    'legal documents', 'other documents', 'NRM draft',
    'injury examination', 'a physical examination', 'sexual health tests', 'forensic samples',
    'photographs of injuries']
end)
);
create index disclosures_of_person on disclosures (person_id);
create index disclosures_by_operation on disclosures (operation_id);
create index disclosures_waiting on disclosures (agency_id) where ((timing = 'after approval') and (approved_at is null)
  and (refused_at is null)) or ((timing = 'at once') and (reviewed_at is null));
create index disclosures_asked_by on disclosures (asked_by);

create table person_grants (
  id             uuid primary key,
  person_id      uuid not null, -- the person, by record or encounter
  operation_id   uuid, -- the operation, if the person was encountered at a visit
  from_agency    uuid not null, -- the agency that shares
  author_id      uuid not null, -- the member who shares
  recipient      uuid not null, -- the agency that may read it
  act            text not null check (act in ('share', 'refer')), -- whether it is shared alone, or with a referral
  purpose        text not null check (purpose in ('requested help', 'safe place',
                   'safety planning', 'examine and treat', 'specialist advice',
                   'childcare', 'NRM referral',
                   'proof of injuries')), -- purpose of the sharing
  items          text[] not null check (cardinality(items) > 0 and items <@ array['when we met', 'where we met',
                   'help needed', 'essential information', 'wishes',
                   'given advice', 'contact details', 'papers about health',
                   'identity documents', 'legal documents',
                   'other documents', 'NRM draft', 'injury examination',
                   'a physical examination', 'sexual health tests', 'forensic samples', 'photographs of injuries']),
  consent_id     uuid references consents, -- the consent that it rests on
  disclosure_id  uuid references disclosures, -- the disclosure without consent that it rests on
  referral_id    uuid unique references referrals, -- the referral that it belongs to
  sealed_content   bytea not null, -- the information, encrypted
  wrapped_key    bytea not null,
  made_at        timestamptz not null check (made_at = date_trunc('hour', made_at)),
  until          timestamptz not null check (until = date_trunc('hour', until)), -- hour in which it expires
  ended_at       timestamptz check (ended_at = date_trunc('hour', ended_at)), -- hour in which it ended early
  ended          text check (ended in ('taken back', 'declined', 'finished')), -- why it ended early
  papers         uuid[] not null default '{}', -- documents that the recipient may open
  check (num_nulls(consent_id, disclosure_id) = 1),
  constraint person_grants_check1 check ((act = 'refer') = (referral_id is not null)),
  constraint person_grants_check2 check (num_nulls(ended_at, ended) in (0, 2))
);
create index person_grants_of_person on person_grants (person_id);
create index person_grants_by_operation on person_grants (operation_id);
create index person_grants_on_consent on person_grants (consent_id) where ended_at is null;
create index person_grants_to on person_grants (recipient) where ended_at is null;
create index person_grants_of_paper on person_grants using gin (papers) where ended_at is null;

create table withdrawn_grants (
  id            uuid primary key references person_grants,
  operation_id  uuid, -- the operation, if the person was encountered at a visit
  from_agency   uuid not null, -- the agency that shared
  author_id     uuid not null, -- the member who shared
  recipient     uuid not null, -- the agency that must stop using it
  day           date not null, -- day on which it was shared
  ended         text not null check (ended in ('taken back', 'declined', 'finished')), -- why it ended
  ended_at      timestamptz not null check (ended_at = date_trunc('hour', ended_at)),
  confirmed_at  timestamptz check (confirmed_at = date_trunc('hour', confirmed_at)), -- hour in which the recipient confirmed it
  confirmed_by  uuid, -- the member of the recipient who confirmed it
  referral_id   uuid, -- the referral that it belonged to
  check (num_nulls(confirmed_at, confirmed_by) in (0, 2))
);
create index withdrawn_grants_to on withdrawn_grants (recipient, ended_at);
create index withdrawn_grants_by_operation on withdrawn_grants (operation_id);
create index withdrawn_grants_of_request on withdrawn_grants (referral_id) where referral_id is not null;

create table referral_messages (
  id            uuid primary key,
  referral_id   uuid not null references referrals,
  agency_id     uuid not null, -- the author’s agency
  author_id     uuid not null,
  item          text, -- item of shared information that it is about
  sealed_words  bytea not null, -- the question or answer, encrypted
  wrapped_key   bytea not null,
  written_at    timestamptz not null check (written_at = date_trunc('hour', written_at))
);
create index referral_messages_of on referral_messages (referral_id, written_at);

-- Concerns in the safeguarding database, erased with the record. The content is one value sealed under the person’s
-- key and bound to its version, so that no older one can be restored.
create table nrm_drafts (
  id           uuid primary key,
  person_id    uuid not null references persons on delete cascade,
  agency_id    uuid not null, -- the agency that keeps it
  author_id    uuid not null,
  raised_at    timestamptz not null check (raised_at = date_trunc('hour', raised_at)), -- hour in which it was begun
  revision     integer not null check (revision > 0), -- number of the text, one more at each change
  sealed_content  bytea not null -- all answers and decisions, encrypted
);
create index nrm_drafts_of_person on nrm_drafts (person_id);
create index nrm_drafts_by_agency on nrm_drafts (agency_id);

create table nrm_drafts_versions (
  id           uuid references nrm_drafts on delete cascade,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null check (replaced_at = date_trunc('hour', replaced_at)),
  reason       text,
  primary key (id, version)
);

-- A person’s needs and offers: one sealed value each under the person’s key, by the hour, only added.
create table contact_notes (
  id          uuid primary key,
  person_id   uuid not null references persons on delete cascade,
  agency_id   uuid not null, -- the author’s agency
  author_id   uuid not null,
  number      integer not null check (number > 0), -- order of writing, from 1
  sealed_note  bytea not null, -- needs of the person, or help offered and the answer, encrypted
  at          timestamptz not null check (at = date_trunc('hour', at)), -- hour in which it was written
  unique (person_id, number)
);

-- That a custody safeguarding notice was sent. The custody reference is not stored here, so that nothing in this
-- database points to an arrest. Only a notice about a child may say that the wording could not be read out.
create table custody_notices (
  id                      uuid primary key,
  person_id               uuid not null references persons on delete cascade,
  agency_id               uuid not null, -- the agency that sends
  author_id               uuid not null, -- the member who sends it
  recipient               uuid not null, -- the police force or immigration authority with custody
  sentence                text not null check (sentence in ('consider section 45', 'ask before removal',
                         'medical review', 'threat to life')), -- the notice, as one of four sentences
  ground                  text not null -- consent, or the best interests of a child
                       check (ground in ('the person agreed', 'child’s best interests')),
  wording                 text not null check (wording <> ''), -- wording that was agreed to, or read out to a child
  wording_digest          text not null, -- SHA-256 digest of the wording, in hexadecimal
  interpreted             text not null,
  sealed_reasons          bytea, -- why it is best for the child, and what the child wants, encrypted
  wrapped_key             bytea,
  transfer_id             uuid not null unique, -- identifier that the notice has in the main database
  given_at                timestamptz not null check (given_at = date_trunc('hour', given_at)), -- hour of sending
  withdrawn_at            timestamptz check (withdrawn_at = date_trunc('hour', withdrawn_at)), -- hour of withdrawal
  withdrawn_by            uuid, -- the member who withdrew it
  withdrawal_transfer_id  uuid unique, -- identifier that the withdrawal has in the main database
  check (wording_digest = encode(sha256(convert_to(wording, 'UTF8'::name)), 'hex')),
  constraint custody_notices_check1 check (num_nulls(sealed_reasons, wrapped_key) in (0, 2)),
  constraint custody_notices_check2 check ((ground = 'child’s best interests') = (sealed_reasons is not null)),
  constraint custody_notices_check3 check (num_nulls(withdrawn_at, withdrawn_by, withdrawal_transfer_id) in (0, 3)),
  constraint custody_notices_interpreted_check check ((interpreted in ('nobody was needed',
    'shared language', 'interpreter present', 'remote interpreter',
    'child not reached')) and (interpreted <> 'child not reached' or ground =
    'child’s best interests'))
);
create index custody_notices_of_person on custody_notices (person_id);
create index custody_notices_by_agency on custody_notices (agency_id, given_at);

-- What the keeper of a record decided on a request of police. The decision stays after the record is erased,
-- without reasons, so that the lead is not asked again. The wording of a consent is sealed with the reasons and
-- erased with them.
create table information_decisions (
  id              uuid primary key,
  request_id      uuid not null unique, -- the request, in the main database
  agency_id       uuid not null, -- the agency that decides
  decided_by      uuid not null,
  person_id       uuid references persons on delete cascade, -- the record of the person; empty if none was found
  outcome         text not null check (outcome in ('give agreed items', 'give nothing')), -- what is given
  ground          text check (ground in ('the person agreed', 'child’s best interests')), -- why it may be given
  kinds           text[] not null check (kinds <@ array['contact dates',
                    'help provided', 'person’s account', 'whereabouts',
                    'health information', 'notes of counselling']), -- kinds of information given
  sealed_reasons  bytea, -- reasons, encrypted
  wrapped_key     bytea,
  decided_at      timestamptz not null check (decided_at = date_trunc('hour', decided_at)), -- hour of the decision
  sealed_agreed   bytea, -- wording that the person agreed to and how it was interpreted, encrypted
  constraint information_decisions_reasons check (num_nulls(sealed_reasons, wrapped_key) in (0, 2)),
  constraint information_decisions_given check ((outcome = 'give agreed items') = (ground is not null and
    cardinality(kinds) > 0 and (person_id is not null or sealed_reasons is null)))
);
create index information_decisions_by_agency on information_decisions (agency_id, decided_at);
create index information_decisions_of_person on information_decisions (person_id) where person_id is not null;

-- Retention rules. Rows are added, never changed.
create table person_retention_rules (
  id              uuid primary key,
  agency_id       uuid not null,
  class           text not null -- class of the records that it applies to
                  check (class in ('person helped', 'victim or witness', 'met without concern')),
  months          integer not null check (months >= 1 and months <= 1200), -- how long a record is kept, in months
  not_before_age  integer check (not_before_age >= 18 and not_before_age <= 100), -- lowest age for erasure, in years
  source          text not null check (source <> ''), -- law, agreement or policy that says so, with its date
  valid_from      date not null, -- first day on which it applies
  recorded_on         date not null, -- day on which it was recorded
  set_by          uuid not null,
  set_at          timestamptz not null check (set_at = date_trunc('hour', set_at)),
  check (valid_from >= recorded_on)
);
create index person_retention_rules_of on person_retention_rules (agency_id, class, valid_from);

-- What keeps a record or ends it: a hold, an order to erase, its end. Also for notes about a person without a
-- record; a later record takes them over. Reasons are sealed under a key that is erased too.
create table retention_facts (
  id             uuid primary key,
  person_id      uuid references persons on delete cascade,
  agency_id      uuid not null, -- the agency that keeps the record
  what           text not null check (what in ('class', 'happening', 'hold', 'review', 'asked to go')), -- kind of fact
  detail         text not null, -- the fact, from the list for its kind
  reason         text check (length(btrim(reason)) >= 20), -- reason, where it was not encrypted yet
  review_on      date, -- day by which a hold must be reviewed
  recorded_on        date not null, -- day on which it was recorded
  recorded_by        uuid not null,
  ended_on       date, -- day on which it ended
  ended_by       uuid,
  encounter_id   uuid, -- the person encountered, where there is no record
  sealed_reason  bytea, -- reason, encrypted
  wrapped_key    bytea,
  check (ended_on >= recorded_on),
  constraint retention_facts_check1 check (num_nulls(ended_on, ended_by) in (0, 2)),
  constraint retention_facts_check2 check ((what = 'hold') = (review_on is not null)),
  constraint retention_facts_check3 check (ended_on is null or (what in ('hold', 'asked to go'))),
  constraint retention_facts_check4 check (num_nonnulls(person_id, encounter_id) = 1),
  constraint retention_facts_check5 check (num_nonnulls(reason, sealed_reason) = 1),
  constraint retention_facts_check6 check (num_nulls(sealed_reason, wrapped_key) in (0, 2))
);
create index retention_facts_of on retention_facts (person_id);
create index retention_facts_by_agency on retention_facts (agency_id) where ended_on is null;
create unique index retention_facts_one_order on retention_facts (person_id) where (what = 'asked to go') and (ended_on is
  null);
create index retention_facts_of_meeting on retention_facts (encounter_id, agency_id) where encounter_id is not null;
create unique index retention_facts_one_order_of_meeting on retention_facts (encounter_id, agency_id) where (what =
  'asked to go') and (ended_on is null) and (encounter_id is not null);

create table person_erasure_certificates (
  id                 uuid primary key,
  person_id          uuid not null, -- identifier that the record or the encounter had
  agency_id          uuid not null,
  class              text not null, -- class of the record
  why                text not null check (why <> ''), -- why it was erased
  opened_at          timestamptz not null check (opened_at = date_trunc('hour', opened_at)),
  records            integer not null, -- number of rows erased
  keys               integer not null, -- number of keys to destroy
  whole_keys         integer not null, -- keys without a second half, which older backups can still open
  keys_destroyed_at  timestamptz -- hour in which the last key was destroyed
                     check (keys_destroyed_at = date_trunc('hour', keys_destroyed_at)),
  destroyed_at       timestamptz not null check (destroyed_at = date_trunc('hour', destroyed_at)),
  log_request        uuid not null -- request by which its row of the access log is found
);
create index person_erasure_certificates_newest on person_erasure_certificates (agency_id, destroyed_at desc);

create table keys_to_destroy (
  pointer         bytea primary key check (length(pointer) = 12), -- where the half of the key lies outside the database
  certificate_id  uuid not null references person_erasure_certificates -- the certificate of the erasure
);
create index keys_to_destroy_of on keys_to_destroy (certificate_id);

create table disposed_referrals ( -- What remains of a referral after the person’s record was erased, to be counted
  id            uuid primary key, -- identifier that the referral had
  operation_id  uuid not null,
  day           date not null, -- day on which it was sent
  to_agency     uuid not null, -- the agency that was asked to help
  state         text not null -- answer of the recipient
);
create index disposed_referrals_of on disposed_referrals (operation_id);

-- Actions for people, handovers between shifts, and nurses' readings of the health clocks. An action is sealed
-- under the person’s own key and erased with the person.
create table handovers (
  id            uuid primary key,
  agency_id     uuid not null,
  author_id     uuid not null,
  sealed_words  bytea not null, -- what the next shift must know, encrypted
  wrapped_key   bytea not null,
  made_at       timestamptz not null check (made_at = date_trunc('hour', made_at)) -- hour in which it was written
);
create index handovers_by_agency on handovers (agency_id, made_at);

create table handover_readings (
  handover_id  uuid references handovers,
  member_id    uuid, -- the member who read it
  read_at      timestamptz not null check (read_at = date_trunc('hour', read_at)),
  primary key (handover_id, member_id)
);

create table person_actions (
  id             uuid primary key,
  person_id      uuid not null references persons on delete cascade,
  agency_id      uuid not null, -- the agency that acts
  author_id      uuid not null, -- the member who added it
  sealed_action  bytea not null, -- what to do, by when, and how it ended, encrypted
  added_at       timestamptz not null check (added_at = date_trunc('hour', added_at)),
  taken_by       uuid, -- the member who took it on
  taken_at       timestamptz check (taken_at = date_trunc('hour', taken_at)), -- hour in which it was taken on
  handover_id    uuid references handovers, -- the handover that passed it to the next shift
  done_at        timestamptz check (done_at = date_trunc('hour', done_at)), -- hour in which it ended
  done_by        uuid, -- the member who ended it
  check (num_nulls(taken_by, taken_at) in (0, 2)),
  constraint person_actions_check1 check (num_nulls(done_at, done_by) in (0, 2))
);
create index person_actions_of_person on person_actions (person_id);
create index person_actions_open on person_actions (agency_id) where done_at is null;
create index person_actions_handover on person_actions (handover_id) where handover_id is not null;

create table guideline_readings (
  id          uuid primary key,
  clock       text not null check (clock ~ '^[a-z0-9-]+$'), -- identifier of the deadline in the catalogue
  agency_id   uuid not null,
  member_id   uuid not null, -- the nurse who compared it
  read_on     date not null, -- day of the comparison
  says        text not null check (says in ('as listed', 'other hours', 'not found')), -- result of the comparison
  hours       integer check (hours >= 1 and hours <= 720), -- hours that the guideline allows, where they differ
  source      text not null check (btrim(source) <> ''), -- title and edition of the guideline
  valid_from  date not null, -- first day on which the guideline applies
  check ((says = 'other hours') = (hours is not null))
);
create index guideline_readings_by_agency on guideline_readings (agency_id);

-- Reception centres: people there have a number and no name. Volunteers cannot read the tables that link numbers to
-- records or to a place to sleep.
create table reception_centres (
  id             uuid primary key,
  operation_id   uuid not null,
  agency_id      uuid not null, -- the agency that runs it
  author_id      uuid not null, -- the member who set it up
  opens_at       timestamptz not null check (opens_at = date_trunc('hour', opens_at)),
  closes_at      timestamptz not null check (closes_at = date_trunc('hour', closes_at)),
  places         integer not null check (places >= 1 and places <= 500), -- people that it can look after at once
  stood_down_at  timestamptz check (stood_down_at = date_trunc('hour', stood_down_at)),
  stood_down_by  uuid, -- the member who stood it down
  unique (id, operation_id),
  check (closes_at > opens_at and closes_at <= (opens_at + interval '50:00:00')),
  constraint reception_centres_check1 check (num_nulls(stood_down_at, stood_down_by) in (0, 2))
);
create index reception_centres_by_operation on reception_centres (operation_id);

create table reception_rota (
  id            uuid primary key,
  reception_id  uuid not null, -- the reception centre
  operation_id  uuid not null,
  agency_id     uuid not null, -- the agency that provides it
  author_id     uuid not null, -- the member who entered it
  member_id     uuid, -- the volunteer, on a shift of a volunteer
  work          text not null check (work in ('leads reception', 'nurse', 'adviser', 'interpreter',
                  'looks after people', 'drives', 'first-night shelter')), -- work that is done
  language      text, -- language of the interpreter, by name
  beds          integer check (beds >= 1 and beds <= 500), -- beds for the first night
  for_whom      text check (for_whom in ('women', 'men', 'families', 'anybody')), -- who the beds are for
  starts_at     timestamptz not null check (starts_at = date_trunc('hour', starts_at)),
  ends_at       timestamptz not null check (ends_at = date_trunc('hour', ends_at)),
  ended_at      timestamptz check (ended_at = date_trunc('hour', ended_at)),
  foreign key (reception_id, operation_id) references reception_centres(id, operation_id),
  check (ends_at > starts_at),
  constraint reception_rota_check1 check (member_id is null or work = 'looks after people' and ends_at <= (starts_at +
    interval '50:00:00')),
  constraint reception_rota_check2 check ((work = 'interpreter') = (language is not null)),
  constraint reception_rota_check3 check ((work = 'first-night shelter') = (beds is not null and for_whom is not
    null))
);
create index reception_rota_of on reception_rota (reception_id);
create index reception_rota_by_member on reception_rota (member_id) where member_id is not null;

create table reception_debriefs (
  id            uuid primary key,
  reception_id  uuid not null references reception_centres, -- the reception centre
  agency_id     uuid not null, -- the author’s agency
  author_id     uuid not null,
  sealed_words  bytea not null, -- the debrief, encrypted
  wrapped_key   bytea not null,
  written_at    timestamptz not null check (written_at = date_trunc('hour', written_at))
);
create index reception_debriefs_of on reception_debriefs (reception_id);

create table wristbands (
  id            uuid primary key,
  reception_id  uuid not null references reception_centres, -- the reception centre
  number        integer not null check (number >= 1 and number <= 9999), -- number on the wristband
  came_at       timestamptz not null check (came_at = date_trunc('hour', came_at)), -- hour in which the person came
  left_at       timestamptz check (left_at = date_trunc('hour', left_at)), -- hour in which the person left
  unique (reception_id, number)
);

create table wristband_needs (
  id            uuid primary key,
  wristband_id  uuid not null references wristbands,
  kind          text not null, -- kind of need
  detail        text not null, -- the need, from a list
  asked_at      timestamptz not null check (asked_at = date_trunc('hour', asked_at)), -- hour in which the person asked
  met_at        timestamptz check (met_at = date_trunc('hour', met_at)), -- hour in which the need was met
  check (kind = 'food' and (detail in ('anything', 'no meat', 'no pork', 'no dairy', 'no nuts', 'for a baby')) or kind
    = 'drink' and (detail in ('anything', 'something warm', 'water')) or kind = 'clothes' and (detail in ('small',
    'medium', 'large', 'shoes', 'underwear', 'for a child')) or kind = 'washing' and (detail in ('a shower',
    'toiletries', 'sanitary products')) or kind = 'rest' and (detail in ('a quiet place',
    'a blanket')) or kind = 'interpreter' and (detail in ('Albanian', 'Amharic', 'Arabic', 'Bengali',
    'British Sign Language', 'Bulgarian', 'Cantonese', 'Czech', 'Dari', 'English', 'Farsi', 'French', 'Hindi',
    'Hungarian', 'Kurdish', 'Lithuanian', 'Mandarin', 'Pashto', 'Polish', 'Portuguese', 'Punjabi', 'Romani',
    'Romanian', 'Russian', 'Somali', 'Spanish', 'Thai', 'Tigrinya', 'Turkish', 'Ukrainian', 'Urdu', 'Vietnamese',
    'another language')) or kind = 'for a child' and (detail in ('nappies', 'a toy', 'childminding')))
);
create index wristband_needs_of on wristband_needs (wristband_id);

-- Each agency can link a number to its own record, so that no refusal reveals another agency's record.
create table wristband_people (
  wristband_id  uuid references wristbands,
  person_id     uuid references persons on delete cascade,
  member_id     uuid not null, -- the member who linked it
  primary key (wristband_id, person_id)
);
create index wristband_people_by_person on wristband_people (person_id);

create table first_nights (
  wristband_id  uuid primary key references wristbands,
  rota_id       uuid not null references reception_rota, -- the shelter, as an entry of the rota
  member_id     uuid not null -- the member who arranged it
);
create index first_nights_at on first_nights (rota_id);

-- Documents and photos on people's records, each a sealed clean copy outside the database, in one consent group. A
-- grant that names one opens it to another agency.
create table person_documents (
  id            uuid primary key,
  person_id     uuid not null references persons on delete cascade,
  agency_id     uuid not null,
  author_id     uuid not null, -- the member who added it
  item          text not null check (item in ('papers about health', 'identity documents',
                  'legal documents', 'other documents',
                  'NRM draft')), -- consent group that the document belongs to
  file_id       uuid not null unique, -- name under which the clean copy is stored
  sealed_document  bytea not null, -- title, kind, pages and key of the clean copy, encrypted
  wrapped_key   bytea not null,
  added_at      timestamptz not null check (added_at = date_trunc('hour', added_at))
);
create index person_documents_of on person_documents (person_id);
