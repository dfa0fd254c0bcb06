import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../src/app.ts';
import { roleName } from '../../src/platform/access-policy/row-policies.ts';
import { databaseRoles, storeRoles } from '../../src/platform/config.ts';
import { openApplication } from '../fixtures/application.ts';
import { listed } from '../harness/listed.ts';
import { query } from '../harness/sql.ts';
import { newTally, tryGrants } from './cells.ts';
import { tryGuard } from './guard.ts';
import { type Door, Oracle } from './oracle.ts';
import { grantsOf } from './probe.ts';
import { openWorld, stores } from './world.ts';

/** Each sees more than who calls it, for one purpose, and hands out no more than that. */
const everyDoor = ['staff', 'statistics', 'publisher', 'auditor'] as const;
const everyDoorAndApart = ['staff', 'statistics', 'publisher', 'auditor', 'safeguarding'] as const;
const definers: Readonly<Record<string, readonly string[]>> = {
  enter: everyDoor,
  broken_glass: everyDoor,
  // Locks the session, so that ending a member waits for the running change.
  hold_session: everyDoor,
  glass_to_review: ['staff', 'statistics', 'auditor'],
  ...calledBy(
    'staff',
    `
    credentials, open_session, close_session, used_after_end, sessions_seen, former_session, passkey,
    passkey_used, code_generator, use_step, recovery_codes, use_recovery_code, tell_at_sign_in, notices_wait,
    own_account, change_own_password, open_challenge, challenge, take_challenge, salt_of, reserve_try, settle_try,
    invitation, accept_invitation, shift_pass_holder, use_shift_pass, sign_ons, begin_sign_on, take_sign_on,
    member_of_subject, join_by_sign_on, team_days, agency_waits, invited_operations, decision_to_proceed, added_since_decision, name_held, encounters_ending, entries_by_others, immigration_kept_out, of_immigration, opened, opened_after, planned_visits_ending, take_over_referral, nobody_at_home, custody_standing, notices_standing, records_standing`,
  ),
  // Compared with a release by the app, and shown to nobody.
  case_names: ['staff'],
  // It takes in what it cannot read.
  ...calledBy(
    'public',
    `
    receive_as_told, add_report_files, mailbox, add_to_report, withdraw_report, add_files_later, draft,
    turn_draft, end_draft, cap_drafts, on_call_now`,
  ),
  // Information for the public, also shown to a member who takes a report for somebody.
  attendance_now: ['public', 'staff', 'safeguarding'],
  // What the public site says: the approved versions, and nothing of who proposed or decided.
  published_settings: ['public', 'staff'],
  take_report: ['staff', 'safeguarding'],
  contact_opened: ['staff', 'safeguarding'],
  contact_held: ['staff', 'safeguarding'],
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
  people_like: ['safeguarding'],
  persons_ending: ['safeguarding'],
  mark_person: ['safeguarding'],
  ...calledBy(
    'safeguarding',
    `people_kept_here, meetings_kept_here, erasure_leaves, asked_by_person, council_notified, grants_opened, on_call_at`,
  ),
  retention_counts: ['staff', 'safeguarding'],
  retention_next: ['staff', 'safeguarding'],
  certificate_leaves: ['staff', 'safeguarding'],
  // Rows of the caller’s own, without what they say.
  recently_opened: ['staff', 'safeguarding', 'statistics'],
  claim_key: everyDoorAndApart,
  claimed_key: everyDoorAndApart,
  answer_key: everyDoorAndApart,
  release_key: everyDoorAndApart,
  ...calledBy(
    undefined,
    `
    marks_lost, kept_people, kept_meetings, erase_hers, take_over_meeting, keep_retention_facts, hold_record`,
  ),
  ...calledBy(
    'leader',
    `
    forget_keys, end_old_sessions, forget_tries, forget_drafts, see_leavers_out, destroy_erased,
    destroy_due_reports, ring_on, report_files_among, unmarked_persons, mark_anew, take_custody_notice,
    ring_custodians, take_information_answer, people_kept, rules_of_keeping, erase_person, keys_waiting,
    keys_destroyed, meetings_kept, erase_meeting, forget_heard, unsealed_reasons, seal_reason, write_marks_anew,
    dispose_encounters, papers_among, plan_files_among, visit_photos_among, notice_recipients, agency_of_member,
    tell_of_information_answer, remind_of_information_deadlines`,
  ),
  // That a count goes on, or ended without a return.
  tell_of_count: ['statistics'],
  discard_return: ['statistics'],
  release_waits: ['staff'],
  ...calledBy('auditor', `asked_for, log_rows_about, standings_of, names_beside`),
  // By triggers, or by one of the others.
  ...calledBy(
    undefined,
    `
    live_session, owner_of, owners_of, fill_owner, refuse_unfinished, keep_terms, check_roles, first_way_in, end_sessions,
    end_with_member, end_with_agency, end_with_exception, open_while_here, leave_teams, end_passes, unlink_leaver,
    end_with_link, briefing_at, align_team, follow_plan, follow_invitation, keep_invitations, keep_waiting_out,
    agreement_counts, begins_at_once, wait_for, hold_roles, keep_handled,
    keep_confirmation_decisions, follow_confirmation, hold_link, ask_for_link, keep_leavers_out, keep_last_lead,
    keep_agencies, keep_accounts, refuse_look_alike, keep_passes, stamp_consents, keep_consents,
    keep_person_grants, stamp_withdrawn_grants, keep_withdrawn_grants, stamp_disclosures, keep_disclosures,
    keep_told_without_consent, end_grants_on_consent, withdraw_refused_consents, tell_of_grant_end, announce_grant_end, end_referral_of_grant,
    end_grant_of_referral, name_request_of_end, keep_referrals, keep_called_back, keep_referral_messages,
    number_contact_notes, number_safeguarding_papers, keep_nrm_drafts, keep_granted_papers, keep_custody_notices, keep_custody_urgent_pages,
    keep_information_requests, keep_information_decisions, forget_agreed, keep_second_person_of_custody_notices,
    keep_second_person_of_information_decisions, keep_identity_requests, keep_identity_request_decisions,
    keep_identity_request_ends, likely_owner_of, keep_outcome, keep_holds, reports_due, raise_alert, keep_alerts,
    keep_source_identity_requests, keep_taken_back, forget_terms, original_held, keep_source_identity_decisions,
    keep_reading_hours, keep_public_settings, keep_public_setting_decisions, keep_glass, tell_of_glass, end_glass, keep_reviews, refuse_final,
    keep_first_signatures, keep_second_signatures, keep_exchange_documents, keep_received_taskings, keep_signed_numbers, keep_published_numbers,
    withdraw_stopped`,
  ),
};

