-- Releases and publications: the triggers in the main database.

create trigger published_after_the_last_day before insert or update on releases
  for each row execute function published_after_the_last_day();
create trigger submitted_text_leaves after update on releases
  for each row when (new.state not in ('submitted', 'approved')) execute function submitted_text_leaves();
create trigger withdraw_stopped after insert on release_stops
  for each row when (new.withdraws) execute function ctx.withdraw_stopped();
