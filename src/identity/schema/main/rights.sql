-- Agencies, members, how they sign in, and roles that a second person approves: what functions may read and change,
-- and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, insert, delete, update (password_hash) on accounts to safelight_relations;
grant select on agencies to safelight_relations;
grant select, insert, update, delete on code_generators, linked_accounts, passkeys, recovery_codes, sessions,
  sign_in_challenges, sign_in_notices, sign_in_salts, sign_in_attempts to safelight_relations;
grant select, insert, delete on confirmation_decisions, confirmations, sign_on_attempts, single_sign_on to
  safelight_relations;
grant select, insert, update on grants, member_terms, members to safelight_relations;
grant select, update on invitations, safeguarding_exceptions to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function
  ctx.enter(bytea, timestamptz),
  ctx.hold_session(bytea, timestamptz)
to safelight_auditor, safelight_publisher, safelight_staff, safelight_statistics;
grant execute on function
  ctx.end_old_sessions(timestamptz),
  ctx.forget_tries(timestamptz),
  ctx.see_leavers_out(timestamptz)
to safelight_leader;
grant execute on function
  ctx.accept_invitation(bytea, text, timestamptz),
  ctx.begin_sign_on(bytea, bytea, uuid, text, text, text, timestamptz),
  ctx.challenge(bytea, text, text),
  ctx.change_own_password(text),
  ctx.close_session(bytea),
  ctx.code_generator(uuid),
  ctx.credentials(text),
  ctx.former_session(bytea),
  ctx.invitation(bytea, timestamptz),
  ctx.join_by_sign_on(bytea, text, uuid, text, text, timestamptz),
  ctx.member_of_subject(uuid, text, text, timestamptz),
  ctx.nobody_at_home(uuid, uuid, uuid[]),
  ctx.notices_wait(uuid),
  ctx.open_challenge(bytea, text, text, uuid, timestamptz),
  ctx.open_session(bytea, uuid, timestamptz, text, boolean, boolean, jsonb),
  ctx.own_account(),
  ctx.passkey(bytea),
  ctx.passkey_used(uuid, bigint),
  ctx.recovery_codes(uuid),
  ctx.reserve_try(jsonb, timestamptz, timestamptz),
  ctx.salt_of(date, bytea),
  ctx.sessions_seen(jsonb),
  ctx.settle_try(jsonb, timestamptz, timestamptz, boolean),
  ctx.sign_ons(),
  ctx.take_challenge(bytea),
  ctx.take_sign_on(bytea, bytea, uuid, timestamptz),
  ctx.tell_at_sign_in(uuid, text),
  ctx.use_recovery_code(uuid),
  ctx.use_step(uuid, bigint),
  ctx.used_after_end(bytea, timestamptz)
to safelight_staff;
reset role;
