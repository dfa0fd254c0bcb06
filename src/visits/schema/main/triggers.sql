-- Records of visits, and identity requests: the triggers in the main database.

create trigger refuse_unscreened before insert or update on arrests
  for each row execute function refuse_unscreened();

create trigger refuse_search_without_entry before insert or update on searches
  for each row execute function refuse_search_without_entry();

create trigger keep_disposed before insert or update on encounters
  for each row execute function keep_disposed();

create trigger refuse_disclosed before insert or update on observations
  for each row execute function refuse_disclosed();

create trigger keep_identity_request_decisions before insert or delete or update on identity_request_decisions
  for each row execute function ctx.keep_identity_request_decisions();

create trigger keep_identity_request_ends before insert or delete or update on identity_request_ends
  for each row execute function ctx.keep_identity_request_ends();

create trigger keep_identity_requests before insert or delete or update on identity_requests
  for each row execute function ctx.keep_identity_requests();

create trigger list_attendees after insert or update on visits
  for each row execute function list_attendees();
create trigger refuse_unfinished before insert or update on visits
  for each row execute function ctx.refuse_unfinished();
