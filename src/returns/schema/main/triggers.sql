-- Returns: the triggers in the main database.

create trigger refuse_signed before insert or delete or update on return_records
  for each row execute function refuse_signed();

create trigger final_after_the_last_day before insert on return_signatures
  for each row execute function final_after_the_last_day();
create trigger refuse_final before insert on return_signatures
  for each row execute function ctx.refuse_final();
create trigger refuse_final_by_one before insert on return_signatures
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function refuse_final_by_one();
create trigger refuse_signed before delete or update on return_signatures
  for each row execute function refuse_signed();

create trigger refuse_signed before insert or delete or update on return_workings
  for each row execute function refuse_signed();

create trigger refuse_signed before delete or update on returns
  for each row execute function refuse_signed();

create trigger keep_first_signatures before insert on return_first_signatures
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_first_signatures();
create trigger keep_second_signatures before insert on return_second_signatures
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_second_signatures();

create trigger keep_signed_numbers after insert on return_signatures
  for each row execute function ctx.keep_signed_numbers();
create trigger keep_published_numbers after insert or update on publications
  for each row execute function ctx.keep_published_numbers();
create trigger keep_exchange_documents before insert on exchange_documents
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_exchange_documents();
create trigger keep_received_taskings before insert on received_taskings
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_received_taskings();
