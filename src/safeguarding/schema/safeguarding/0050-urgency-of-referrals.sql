-- The recipient's Home page shows at once that a referral is about a child, or about somebody who wants help now. Its
-- words say the same, and stay encrypted.
alter table referrals add column child boolean not null default false; -- whether the person is treated as a child
alter table referrals add column wants_help_now boolean not null default false; -- whether the person wants help now
