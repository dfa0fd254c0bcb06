import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { roleName } from '../../platform/access-policy/row-policies.ts';
import { databaseRoles } from '../../platform/config.ts';

const callers: Readonly<Record<string, readonly string[]>> = {
  enter: ['staff', 'statistics', 'publisher', 'auditor'],
  credentials: ['staff'],
  open_session: ['staff'],
  close_session: ['staff'],
  end_old_sessions: ['leader'],
  destroy_erased: ['leader'],
  sessions_seen: ['staff'],
  used_after_end: ['staff'],
  passkey: ['staff'],
  passkey_used: ['staff'],
  code_generator: ['staff'],
  use_step: ['staff'],
  recovery_codes: ['staff'],
  use_recovery_code: ['staff'],
  tell_at_sign_in: ['staff'],
  notices_wait: ['staff'],
  former_session: ['staff'],
  own_account: ['staff'],
  change_own_password: ['staff'],
  open_challenge: ['staff'],
  challenge: ['staff'],
  take_challenge: ['staff'],
  salt_of: ['staff'],
  reserve_try: ['staff'],
  settle_try: ['staff'],
  forget_tries: ['leader'],
  notice_recipients: ['leader'],
  agency_of_member: ['leader'],
  tell_of_information_answer: ['leader'],
  remind_of_information_deadlines: ['leader'],
  team_days: ['staff'],
  agency_waits: ['staff'],
  invited_operations: ['staff'],
  added_since_decision: ['staff'],
  decision_to_proceed: ['staff'],
  name_held: ['staff'],
  entries_by_others: ['staff'],
  immigration_kept_out: ['staff'],
  of_immigration: ['staff'],
  opened: ['staff'],
  opened_after: ['staff'],
  take_over_referral: ['staff'],
  nobody_at_home: ['staff'],
  standings_of: ['auditor'],
  glass_to_review: ['staff', 'statistics', 'auditor'],
  asked_for: ['auditor'],
  log_rows_about: ['auditor'],
  names_beside: ['auditor'],
  hold_session: ['staff', 'statistics', 'publisher', 'auditor'],
  see_leavers_out: ['leader'],
  invitation: ['staff'],
  accept_invitation: ['staff'],
  shift_pass_holder: ['staff'],
  use_shift_pass: ['staff'],
  sign_ons: ['staff'],
  begin_sign_on: ['staff'],
  take_sign_on: ['staff'],
  member_of_subject: ['staff'],
  join_by_sign_on: ['staff'],
  attendance_now: ['public', 'staff'],
  published_settings: ['public', 'staff'],
  take_report: ['staff'],
  contact_opened: ['staff'],
  contact_held: ['staff'],
  source_identity_to_compare: ['staff'],
  source_comparisons: ['staff'],
  dispose_intelligence_item: ['staff'],
  answer_deconfliction: ['staff'],
  count_deconfliction: ['leader'],
  participants_to_tell: ['leader'],
  parties_to_compare: ['leader'],
  plans_to_compare: ['leader'],
  note_deconfliction: ['leader'],
  remove_intelligence_entity: ['staff'],
  retention_counts: ['staff'],
  retention_next: ['staff'],
  certificate_leaves: ['staff'],
  destroy_due_reports: ['leader'],
  ring_on: ['leader'],
  on_call_now: ['public'],
  receive_as_told: ['public'],
  add_report_files: ['public'],
  mailbox: ['public'],
  add_to_report: ['public'],
  add_files_later: ['public'],
  withdraw_report: ['public'],
  draft: ['public'],
  turn_draft: ['public'],
  end_draft: ['public'],
  forget_drafts: ['leader'],
  report_files_among: ['leader'],
  plan_files_among: ['leader'],
  visit_photos_among: ['leader'],
  original_held: [],
  custody_standing: ['staff'],
  notices_standing: ['staff'],
  records_standing: ['staff'],
  take_custody_notice: ['leader'],
  ring_custodians: ['leader'],
  take_information_answer: ['leader'],
  dispose_encounters: ['leader'],
  case_names: ['staff'],
  encounters_ending: ['staff'],
  planned_visits_ending: ['staff'],
  cap_drafts: ['public'],
  claim_key: ['staff', 'statistics', 'publisher', 'auditor'],
  claimed_key: ['staff', 'statistics', 'publisher', 'auditor'],
  answer_key: ['staff', 'statistics', 'publisher', 'auditor'],
  release_key: ['staff', 'statistics', 'publisher', 'auditor'],
  forget_keys: ['leader'],
  tell_of_count: ['statistics'],
  discard_return: ['statistics'],
  release_waits: ['staff'],
  recently_opened: ['staff', 'statistics'],
};

test('only the named processes may call a function that sees more than its caller', async (t) => {
  const { db } = await openApplication(t);
  const { rows } = await sql<{ id: number; name: string; role: string; may: boolean }>`
    select p.oid::int as id, proname as name, rolname as role, has_function_privilege(r.oid, p.oid, 'execute') as may
    from pg_proc p join pg_namespace n on n.oid = pronamespace cross join pg_roles r
    where prosecdef and prorettype <> 'trigger'::regtype and nspname in ('ctx', 'public') and rolname = any (${databaseRoles.map(roleName)})`.execute(
    db,
  );
  assert.ok(rows.length >= Object.keys(callers).length * databaseRoles.length);
  for (const { name, role, may } of rows)
    assert.equal(
      may,
      (callers[name] ?? []).some((one) => role === `safelight_${one}`),
      `${role} and ${name}`,
    );
});

test('the database refuses roles that have no need of passwords and sessions', async (t) => {
  const { databases } = await openApplication(t);
  for (const role of ['public', 'publisher', 'statistics', 'auditor', 'leader'] as const) {
    const db = databases.for('main', role);
    await assert.rejects(sql`select * from ctx.credentials('a@example.org')`.execute(db), /permission denied/, role);
    await assert.rejects(
      sql`select ctx.open_session('x', gen_random_uuid(), now(), 'password', false, false, '{}')`.execute(db),
      /permission denied/,
      role,
    );
  }
});
