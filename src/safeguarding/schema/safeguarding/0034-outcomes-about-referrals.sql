-- An author ticks that the person agreed to a referral, or that none was offered, and no longer writes it in words.
alter table notes drop constraint notes_outcomes_check,
  add constraint notes_outcomes_check check (cardinality(outcomes) > 0 and outcomes <@ array['advice given',
    'advice declined', 'wants help now', 'wants help later', 'wants nothing now', 'declined police contact',
    'no indicators', 'indicators seen', 'referred', 'referral agreed', 'referral declined', 'no referral offered',
    'took a card', 'children’s services told']);
