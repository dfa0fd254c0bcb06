/** `retention`: random histories with changing rules, holds and late answers; the database destroys what the pure rules say, none sooner and none later, each with its certificate and its row of the log. And how long the dry run takes. */

import { sql } from 'kysely';
import { dayOf } from '../../../src/platform/clock.ts';
import type { Db } from '../../../src/platform/database/database.ts';
import { runChore } from '../../../src/platform/jobs/outbox.ts';
import { addRetention, attend } from '../../../src/reports/examples.ts';
import {
  closingOutcomes,
  findRuleInForce,
  type Outcome,
  outcomes,
  type RetentionRule,
} from '../../../src/reports/retention/retention.ts';
import { destroyDueReports } from '../../../src/reports/retention/store.ts';
import { closedRecordStateOf } from '../../../src/retention/index.ts';
import { addDays } from '../../../src/vocabulary/calendar/days.ts';
import { newTimelessId } from '../../../src/vocabulary/ids.ts';
import { withApplication } from '../../fixtures/server.ts';
import { chance, type Row } from '../../harness/assurance.ts';

type Kept = { readonly id: string; readonly outcome: Outcome; readonly closedAt: Date; readonly held: boolean };

const day = 24 * 3_600_000;

/** Sealed by nobody: what is destroyed here is never opened. */
const fill = (db: Db, agency: string, now: Date, reports: number, seed: number): Promise<unknown> =>
  db.transaction().execute(async (tx) => {
    await sql`select setseed(${(seed % 10_000) / 10_000})`.execute(tx);
    await sql`
      insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, outcome, unread)
      select gen_random_uuid(), ${agency}, 'public form', decode(repeat('00', 120), 'hex'), null, null, h, h, h, false, 'first',
             case when chance < 0.1 then 'open' when chance < 0.15 then 'withdrawn' else 'closed' end,
             (array[${sql.join([...closingOutcomes])}])[1 + floor(random() * ${closingOutcomes.length})::integer], false
        from (select date_trunc('hour', ${now}::timestamptz - random() * interval '900 days') as h, random() as chance
                from generate_series(1, ${reports}::integer)) made`.execute(tx);
    await sql`insert into report_parts (id, report_id, place, kind, sealed, written_at)
      select gen_random_uuid(), id, 0, 'told', decode(repeat('00', 300), 'hex'), received_at from reports`.execute(tx);
    await sql`insert into report_contacts (id, agency_id, sealed_key, sealed)
      select id, agency_id, sealed_key, decode(repeat('00', 300), 'hex') from reports where random() < 0.4`.execute(tx);
    await sql`insert into report_retention_holds (id, report_id, agency_id, reason, review_on, set_by, set_at)
      select gen_random_uuid(), id, agency_id, 'An invented reason of a sentence', '2030-01-01', agency_id, ${now}
        from reports where random() < 0.05`.execute(tx);
  });

const closedNow = async (db: Db): Promise<readonly Kept[]> =>
  (
    await sql<Kept>`select id, outcome, closed_at, exists (select 1 from report_retention_holds h where h.report_id = r.id and h.ended_at is null) as held
      from reports r where closed_at is not null`.execute(db)
  ).rows;

const countOf = async (db: Db, what: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::integer as n from ${sql.raw(what)}`.execute(db)).rows[0]?.n ?? 0;

export const assureRetention = ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> =>
  withApplication(async (application) => {
    const { db, keys, clock } = application;
    const random = chance(seed);
    const force = await application.agency('police force');
    const lead = await application.member(force, ['data-protection lead']);
    await attend(db, keys, 'police', lead, clock.now());
    const reports = quick ? 5_000 : 100_000;
    await fill(db, force.id, clock.now(), reports, seed);
    await sql`analyze`.execute(db);

    const rules: RetentionRule[] = [];
    const said = async (): Promise<void> => {
      const now = clock.now();
      const more = outcomes
        .filter(() => random() < 0.7)
        .map(
          (outcome): RetentionRule => ({
            id: newTimelessId(),
            agencyId: force.id as RetentionRule['agencyId'],
            outcome,
            days: 1 + Math.floor(random() * 900),
            source: 'Notice',
            validFrom: addDays(dayOf(now), Math.floor(random() * 20)),
            setBy: lead.id as RetentionRule['setBy'],
            setAt: now,
          }),
        );
      rules.push(...more);
      if (more.length > 0) await addRetention(db, more);
    };

    let [early, late, destroyed, shown, slowest] = [0, 0, 0, 0, 0];
    for (let round = 0; round < 5; round += 1) {
      await said();
      clock.move(new Date(clock.now().getTime() + (20 + Math.floor(random() * 60)) * day));
      const now = clock.now();
      // Some reporters write again, some holds end.
      await sql`update reports set state = 'open', unread = true where random() < 0.01`.execute(db);
      const before = await closedNow(db);
      const due = new Set(
        before
          .filter(({ outcome, closedAt, held }) => {
            const holds = held ? [{ endedAt: null }] : [];
            return closedRecordStateOf(closedAt, findRuleInForce(rules, outcome, dayOf(now)), holds, now) === 'due';
          })
          .map(({ id }) => id),
      );
      const visitor = await application.signIn(lead);
      const began = performance.now();
      const page = await visitor.get('/staff/reports/retention');
      slowest = Math.max(slowest, performance.now() - began);
      const told = [...page.body.matchAll(/data-label="Due now"[^>]*>([\d,]+)/g)];
      shown += told.reduce((sum, [, count = '0']) => sum + Number(count.replaceAll(',', '')), 0);
      const chore = { name: 'destroy due reports', everySeconds: 1, run: destroyDueReports };
      while (await runChore(application.databases, clock, chore));
      const after = new Set((await closedNow(db)).map(({ id }) => id));
      for (const { id } of before) {
        if (after.has(id)) late += due.has(id) ? 1 : 0;
        else {
          destroyed += 1;
          early += due.has(id) ? 0 : 1;
        }
      }
    }
    const certificates = await countOf(db, 'report_erasure_certificates');
    const logged = await countOf(db, `access_log where kind = 'erasure' and event = 'report.destroyed'`);
    const left = await countOf(
      db,
      'report_parts p where not exists (select 1 from reports r where r.id = p.report_id)',
    );
    return [
      { what: 'reports destroyed before their time (must be 0)', figure: `${early}`, passed: early === 0 },
      { what: 'reports left after it (must be 0)', figure: `${late}`, passed: late === 0 },
      {
        what: 'destroyed, announced by the dry run, certified and logged (must be the same)',
        figure: `${destroyed}, ${shown}, ${certificates} and ${logged} of ${reports} in 5 rounds`,
        passed: destroyed > 0 && [shown, certificates, logged].every((count) => count === destroyed) && left === 0,
      },
      {
        what: `dry run of ${reports} reports, as the page answers (at most 3 s)`,
        figure: `${(slowest / 1_000).toFixed(2)} s`,
        passed: slowest <= 3_000,
      },
    ];
  });
