/** How long people's records are kept, as it is said at every agency, also at those of the other side: so that a rule that forgot the side or the agency is noticed. */
import { sql } from 'kysely';
import type { Agency } from '../../src/identity/agencies/index.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { withoutTriggers } from '../harness/sql.ts';
import type { Cast } from './people.ts';
import type { Written } from './records-consent.ts';

const reason = 'An invented reason of a sentence';
const at = '2026-09-18T09:00:00Z';
const kinds = [
  ['hold', 'legal hold', '2026-12-01'],
  ['class', 'person helped', null],
  ['asked to go', 'the person asked', null],
] as const;

export async function addLettingGo(
  { safeguardingDb: db }: TestApplication,
  notes: readonly Written[],
  agencies: readonly Agency[],
  cast: Cast['people'],
): Promise<void> {
  await withoutTriggers(db, async (run, tx) => {
    // The module's own tests cover the trigger: here are rows that no request could have made.
    const { rows: people } = await sql<{ id: string; agencyId: string }>`
      select id, agency_id from persons order by id`.execute(tx);
    for (const [index, { note }] of notes.entries()) {
      // Of a record of that agency, so that only the policy can refuse a copy of the row.
      const own = people.filter(({ agencyId }) => agencyId === note.agencyId);
      const person = own[index % own.length] ?? people[index % people.length];
      // An author who moved writes one of each kind, so that each clause has a row that tests it.
      for (const [what, detail, reviewOn] of kinds)
        await run`insert into retention_facts (id, person_id, agency_id, what, detail, reason, review_on, recorded_on, recorded_by)
          values (${newTimelessId()}, ${person?.id}, ${note.agencyId}, ${what}, ${detail}, ${reason}, ${reviewOn},
            '2026-09-18', ${note.authorId}) on conflict do nothing`;
      // And of the meeting, where no record was opened of it.
      await run`insert into retention_facts (id, encounter_id, agency_id, what, detail, reason, recorded_on, recorded_by)
        values (${newTimelessId()}, ${note.encounterId}, ${note.agencyId}, 'class', 'person helped', ${reason}, '2026-09-18', ${note.authorId})`;
      await run`insert into person_retention_rules (id, agency_id, class, months, source, valid_from, recorded_on, set_by, set_at)
        values (${newTimelessId()}, ${note.agencyId}, 'person helped', 24, 'Notice', '2026-09-18', '2026-09-18', ${note.authorId}, ${at})`;
      await run`insert into submitted_nrm_referrals values (${newTimelessId()}, ${newTimelessId()}, ${note.operationId}, ${note.agencyId}, 'council', 'referral')`;
      await run`insert into disposed_referrals values (${newTimelessId()}, ${note.operationId}, '2026-09-18', ${note.agencyId}, 'sent')`;
    }
    // In a member's own name, about a record of another agency.
    const keepers = cast.filter(({ member, side }) => side === 'help' && /lead|caseworker/.test(member.roles.join()));
    for (const { member, agency } of keepers.slice(0, 12)) {
      const other = people.find(({ agencyId }) => agencyId !== agency.id);
      if (!other) continue;
      await run`insert into retention_facts (id, person_id, agency_id, what, detail, reason, recorded_on, recorded_by)
        values (${newTimelessId()}, ${other.id}, ${other.agencyId}, 'class', 'person helped', ${reason}, '2026-09-18', ${member.id})`;
    }
    for (const agency of agencies) {
      const certificate = newTimelessId();
      await run`insert into person_erasure_certificates (id, person_id, agency_id, class, why, opened_at, records, keys, whole_keys, destroyed_at, log_request)
        values (${certificate}, ${newTimelessId()}, ${agency.id}, 'person helped', 'the rule in force', ${at}, 3, 1, 0, ${at}, ${newTimelessId()})`;
      await run`insert into keys_to_destroy values (decode(substring(md5(${certificate}) for 24), 'hex'), ${certificate})`;
    }
  });
}
