-- What custody officers and police see of help for people: the triggers in the main database.

create trigger keep_custody_urgent_pages after update of acknowledged_by, acknowledged_at, passed_on, passed_at on
    custody_urgent_pages
  for each row execute function ctx.keep_custody_urgent_pages();

create trigger keep_information_requests after insert on information_requests
  for each row execute function ctx.keep_information_requests();
