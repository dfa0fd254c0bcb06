-- What returns count of NRM referrals and notifications that support agencies sent: who sent which, without the person and the day.
create table submitted_nrm_referrals ( -- NRM referrals and notifications that support agencies sent, to be counted; none names a person
  id            uuid primary key, -- random, and no other record's
  person        uuid not null, -- pseudonym of the person, a digest under the person's own key
  operation_id  uuid not null,
  agency_id     uuid not null, -- agency that recorded it
  responder     text not null check (responder <> ''), -- kind of first responder
  outcome       text not null check (outcome in ('referral', 'notification')) -- which of the two it was
);
create index submitted_nrm_referrals_of on submitted_nrm_referrals (operation_id);