/** A process without access to a store calls nothing there. */
const callersIn = (store: (typeof stores)[number], name: string): string[] =>
  (definers[name] ?? [])
    .filter((role) => storeRoles[store].some((one) => one === role))
    // A coordinator asks what they opened of the main store alone.
    .filter((role) => !(name === 'recently_opened' && role === 'statistics' && store === 'safeguarding'))
    .map((role) => `safelight_${role}`)
    .sort();

function calledBy(role: string | undefined, names: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(listed(names).map((name) => [name, role ? [role] : []]));
}

test('what the catalogue of each store holds is what the statement says, and no role has more', async (t) => {
  const world = await openWorld(await openApplication(t));
  const { db, safeguardingDb } = world.application;
  const oracle = new Oracle(world);
  for (const store of stores) {
    const own = store === 'main' ? db : safeguardingDb;
    const may = await grantsOf(own);
    const tally = newTally();
    for (const role of storeRoles[store]) tryGrants(oracle, `${store}/${role}` as Door, world.tables, may, tally);
    assert.deepEqual([...tally.wrong.keys()], []);
    const outside = databaseRoles.filter((role) => !storeRoles[store].includes(role)).map(roleName);
    assert.deepEqual(
      [...may].filter((grant) => outside.includes(grant.split(' ')[0] ?? '')),
      [],
      'whoever may not enter holds nothing',
    );

    const lax = await query<{
      name: string;
    }>(own)`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relname <> 'schema_changes' and (
        (c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity))
        or (c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))
        or c.relkind in ('m', 'f'))`;
    assert.deepEqual(lax, [], 'every table forces its row policies, every view is as strong as who asks');

    const bare = await query<{ grant: string }>(own)`
      select distinct concat_ws(' ', r.rolname, v.word, c.relname) as grant
      from pg_roles r, pg_class c, (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) as v (word, letter)
      where r.rolname = any (${databaseRoles.map(roleName)}) and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and case v.word when 'DELETE' then has_table_privilege(r.oid, c.oid, 'DELETE') else has_any_column_privilege(r.oid, c.oid, v.word) end
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd::text = v.letter and r.oid = any (p.polroles))`;
    assert.deepEqual(bare, [], 'no grant without a policy of its own');

    const functions = await query<{ name: string; fixed: boolean; callers: string[] }>(own)`
      select p.proname as name, coalesce(p.proconfig @> array['search_path=public, pg_temp'], false) as fixed,
        array(select r.rolname::text from pg_roles r where r.rolname = any (${databaseRoles.map(roleName)})
              and has_function_privilege(r.oid, p.oid, 'EXECUTE') order by 1) as callers
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'ctx')`;
    for (const { name, fixed, callers } of functions) {
      assert.ok(name in definers, `${name} sees more than who calls it: say here who may call it`);
      assert.ok(fixed, `${name} has no search path of its own`);
      assert.deepEqual(callers, callersIn(store, name), name);
    }
  }
});

test('what a class is said to be open for is what its tables are granted: no word without a right, no right without a word', () => {
  for (const [name, { tables, rules, means }] of Object.entries(access.policy)) {
    assert.ok(means.length > 0, name);
    const opened = rules.flatMap((rule) => (rule.fields ? [rule.fields] : []));
    const groups = Object.values(tables).flatMap((shape) => Object.keys(shape.groups ?? {}));
    for (const group of groups) assert.ok(opened.includes(group), `${name}: no rule opens the fields ${group}`);
    for (const group of opened)
      assert.ok(group === 'none' || groups.includes(group), `${name}: no table has the fields ${group}`);
  }
});

test('which actions each role and pair of roles may begin is what the statement says', () => {
  const { cells, wrong } = tryGuard(access);
  assert.deepEqual(wrong, []);
  assert.ok(cells > 10_000);
});
