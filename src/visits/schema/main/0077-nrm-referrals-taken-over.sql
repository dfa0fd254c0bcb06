-- A colleague of the same agency can go on with an officer's NRM referral, and the Home Office decides on it later.
alter table nrm_referrals add column taken_over_by uuid references members; -- the colleague who writes it now; empty while the officer who began it does
alter table nrm_referrals add column taken_over_at timestamptz; -- when it was taken over last
alter table nrm_referrals add column taken_over_why text check (taken_over_why in ('the officer is off duty', 'the officer asked me to', 'the officer can no longer open it')); -- why it was taken over
alter table nrm_referrals add column decision_due date; -- the day by which the Home Office means to decide on reasonable grounds; empty once a decision is recorded
alter table nrm_referrals add constraint nrm_referrals_taken_over check (num_nonnulls(taken_over_by, taken_over_at, taken_over_why) in (0, 3));
