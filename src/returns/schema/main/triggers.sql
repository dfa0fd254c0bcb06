-- Returns: the triggers in the main database.

create trigger refuse_signed before insert or delete or update on return_records
  for each row execute function refuse_signed();

create trigger final_after_the_last_day before insert on return_signatures
  for each row execute function final_after_the_last_day();
create trigger refuse_final before insert on return_signatures
  for each row execute function ctx.refuse_final();
create trigger refuse_signed before delete or update on return_signatures
  for each row execute function refuse_signed();

create trigger refuse_signed before insert or delete or update on return_workings
  for each row execute function refuse_signed();

create trigger refuse_signed before delete or update on returns
  for each row execute function refuse_signed();
