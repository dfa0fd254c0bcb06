-- What a force returns of a visit beyond its records: how many people, vehicles and documents were checked and how many
-- suspects identified, the currency of cash, and of a referral the age and a pseudonym, so that a person counts once.
alter table searches add column people_checked integer check (people_checked between 0 and 9999); -- how many people’s identity or papers were checked
alter table searches add column vehicles_checked integer check (vehicles_checked between 0 and 9999); -- how many vehicles were checked
alter table searches add column documents_checked integer check (documents_checked between 0 and 9999); -- how many documents were checked
alter table searches add column suspects integer check (suspects between 0 and 9999); -- how many people were suspected of an offence and not arrested
alter table seizures add column currency text not null default 'GBP' check (currency ~ '^[A-Z]{3}$'); -- currency of cash, by its ISO 4217 code
alter table nrm_referrals add column person uuid; -- pseudonym of the person, a keyed digest; empty for those from before it was kept
alter table nrm_referrals add column referred_as text check (referred_as in ('adult', 'child', 'not sure')); -- whether the person was referred as an adult or a child; empty for a draft
