-- The words of a consent can be shown in the language of the person too. What was shown is kept beside the English,
-- and one digest covers both. A consent shown in English alone keeps the digest that it had.
alter table consents add column shown_language text
  check (shown_language ~ '^[a-z]{2,3}$' and shown_language <> 'en'); -- language of the translation that was shown: ISO 639 code
alter table consents add column shown_wording text check (shown_wording <> ''); -- the wording as it was shown in that language
alter table consents add constraint consents_shown_check check (num_nulls(shown_language, shown_wording) in (0, 2));
alter table consents drop constraint consents_check;
alter table consents add constraint consents_check check (wording_digest = encode(sha256(convert_to(wording ||
  coalesce(E'\n\n' || shown_language || E'\n' || shown_wording, ''), 'UTF8'::name)), 'hex'));
