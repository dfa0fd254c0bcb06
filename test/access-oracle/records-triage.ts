/** Rows around reports to police about one matter: terms, decisions and acceptances. Each is written by every member near it, also by members who could never have written it. */
import type { Agency, Member } from '../../src/identity/agencies/index.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { pairOf } from '../../src/vocabulary/judgements.ts';
import { withoutTriggers } from '../harness/sql.ts';

/** Takes reports of one agency. Each is compared, the first two became intelligence, and each next two were decided about. */
export async function addTriage(
  db: Db,
  agency: Agency,
  reports: readonly string[],
  members: readonly Member[],
): Promise<void> {
  const at = '2026-09-18T09:00:00Z';
  await withoutTriggers(db, async (run) => {
    for (const [index, report] of reports.entries()) {
      await run`insert into report_term_sets (report_id, agency_id, parts) values (${report}, ${agency.id}, 1)`;
      await run`insert into report_terms (report_id, term, agency_id) values (${report}, ${index}, ${agency.id})`;
      const member = members[index % members.length];
      if (!member) continue;
      // One by somebody who may, so that the rule about roles is tried.
      const accepting = index === 0 ? (members.find(({ roles }) => roles.includes('triage')) ?? member) : member;
      if (index < 2)
        await run`insert into report_acceptances (id, agency_id, accepted_by, accepted_at)
          values (${report}, ${agency.id}, ${accepting.id}, ${at})`;
      const next = reports[index + 1];
      if (next === undefined) continue;
      const { one, other } = pairOf(report, next);
      await run`insert into report_matter_decisions (id, agency_id, one, other, verdict, decided_by, decided_at)
        values (${newId()}, ${agency.id}, ${one}, ${other}, 'same', ${member.id}, ${at})`;
    }
  });
}
