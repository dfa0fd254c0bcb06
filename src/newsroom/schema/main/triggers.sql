-- Releases and publications: the triggers in the main database.

create trigger keep_earlier_version before update on publications
  for each row execute function ctx.keep_earlier_version();

create trigger keep_earlier_version before update on releases
  for each row execute function ctx.keep_earlier_version();
create trigger published_after_the_last_day before insert or update on releases
  for each row execute function published_after_the_last_day();
