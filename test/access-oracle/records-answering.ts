/** Rows around reports: who is on call, urgent pages, questions to the source, retention. Each is written by every member near it, also by members who could never have written it. */
import type { Agency, Member } from '../../src/identity/agencies/index.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { query, withoutTriggers } from '../harness/sql.ts';

const reason = 'An invented reason of a sentence';
/** Until when, and what was decided; null where nobody did. */
const states = [
  ['2026-09-18T22:00:00Z', true],
  ['2026-09-18T10:30:00Z', true],
  ['2026-09-18T22:00:00Z', false],
  ['2026-09-18T22:00:00Z', null],
] as const;

/** Adds a report with a contact and a file. Access to a file must open nothing else of the report. */
export async function addAnswering(
  db: Db,
  agency: Agency,
  by: Member,
  { report, file }: { readonly report: string; readonly file: string },
  near: readonly Member[],
): Promise<void> {
  const at = '2026-09-18T09:00:00Z';
  await withoutTriggers(db, async (run, tx) => {
    // The module's own tests cover the triggers: here are rows that no request could have made.
    for (const [index, member] of [by, ...near].entries()) {
      await run`insert into on_call_shifts (id, agency_id, member_id, place, starts_at, ends_at, reached, set_by, set_at)
        values (${newTimelessId()}, ${agency.id}, ${member.id}, 1, ${at}, '2026-09-18T22:00:00Z', 'Duty telephone', ${by.id}, ${at})`;
      const [until, granted] = states[index % states.length] ?? states[0];
      await addOpening(tx, { report, agency, member, by, until, granted, file: null });
      await addOpening(tx, { report, agency, member, by, until: states[0][0], granted: true, file });
    }
    await run`insert into danger_urgent_pages (id, agency_id, raised_at) values (${report}, ${agency.id}, ${at}) on conflict do nothing`;
    await run`insert into report_retention_holds (id, report_id, agency_id, reason, review_on, set_by, set_at)
      values (${newTimelessId()}, ${report}, ${agency.id}, ${reason}, '2026-12-01', ${by.id}, ${at})`;
    const rule = newTimelessId();
    await run`insert into report_retention_rules (id, agency_id, outcome, days, source, valid_from, set_by, set_at)
      values (${rule}, ${agency.id}, 'advice given', 365, 'Notice', '2026-09-18', ${by.id}, ${at})`;
    await run`insert into report_erasure_certificates (id, report_id, agency_id, way, outcome, closed_at, rule_id, days, source, parts,
        had_contact, destroyed_at, log_request)
      values (${newTimelessId()}, ${newTimelessId()}, ${agency.id}, 'public form', 'advice given', ${at}, ${rule}, 365, 'Notice', 2,
        true, ${at}, ${newTimelessId()})`;
  });
}

type Opening = {
  readonly report: string;
  readonly file: string | null;
  readonly agency: Agency;
  readonly member: Member;
  readonly by: Member;
  readonly until: string;
  readonly granted: boolean | null;
};

async function addOpening(tx: Db, { report, file, agency, member, by, until, granted }: Opening): Promise<void> {
  const run = query(tx);
  const id = newTimelessId();
  const purpose = file ? 'forensic examination' : 'crime prevention';
  await run`insert into source_identity_requests (id, report_id, file_id, agency_id, asked_by, purpose, reason, asked_at, until)
    values (${id}, ${report}, ${file}, ${agency.id}, ${member.id}, ${purpose}, ${reason}, '2026-09-18T09:00:00Z', ${until})`;
  if (granted !== null)
    await run`insert into source_identity_decisions (id, granted, reasons, decided_by, decided_at)
      values (${id}, ${granted}, ${reason}, ${by.id}, '2026-09-18T10:00:00Z')`;
}
