/** The intake: the way through the form; and a report of 500 bytes from the press of "Send" to its receipt, sealed, logged and on disk. Beside the least that a durable insert of as many bytes costs; empty, and after a million. */

import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../src/platform/embedded-postgres/embedded.ts';
import { attend } from '../../src/reports/examples.ts';
import { deriveDraftKeys, newToken, sealDraft } from '../../src/reports/intake/draft.ts';
import { formatReceiptAsDigits, newReceipt } from '../../src/reports/mailbox/receipt.ts';
import { openSealing } from '../../src/reports/sealing/sealing.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { migrateEmbedded, postmasterOf } from '../harness/embedded.ts';
import { by, type Effort, type Line } from './effort.ts';
import {
  firstLine,
  inTurn,
  type Measured,
  median,
  type Printed,
  printed,
  range,
  refuseErrors,
  start,
  stop,
} from './processes.ts';
import { familyTime, processorTime } from './processor.ts';
import { measureWalk } from './walk.ts';

type Server = { readonly url: string; readonly child: ChildProcess };

const member = { id: newTimelessId(), agencyId: newTimelessId() };
/** What a report of 500 bytes takes in all columns of its three rows, the log's too, padded, wrapped and found by its receipt. */
const storedBytes = 1_550;
const mostPerSecond = 2_600;

