/** A word of its own in each record, so that whichever page, list or file it comes out of, it is known whose it was. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { withoutTriggers } from '../harness/sql.ts';

/** Which text of a record bears it. Sealed texts are written with it. */
export const marked: Readonly<Record<StoreName, Readonly<Record<string, string>>>> = {
  main: {
    operations: 'code_name',
    weeks: 'name',
    agreements: 'reference',
    exchange_weeks: 'name',
    exchange_keys: 'name',
    exchange_documents: 'file_name',
    coordinator_keys: 'name',
    teams: 'name',
    partners: 'printed_name',
    partner_defaults: 'printed_name',
    policy_log: 'words',
    premises: 'name',
    powers: 'reference',
    plan_files: 'title',
    planned_visits: 'reason',
    visit_photos: 'caption',
    visits: 'answered_by',
    encounter_names: 'sealed_name',
    observations: 'context',
    arrests: 'custody_ref',
    seizures: 'exhibit_ref',
    searches: 'rooms',
    nrm_referral_contents: 'sealed_content',
    deconfliction_contacts: 'name',
    deconfliction_partners: 'name',
    deconfliction_hidden: 'reason',
    deconfliction_matches: 'contact_name',
    intelligence_shares: 'purpose',
    intelligence_items: 'sealed_content',
    intelligence_entities: 'sealed_content',
    intelligence_link_decisions: 'reason',
    intelligence_proposals: 'sealed_content',
    releases: 'title',
    imported_releases: 'title',
    press_contacts: 'newsroom',
    published_weeks: 'name',
    break_glass: 'reason',
    invitations: 'name',
    safeguarding_exceptions: 'reason',
    subject_access_requests: 'reference',
    access_reviews: 'words',
    log_witnesses: 'name',
    passkeys: 'name',
    sign_in_notices: 'what',
  },
  safeguarding: {
    notes: 'sealed_wants',
    referrals: 'sealed_words',
    referral_messages: 'sealed_words',
    persons: 'sealed_details',
    contact_notes: 'sealed_note',
    person_documents: 'sealed_document',
    person_actions: 'sealed_action',
    handovers: 'sealed_words',
    case_meetings: 'sealed_content',
    meeting_cases: 'sealed_content',
    reception_debriefs: 'sealed_words',
    nrm_drafts: 'sealed_content',
    subject_access_requests: 'reference',
    access_reviews: 'words',
  },
};

/** Letters alone: a digit would be a figure to some pages. */
export const markOf = (table: string, id: unknown): string =>
  `Mark${[...createHash('md5').update(`${table}/${id}`).digest('hex').slice(0, 12)].map((digit) => 'klmnopqrstuvwxyz'[Number.parseInt(digit, 16)]).join('')}`;
const digits = '0123456789abcdef';

export async function markRecords(db: Db, store: StoreName): Promise<void> {
  await withoutTriggers(db, async (run) => {
    for (const [table, column] of Object.entries(marked[store])) {
      if (column.startsWith('sealed_')) continue;
      const letters = sql`'Mark' || translate(left(md5(${`${table}/`} || id::text), 12), ${digits}, 'klmnopqrstuvwxyz')`;
      const words = table === 'break_glass' ? sql`${letters} || ' needs the plan tonight'` : letters;
      await run`update ${sql.id(table)} set ${sql.id(column)} = ${words}`;
    }
    if (store === 'main') await run`update releases set shown_title = title`;
  });
}
