-- The words before a custody safeguarding notice can be shown in the language of the person too. What was shown is kept
-- beside the English, and one digest covers both. A notice in English alone keeps the digest that it had.
alter table custody_notices add column shown_language text
  check (shown_language ~ '^[a-z]{2,3}$' and shown_language <> 'en'); -- language of the translation that was shown: ISO 639 code
alter table custody_notices add column shown_wording text check (shown_wording <> ''); -- the wording as it was shown in that language
alter table custody_notices add constraint custody_notices_shown_check check (num_nulls(shown_language, shown_wording) in (0, 2));
alter table custody_notices drop constraint custody_notices_check;
alter table custody_notices add constraint custody_notices_check check (wording_digest = encode(sha256(convert_to(wording ||
  coalesce(E'\n\n' || shown_language || E'\n' || shown_wording, ''), 'UTF8'::name)), 'hex'));
