/** Fail closed: the log down, read-only, slow; then the server killed outright, and the database too, in the middle of reads and changes. No answer without its row, no change without its row. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Db, openDatabase } from '../../src/platform/database.ts';
import { sessionCookie } from '../../src/platform/doors.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../src/platform/embedded.ts';
import { migrate } from '../../src/platform/migrate.ts';
import type { Assured } from '../assurance.ts';
import { fill } from '../bench/audited-fill.ts';
import { chance } from './world.ts';

type Target = { readonly id: string; readonly token: string };
type Answered = { readonly reads: Map<string, number>; changes: number; readonly statuses: Map<number, number> };

const size = { members: 20, records: 20_000, logRows: 100 };

export async function assureClosed({
  seed,
  quick,
}: {
  readonly seed: number;
  readonly quick: boolean;
}): Promise<readonly Assured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-closed-'));
  let embedded = await openEmbedded(folder, { tell: () => {}, lost: () => {} });
  try {
    const { house } = await import('../../src/app.ts');
    for (const store of ['main', 'safeguarding'] as const) {
      const owner = openDatabase(embedded.addresses[store].owner ?? '', { most: 2 });
      await migrate(owner, store, house, embedded.passwords).finally(() => owner.destroy());
    }
    const { tokens, idsOf } = await fill(embedded.superuserAddress(databaseNames.main), size, new Date());
    const targets = Array.from({ length: 2_000 }, (_, number): Target => {
      const member = number % size.members;
      return { id: idsOf(member, Math.floor(number / size.members)), token: tokens[member] ?? '' };
    });
    const refused = await whileTheLogFails(embedded, targets);
    const random = chance(seed);
    const answered: Answered = { reads: new Map(), changes: 0, statuses: new Map() };
    const kills = quick ? 4 : 40;
    for (let kill = 0; kill < kills; kill += 1) {
      const withDatabase = kill % 3 === 1;
      await untilKilled(embedded, targets, answered, 20 + random() * 300, withDatabase);
      if (withDatabase) {
        await embedded.stop().catch(() => {});
        embedded = await openEmbedded(folder, { tell: () => {}, lost: () => {} });
      }
    }
    return [...refused, ...(await reckon(embedded, answered, kills))];
  } finally {
    await embedded.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startServer({ addresses }: Embedded): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-server.ts')], {
    env: { ...process.env, HOUSE_ADDRESSES: JSON.stringify(addresses) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, child };
}

const read = (url: string, { id, token }: Target): Promise<Response> =>
  fetch(`${url}/staff/encounters/${id}/brief`, {
    headers: { cookie: `${sessionCookie}=${token}` },
    redirect: 'manual',
  });

type OpenForm = { readonly at: string; readonly cookie: string; readonly answers: Record<string, string> };

/** The form by which it is corrected how somebody was met, filled in but not yet sent. */
async function openForm(url: string, { id, token }: Target): Promise<OpenForm> {
  const at = `${url}/staff/encounters/${id}/correct`;
  const page = await fetch(at, { headers: { cookie: `${sessionCookie}=${token}` } });
  const html = await page.text();
  // The last of each counts, as in a browser: every form of a first page makes the token's cookie anew.
  const secret = page.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
  const hidden = (name: string): string =>
    [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].at(-1)?.[1] ?? '';
  const met = { place: 'works there', spokenTo: 'spoken to', age: 'adult', interpreter: 'by phone' };
  const answers = {
    ...met,
    _csrf: hidden('_csrf'),
    base: hidden('base'),
    language: `Language ${Math.random()}`,
    why: 'A trial',
  };
  return { at, cookie: [`${sessionCookie}=${token}`, secret].join('; '), answers };
}

const send = ({ at, cookie, answers }: OpenForm): Promise<Response> =>
  fetch(at, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(answers),
  });

