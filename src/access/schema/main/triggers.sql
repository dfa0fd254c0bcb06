-- Emergency access, and versions of the access rules: the triggers in the main database.

create trigger keep_glass before insert or delete or update on break_glass
  for each row execute function ctx.keep_glass();
create trigger tell_of_glass after insert or update on break_glass
  for each row execute function ctx.tell_of_glass();

create trigger keep_reviews before insert or delete or update on break_glass_reviews
  for each row execute function ctx.keep_reviews();

create trigger keep_policy_versions before delete or update or truncate on policy_versions
  for each statement execute function ctx.keep_policy_versions();
