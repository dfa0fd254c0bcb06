-- Agencies, members, how they sign in, and roles that a second person approves: the triggers in the main database.

create trigger keep_accounts before insert or update on accounts
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.keep_accounts();
create trigger refuse_look_alike before insert or update of email on accounts
  for each row execute function ctx.refuse_look_alike();

create trigger end_with_agency after update on agencies
  for each row execute function ctx.end_with_agency();
create trigger keep_agencies before update on agencies
  for each row when ((new.id is distinct from old.id or new.name is distinct from old.name or new.official_name is
    distinct from old.official_name or new.kind is distinct from old.kind or new.side is distinct from old.side or
    new.first_responder is distinct from old.first_responder) and (CURRENT_USER = any (array['safelight_public'::name,
    'safelight_staff'::name, 'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name,
    'safelight_auditor'::name, 'safelight_safeguarding'::name, 'safelight_leader'::name]))) execute function
    ctx.keep_agencies();

create trigger keep_agreements before insert or update on agreements
  for each row when (CURRENT_USER = 'safelight_staff'::name) execute function keep_agreements();

create trigger first_way_in after insert on code_generators
  for each row execute function ctx.first_way_in();

create trigger follow_confirmation after insert on confirmation_decisions
  for each row execute function ctx.follow_confirmation();
create trigger keep_confirmation_decisions before insert or update on confirmation_decisions
  for each row execute function ctx.keep_confirmation_decisions();

create trigger keep_grants before delete or update on grants
  for each row execute function ctx.keep_grants();

create trigger keep_handled before insert or update on invitations
  for each row execute function ctx.keep_handled();

create trigger ask_for_link after insert on linked_accounts
  for each row when (new.waits) execute function ctx.ask_for_link();
create trigger end_with_link after delete on linked_accounts
  for each row execute function ctx.end_with_link();
create trigger forget_link after delete on linked_accounts
  for each row when (old.waits) execute function ctx.ask_for_link();
create trigger hold_link before insert on linked_accounts
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.hold_link();

create trigger check_roles before insert or update on members
  for each row execute function ctx.check_roles();
create trigger end_glass after update on members
  for each row execute function ctx.end_glass();
create trigger end_passes after update on members
  for each row execute function ctx.end_passes();
create trigger end_with_member after update on members
  for each row execute function ctx.end_with_member();
create trigger hold_roles before insert or update of roles, shift_only on members
  for each row when (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name])) execute function ctx.hold_roles();
create trigger keep_last_lead before update on members
  for each row when (old.roles && array['data-protection lead'] and not old.gone and old.ended_at is null and
    (CURRENT_USER = 'safelight_relations'::name or (CURRENT_USER = any (array['safelight_public'::name,
    'safelight_staff'::name, 'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name,
    'safelight_auditor'::name, 'safelight_safeguarding'::name, 'safelight_leader'::name])))) execute function
    ctx.keep_last_lead();
create trigger keep_leavers_out before update on members
  for each row when (old.gone and (CURRENT_USER = any (array['safelight_public'::name, 'safelight_staff'::name,
    'safelight_field'::name, 'safelight_statistics'::name, 'safelight_publisher'::name, 'safelight_auditor'::name,
    'safelight_safeguarding'::name, 'safelight_leader'::name]))) execute function ctx.keep_leavers_out();
create trigger keep_terms after insert or update on members
  for each row execute function ctx.keep_terms();
create trigger leave_teams after update on members
  for each row execute function ctx.leave_teams();
create trigger unlink_leaver after update on members
  for each row execute function ctx.unlink_leaver();

create trigger first_way_in after insert on passkeys
  for each row execute function ctx.first_way_in();

create trigger end_with_exception after update on safeguarding_exceptions
  for each row execute function ctx.end_with_exception();

create trigger ended_stays_ended before update on sessions
  for each row execute function ctx.ended_stays_ended();
create trigger open_while_here before insert on sessions
  for each row execute function ctx.open_while_here();
