-- Reports from the public: the triggers in both databases.

create trigger keep_reading_hours before insert or delete or update on reading_hours
  for each row execute function ctx.keep_reading_hours();

create trigger keep_source_identity_decisions after insert on source_identity_decisions
  for each row execute function ctx.keep_source_identity_decisions();

create trigger keep_source_identity_requests after insert on source_identity_requests
  for each row execute function ctx.keep_source_identity_requests();
create trigger keep_taken_back after insert on source_identity_requests
  for each row when (new.purpose <> 'legal requirement') execute function ctx.keep_taken_back();

create trigger keep_alerts after update of acknowledged_by on danger_urgent_pages
  for each row execute function ctx.keep_alerts();

create trigger keep_first_outcome before insert on reports
  for each row when (new.state <> 'open' or new.outcome is not null or new.closed_at is not null) execute function
    ctx.keep_outcome();
create trigger keep_outcome before update on reports
  for each row execute function ctx.keep_outcome();
create trigger raise_alert after insert on reports
  for each row when (new.danger) execute function ctx.raise_alert();

create trigger keep_holds after insert or update on report_retention_holds
  for each row execute function ctx.keep_holds();
