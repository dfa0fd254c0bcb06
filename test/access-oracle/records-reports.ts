/** Reports of both lines, at several agencies, in every state and with text of every kind; who is on call; and an unfinished report. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Agency } from '../../src/identity/agencies/index.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { addFile, addReport, addWords, attend } from '../../src/reports/examples.ts';
import type { IntakeLine } from '../../src/reports/report.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { type Cast, type Person, sometime } from './people.ts';
import { addAnswering } from './records-answering.ts';
import { addTriage } from './records-triage.ts';

const states = ['open', 'asked', 'closed', 'withdrawn'] as const;

export async function addReports(application: TestApplication, { agencies, people }: Cast): Promise<void> {
  const { force, otherForce, farForce, council, nurses, farHelp } = agencies;
  const takers = people.filter(({ standing }) => ['on the team', 'let in alone', 'let in'].includes(standing));
  await addLine(application, application.db, 'police', [force, otherForce, farForce, council], takers);
  await addLine(application, application.safeguardingDb, 'help', [council, nurses, farHelp, force], takers);
  await sql`insert into report_drafts (hash, before, sealed, ends_at)
    values (${randomBytes(32)}, ${randomBytes(32)}, ${randomBytes(80)}, '2026-09-18T14:00:00Z')`.execute(
    application.db,
  );
}

/** Also at agencies of the other side, where no process ever puts one: a rule that forgot the side is noticed. */
async function addLine(
  application: TestApplication,
  db: Db,
  line: IntakeLine,
  agencies: readonly Agency[],
  takers: readonly Person[],
): Promise<void> {
  for (const [index, agency] of agencies.entries()) {
    const by = await application.member(agency, ['data-protection lead'], `Writer at ${agency.name}`);
    const at = new Date(sometime.getTime() - index * 3_600_000);
    for (const [place, { member }] of takers.entries())
      if (place % agencies.length === index) await addTaking(db, application, line, agency, member, at);
    await attend(db, application.keys, line, by, at, { state: 'closed' });
    const near = takers.map(({ member }) => member).filter(({ agencyId }) => agencyId === agency.id);
    const all: string[] = [];
    for (const state of states) {
      const told = await addReport(db, application.keys, line, agency.id, at, {
        state,
        answers: { who: 'worried', what: 'Something invented', reach: 'yes', name: 'Ira Invented' },
      });
      all.push(told.id);
      const file = await addFile(db, application.keys, line, told.id);
      if (state !== 'asked') await addAnswering(db, agency, by, { report: told.id, file }, near);
      await addWords(db, line, told, { kind: 'added', place: 1, words: 'More', at });
      for (const [place, kind] of (['asked', 'replied', 'closed'] as const).entries())
        await addWords(db, line, told, { kind, place: place + 2, words: 'Thank you', at }, by);
    }
    if (line === 'police') await addTriage(db, agency, all, [by, ...near]);
  }
}

/** Also by members who could never have delivered one. */
async function addTaking(
  db: Db,
  application: TestApplication,
  line: IntakeLine,
  agency: Agency,
  by: Person['member'],
  at: Date,
): Promise<void> {
  const { id } = await addReport(db, application.keys, line, agency.id, at, { state: 'closed', way: 'partner' });
  await sql`insert into report_intakes (id, way, agency_id, taken_by, taken_for, taken_at)
    values (${id}, 'partner', ${agency.id}, ${by.id}, ${by.agencyId}, ${at})`.execute(db);
}