/** Readers and writers at work, until the server is killed at a moment that nobody chose. */
async function untilKilled(
  embedded: Embedded,
  targets: readonly Target[],
  answered: Answered,
  after: number,
  withDatabase: boolean,
): Promise<void> {
  const { url, child } = await startServer(embedded);
  let heard = 0;
  let over = false;
  const reader = async (from: number): Promise<void> => {
    for (let next = from; !over; next += 8) {
      const target = targets[next % targets.length] as Target;
      try {
        const answer = await read(url, target);
        const body = await answer.text();
        heard += 1;
        answered.statuses.set(answer.status, (answered.statuses.get(answer.status) ?? 0) + 1);
        if (body.includes('Romanian') || body.includes('Language'))
          answered.reads.set(target.id, (answered.reads.get(target.id) ?? 0) + 1);
      } catch {
        // The answer never came whole: nobody saw it.
      }
    }
  };
  const writer = async (from: number): Promise<void> => {
    for (let next = from; !over; next += 2) {
      try {
        const { status } = await send(await openForm(url, targets[next % targets.length] as Target));
        if (status === 303) answered.changes += 1;
      } catch {
        // It may have been made: its row then says so.
      }
    }
  };
  const work = [...[0, 1, 2, 3, 4, 5, 6, 7].map(reader), ...[1_000, 1_001].map(writer)];
  const patience = performance.now() + 20_000;
  while (heard < after && performance.now() < patience) await sleep(1);
  if (withDatabase) process.kill(postmasterOf(embedded), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  over = true;
  await Promise.all(work);
}

function postmasterOf({ superuserAddress }: Embedded): number {
  const run = new URL(superuserAddress()).searchParams.get('host') ?? '';
  return Number(readFileSync(join(run, '..', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Every record that was shown has at least as many rows as it was shown times; every change has exactly its row. */
async function reckon(embedded: Embedded, { reads, changes, statuses }: Answered, kills: number): Promise<Assured[]> {
  const db = openDatabase(embedded.superuserAddress(databaseNames.main), { most: 1 });
  try {
    const { rows } = await sql<{
      subject: string;
      rows: number;
    }>`select subject, count(*) as rows from access_log where event = 'encounter.shown' and request_id is not null and at > now() - interval '1 hour' and returned = '{}' and fields && array['language'] group by subject`.execute(
      db,
    );
    const written = new Map(rows.map(({ subject, rows: count }) => [subject, count]));
    const unwritten = [...reads].filter(([id, times]) => (written.get(id) ?? 0) < times).length;
    const shown = [...reads.values()].reduce((sum, times) => sum + times, 0);
    const { rows: made } = await sql<{
      versions: number;
      logged: number;
    }>`select (select count(*) from encounters_versions) as versions, (select count(*) from access_log where event = 'encounter.corrected') as logged`.execute(
      db,
    );
    const { versions = 0, logged = 0 } = made[0] ?? {};
    return [
      {
        what: `kill -9 of the server at ${kills} random moments, every third with the database: answers received without their row`,
        figure: `${shown} answers, ${unwritten} without (${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')})`,
        passed: unwritten === 0 && shown > kills,
      },
      {
        what: 'the same: changes without their row, rows without their change, changes answered and lost',
        figure: `${versions} changes, ${logged} rows, ${changes} answered`,
        passed: versions === logged && changes <= versions && versions > 0,
      },
    ];
  } finally {
    await db.destroy();
  }
}

/** Every way in which the log can fail, short of the whole database: each read must say so and show nothing, each change leave nothing. */
async function whileTheLogFails(embedded: Embedded, targets: readonly Target[]): Promise<Assured[]> {
  const { url, child } = await startServer(embedded);
  const db = openDatabase(embedded.superuserAddress(databaseNames.main), { most: 2 });
  const found: Assured[] = [];
  try {
    for (const [what, breakIt, mend] of ways) {
      const forms = await Promise.all(targets.slice(20, 24).map((target) => openForm(url, target)));
      await sql.raw(breakIt).execute(db);
      const before = await state(db);
      const answers = await Promise.all(
        targets.slice(0, 20).map(async (target) => {
          const answer = await read(url, target);
          return { status: answer.status, shows: (await answer.text()).includes('Romanian') };
        }),
      );
      const changed = await Promise.all(forms.map(async (form) => (await send(form)).status));
      await sql.raw(mend).execute(db);
      const open = answers.filter(({ status, shows }) => status !== 503 || shows).length;
      const stayed = (await state(db)) === before;
      found.push({
        what: `the log ${what}: reads refused with 503 that show nothing, changes undone`,
        figure: `${answers.length} reads, ${open} open; changes answered ${changed.join(', ')}, ${stayed ? 'nothing changed' : 'SOMETHING CHANGED'}`,
        passed: open === 0 && stayed && changed.every((status) => status === 503),
      });
    }
    const answer = await read(url, targets[0] as Target);
    found.push({
      what: 'mended, the same reads are answered',
      figure: String(answer.status),
      passed: answer.status === 200,
    });
  } finally {
    child.kill('SIGKILL');
    await db.destroy();
  }
  return found;
}

const refuseRows = `create function bench_full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;
  create trigger bench_full before insert on access_log for each row execute function bench_full()`;
const mendRows = 'drop trigger bench_full on access_log; drop function bench_full()';
const ways = [
  ['is gone', 'alter table access_log rename to access_log_away', 'alter table access_log_away rename to access_log'],
  [
    'may not be written',
    'revoke insert on access_log from safelight_staff',
    'grant insert on access_log to safelight_staff',
  ],
  ['is full', refuseRows, mendRows],
  [
    'is read-only',
    "alter role safelight_staff set default_transaction_read_only = on; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff'",
    "alter role safelight_staff reset default_transaction_read_only; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff'",
  ],
] as const;

async function state(db: Db): Promise<string> {
  const { rows } = await sql<{ language: string }>`select language from encounters order by id`.execute(db);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
