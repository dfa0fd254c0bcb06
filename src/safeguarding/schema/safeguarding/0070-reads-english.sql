-- A translation that no speaker has reviewed never stands alone: somebody interpreted, or the worker says that the person
-- reads English and read the English words.
alter table consents drop constraint consents_interpreted_check, drop constraint consents_check4;
alter table consents
  add constraint consents_interpreted_check check (interpreted in ('nobody was needed', 'person reads English',
    'shared language', 'interpreter present', 'remote interpreter', 'not written down')),
  add constraint consents_check4 check (language = 'en' or interpreted not in ('nobody was needed', 'person reads English'));
alter table custody_notices drop constraint custody_notices_interpreted_check;
alter table custody_notices add constraint custody_notices_interpreted_check check (
  (interpreted in ('nobody was needed', 'person reads English', 'shared language', 'interpreter present',
    'remote interpreter', 'child not reached'))
  and (interpreted <> 'child not reached' or ground = 'child’s best interests'));
