-- Who agreed to a search, when it was, and whether it found what a warrant names: asked at the visit, printed on its papers.
alter table searches add column began_at timestamptz; -- when the search began
alter table searches add column ended_at timestamptz; -- when the search ended
alter table searches add column articles_found text check (articles_found in ('yes', 'in part', 'no')); -- whether what the warrant names was found
alter table searches add column witness_refused text; -- why the officer in charge refused a witness to the search
alter table searches add column consent_from text; -- the role of the person who agreed, and why they may agree
alter table searches add column consent_way text check (consent_way in ('in writing', 'by word')); -- how the person agreed
alter table searches add column consent_by_word_because text; -- why it was not practicable in writing
alter table searches add column consent_language text; -- the language in which consent was asked, and the interpreter
alter table searches add column consent_withdrawn_at timestamptz; -- when consent was withdrawn
