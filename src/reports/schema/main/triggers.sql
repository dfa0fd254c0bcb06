-- Reports from the public: the triggers in the main database.

create trigger forget_terms after update of state on reports
  for each row when (new.state = 'withdrawn') execute function ctx.forget_terms();