export async function measureIntake(effort: Effort): Promise<readonly Line[]> {
  const reports = by(effort, 1_000_000, 100_000, 2_000);
  const [rounds, seconds, warmUps] = by(effort, [5, 3, 1], [3, 2, 1], [1, 1, 0]);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-intake-'));
  const embedded = await openEmbedded(folder);
  const owner = new pg.Client({ connectionString: embedded.superuserAddress(databaseNames.main) });
  const servers: Server[] = [];
  const keyFile = join(folder, 'keys.json');
  /** Every press of "Send" must have left a report: what was only answered is an error. */
  const ask = async (server: Server, connections: number, counted: boolean): Promise<Measured> => {
    const tokens = counted
      ? await newDrafts(owner, mostPerSecond * seconds)
      : Array(mostPerSecond * 6 * seconds).fill('x');
    const file = join(folder, 'drafts');
    writeFileSync(file, tokens.join('\n'));
    const before = await countOf(owner);
    const used = (): readonly [number, number] => [
      processorTime(server.child.pid ?? 0),
      familyTime(postmasterOf(embedded)),
    ];
    const press = await readyToPress(server.url, connections, seconds, file);
    const [ours, database] = used();
    const found = await press();
    const [oursThen, databaseThen] = used();
    const kept = (await countOf(owner)) - before;
    const each = (time: number): number => time / found.requests;
    return {
      ...found,
      errors: found.errors + (counted ? Math.max(0, found.requests - kept) : 0),
      processor: each(oursThen - ours),
      database: each(databaseThen - database),
    };
  };
  try {
    await prepare(embedded, owner, keyFile);
    servers.push(await openServer('ours', embedded, keyFile), await openServer('bare', embedded, keyFile));
    const [ours, bare] = servers as [Server, Server];
    const walked = await measureWalk(ours.url, by(effort, 100, 25, 2));
    const rates = async (): Promise<readonly Pair[]> => {
      await owner.query('checkpoint'); // Once, as in service: after each, a first touch of every page is dear.
      const found = await inTurn(
        () => ask(ours, 16, true),
        () => ask(bare, 16, false),
        rounds + warmUps,
      );
      return found.slice(warmUps);
    };
    const first = await rates();
    await fill(owner, reports);
    const last = await rates();
    const many: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) many.push(await ask(ours, 32, true));
    return [...walked, ...figures(first, last, many, reports)];
  } finally {
    for (const { child } of servers) await stop(child);
    await owner.end();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both lines are attended, and there is a table for the bare inserts. */
async function prepare(embedded: Embedded, owner: pg.Client, keyFile: string): Promise<void> {
  await migrateEmbedded(embedded);
  await owner.connect();
  await owner.query('create table bench_reports (id bigint generated always as identity primary key, sealed bytea)');
  await owner.query(`grant insert on bench_reports to ${new URL(embedded.addresses.main.owner ?? '').username}`);
  for (const [line, store] of [
    ['police', 'main'],
    ['help', 'safeguarding'],
  ] as const) {
    const all = openDatabase(embedded.superuserAddress(databaseNames[store]), { maxConnections: 1 });
    await attend(all, UnitKeys.fromFile(keyFile), line, member, new Date()).finally(() => all.destroy());
  }
  await openSealing();
}

async function openServer(kind: 'ours' | 'bare', { addresses }: Embedded, keyFile: string): Promise<Server> {
  const child = start(join(import.meta.dirname, 'intake-server.ts'), [kind], {
    BENCH_ADDRESSES: JSON.stringify(addresses),
    BENCH_KEYS: keyFile,
    BENCH_BYTES: String(storedBytes),
  });
  return { child, url: `http://127.0.0.1:${await firstLine(child)}` };
}

/** Ready when the entrances have been passed: that is not measured. */
async function readyToPress(
  url: string,
  connections: number,
  seconds: number,
  file: string,
): Promise<() => Promise<Printed>> {
  const child = start(join(import.meta.dirname, 'intake-load.ts'), [url, String(connections), String(seconds), file]);
  await firstLine(child);
  const found = printed(child);
  return () => {
    child.kill('SIGUSR2');
    return found;
  };
}

const countOf = async (owner: pg.Client): Promise<number> =>
  Number((await owner.query('select count(*) as count from reports')).rows[0].count);

/** Reports complete except for the last question, as the pages before would have left them. */
async function newDrafts(owner: pg.Client, count: number): Promise<readonly string[]> {
  await owner.query('truncate report_drafts');
  const tokens = Array.from({ length: count }, newToken);
  const what = 'They carry water up the stairs at night. '.repeat(13).slice(0, 500);
  const endsAt = new Date((Math.floor(Date.now() / 3_600_000) + 3) * 3_600_000);
  for (let from = 0; from < count; from += 2_000) {
    const piece = tokens.slice(from, from + 2_000).map(deriveDraftKeys);
    const sealed = piece.map((found) =>
      sealDraft(found, {
        kind: 'telling',
        reportId: newTimelessId(),
        answers: { who: 'worried', now: 'no', what },
        step: 'reach',
        checked: false,
        receipt: formatReceiptAsDigits(newReceipt()),
      }),
    );
    await owner.query(
      'insert into report_drafts (hash, sealed, ends_at) select hash, sealed, $3 from unnest($1::bytea[], $2::bytea[]) as drafts (hash, sealed)',
      [piece.map(({ hash }) => hash), sealed, endsAt],
    );
  }
  return tokens;
}

/** Like a public site that has run for years: realistic sizes, all constraints. */
async function fill(owner: pg.Client, count: number): Promise<void> {
  const began = performance.now();
  const bytes = (length: number): string => `'\\x${randomBytes(length).toString('hex')}'::bytea`;
  const hour = `date_trunc('hour', now()) - (n % 8760) * interval '1 hour'`;
  await owner.query('set synchronous_commit = off');
  await owner.query(
    `with told as (
       insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
       select gen_random_uuid(), '${member.agencyId}', 'public form', ${bytes(121)}, sha256(n::text::bytea), ${bytes(73)},
              ${hour}, ${hour}, ${hour}, false, 'first', 'closed', false from generate_series(1, ${count}) n
       returning id, received_at)
     insert into report_parts (id, report_id, place, kind, sealed, written_at)
       select gen_random_uuid(), id, 0, 'told', ${bytes(1_065)}, received_at from told`,
  );
  await owner.query(
    `insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
       select received_at, 'collection', 'report.received', 'anyone', 'information', id, '${member.agencyId}', gen_random_uuid() from reports`,
  );
  await owner.query('set synchronous_commit = on');
  await owner.query('vacuum analyze reports, report_parts, access_log');
  await owner.query('checkpoint');
  const took = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${count.toLocaleString('en-GB')} reports and their log rows, filled in ${took} s`);
}

type Pair = { readonly ours: Measured; readonly theirs: Measured };

function figures(first: readonly Pair[], last: readonly Pair[], many: readonly Measured[], reports: number): Line[] {
  const ours = [...first, ...last].map((pair) => pair.ours);
  refuseErrors('intake of a report', [...ours, ...many]);
  const errors = [...first, ...last].reduce((sum, { ours, theirs }) => sum + ours.errors + theirs.errors, 0);
  const lost = errors + many.reduce((sum, one) => sum + one.errors, 0);
  const shares = (pairs: readonly Pair[]) => pairs.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond);
  const rate = (all: readonly Measured[]): string =>
    `${median(all.map((one) => one.perSecond)).toFixed(0)} a second (processor ${median(all.map((one) => one.processor)).toFixed(0)} µs of the server, ${median(all.map((one) => one.database)).toFixed(0)} of the database)`;
  const failed = lost ? `, ${lost} LOST OR FAILED` : '';
  const after = `after ${reports.toLocaleString('en-GB')}`;
  return [
    {
      what: 'intake of a report beside a bare durable insert of as many bytes, 16 connections',
      value: median(shares(last)),
      unit: '×',
      pass: 0.3,
      aim: 0.5,
      more: `${rate(last.map(({ ours }) => ours))} beside ${rate(last.map(({ theirs }) => theirs))} ${after}, rounds ${range(shares(last))}; ${median(shares(first)).toFixed(2)} when empty${failed}`,
    },
    {
      what: 'p99 of an intake, 32 connections',
      value: median(many.map(({ p99 }) => p99)),
      unit: 'ms',
      pass: 30,
      aim: 25,
      more: `p50 ${median(many.map(({ p50 }) => p50))} ms, ${rate(many)}`,
    },
    {
      what: 'time of an intake after a million beside the first',
      value: median(shares(first)) / median(shares(last)),
      unit: '×',
      pass: 1.2,
      aim: 1.05,
      more: `each beside the bare insert of its own rounds; ${rate(first.map(({ ours }) => ours))} when empty, ${rate(last.map(({ ours }) => ours))} ${after}`,
    },
  ];
}
