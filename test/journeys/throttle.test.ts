import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { access } from '../../src/app.ts';
import { hashPassword, lockSession, passwordMatches, resolveActor } from '../../src/identity/agencies/index.ts';
import { findTimeStep } from '../../src/identity/sign-in/code.ts';
import { findMatchingCode } from '../../src/identity/sign-in/recovery.ts';
import { findCodeHolder } from '../../src/operations/temporary-access/store.ts';
import { LookWriter } from '../../src/platform/audit-hook/audit.ts';
import { Work } from '../../src/platform/http/request.ts';
import { reauthenticationBuckets, secrets } from '../../src/platform/throttle/throttle.ts';
import { CountedTry, Throttle } from '../../src/platform/throttle/throttle-store.ts';
import { accept, refuse } from '../../src/vocabulary/result.ts';
import { openApplication, type TestApplication } from '../fixtures/application.ts';

const root = join(import.meta.dirname, '../..');
const sources = globSync('src/**/*.ts', { cwd: root })
  .filter((path) => !/\.test\.ts$|\/assurance\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const filesWith = (pattern: RegExp): string[] =>
  sources.flatMap(({ path, text }) => (pattern.test(text) ? [path] : [])).sort();

const memberId = '01900000-0000-7000-8000-000000000001';
const tried = {
  secret: 'present password',
  memberId,
  buckets: reauthenticationBuckets('present password', memberId),
} as const;

/** The throttle of one process, and a request of it. */
function processOf({ app, databases, keys, clock }: TestApplication) {
  const throttle = new Throttle({ databases, keys, clock, refusals: app.refusals });
  const ground = { databases, looks: new LookWriter(databases), access, holdSession: lockSession, resolveActor };
  const work = new Work(ground, access.action('session.open'), clock.now());
  return { throttle, work };
}

test('every comparison of a secret is listed here, and none is made without a counted try', async (t) => {
  const { db, keys, clock, ...application } = await openApplication(t);
  const hash = await hashPassword('correct horse battery');
  const comparisons: Record<string, (counted: CountedTry) => unknown> = {
    'src/identity/agencies/password.ts': (counted) => passwordMatches(counted, 'correct horse battery', hash),
    'src/operations/temporary-access/store.ts': (counted) => findCodeHolder(counted, db, Buffer.alloc(32), clock.now()),
    'src/identity/sign-in/code.ts': (counted) => findTimeStep(counted, '123456', 'JBSWY3DPEHPK3PXP', clock.now()),
    'src/identity/sign-in/recovery.ts': (counted) => findMatchingCode(counted, keys, 'abcde-fghjk', []),
  };
  assert.deepEqual(filesWith(/CountedTry\.use\(/), Object.keys(comparisons).sort());
  const { throttle, work } = processOf({ db, keys, clock, ...application });
  for (const [path, compare] of Object.entries(comparisons)) {
    await assert.rejects(async () => compare(new CountedTry()), /without a counted try/, path);
    await assert.rejects(async () => compare({} as CountedTry), /without a counted try/, path);
    let kept: CountedTry | undefined;
    await throttle.check(work, { ...tried, buckets: reauthenticationBuckets('code', path) }, async (counted) => {
      await compare(counted);
      await assert.rejects(async () => compare(counted), /without a counted try/, `${path}, twice`);
      return accept(true);
    });
    await throttle.check(work, { ...tried, buckets: reauthenticationBuckets('code', path) }, async (counted) => {
      kept = counted;
      return accept(true);
    });
    await assert.rejects(async () => compare(kept as CountedTry), /without a counted try/, `${path}, afterwards`);
  }
});

test('secrets are compared nowhere else, and asked of the database nowhere else', () => {
  assert.deepEqual(filesWith(/timingSafeEqual\(|\bargon2\b|\.validate\(/), [
    'src/identity/agencies/password.ts',
    'src/identity/sessions/open-session.ts', // A signature of ours on the name of a device.
    'src/identity/sign-in/code.ts',
    'src/identity/sign-in/recovery.ts',
    'src/platform/backup/manifest.ts', // Our own mark on the manifest of a backup.
    'src/public/private-journey/steps.ts', // A signature of ours on the next step of a public page.
    'src/reports/intake/flood-gate.ts', // A signature of ours on a public form.
  ]);
  assert.deepEqual(filesWith(/ctx\.(shift_pass_holder|use_shift_pass)\(/), [
    'src/operations/temporary-access/store.ts',
  ]);
  assert.deepEqual(filesWith(/\buseTemporaryAccess\(/), [
    'src/operations/temporary-access/routes.ts',
    'src/operations/temporary-access/store.ts',
  ]);
  assert.deepEqual(filesWith(/new CountedTry|unused\.add/), ['src/platform/throttle/throttle-store.ts']);
});

test('every secret is checked by the throttle on a page of its own', () => {
  const checking = filesWith(/\bthrottle\.check\(/);
  assert.deepEqual(checking, [
    'src/identity/sign-in/factor-routes.ts',
    'src/identity/sign-in/new-credential-routes.ts',
    'src/identity/sign-in/password-routes.ts',
    'src/identity/sign-in/routes.ts',
    'src/operations/temporary-access/routes.ts',
  ]);
  const texts = sources.filter(({ path }) => checking.includes(path)).map(({ text }) => text);
  for (const secret of secrets) assert.ok(texts.join('\n').includes(`'${secret}'`), secret);
});

test('two processes count together: ten of 64 wrong answers at once, and all of 64 right ones', async (t) => {
  const application = await openApplication(t);
  const processes = [processOf(application), processOf(application)];
  const atOnce = async (right: boolean) => {
    let compared = 0;
    const results = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const { throttle, work } = processes[index % 2] ?? processOf(application);
        return throttle.check(work, tried, async () => {
          compared += 1;
          await new Promise(setImmediate);
          return right ? accept(index) : refuse('wrong');
        });
      }),
    );
    return { compared, let: results.filter(({ ok }) => ok).length, late: results.filter((one) => 'seconds' in one) };
  };
  const right = await atOnce(true);
  assert.deepEqual([right.compared, right.let, right.late.length], [64, 64, 0]);
  const wrong = await atOnce(false);
  assert.deepEqual([wrong.compared, wrong.let, wrong.late.length], [10, 0, 54]);
  const rows = await application.refusals();
  assert.equal(rows.length, 20, 'ten rows of each kind about one member in a minute');
  await application.app.refusals.close();
  assert.equal((await application.refusals()).at(-1)?.reason, '44 more within a minute');
});

test('a check that breaks off is counted as wrong, and holds no place', async (t) => {
  const application = await openApplication(t);
  const { throttle, work } = processOf(application);
  const broken = () => throttle.check(work, tried, async () => Promise.reject(new Error('broken off')));
  for (let tries = 0; tries < 10; tries += 1) await assert.rejects(broken(), /broken off/);
  const late = await throttle.check(work, tried, async () => accept(true));
  assert.deepEqual(late, { ok: false, refusal: 'too many', seconds: 30 });
  const { checking } = await application.db.selectFrom('signInAttempts').select('checking').executeTakeFirstOrThrow();
  assert.deepEqual(checking, []);
});

test('a place that a dead process held is free after a minute', async (t) => {
  const application = await openApplication(t);
  const [dead, alive] = [processOf(application), processOf(application)];
  const hold = new AbortController();
  const ended = new Promise((end) => hold.signal.addEventListener('abort', () => end(undefined)));
  let held = 0;
  const holding = Array.from({ length: 10 }, () =>
    dead.throttle.check(dead.work, tried, async () => {
      held += 1;
      if (held === 10) application.clock.move(new Date(application.clock.now().getTime() + 61_000));
      await ended;
      return accept(true);
    }),
  );
  const answer = await alive.throttle.check(alive.work, tried, async () => accept('let in'));
  assert.deepEqual(answer, accept('let in'));
  hold.abort();
  await Promise.all(holding);
});

test('a request that began in an earlier minute does not reset the count of the log', async (t) => {
  const application = await openApplication(t);
  const before = processOf(application).work;
  application.clock.move(new Date(application.clock.now().getTime() + 70_000));
  const { work } = processOf(application);
  for (let tries = 0; tries < 40; tries += 1)
    application.app.refusals.note(tries % 2 ? before : work, 'tries refused', memberId, 'password');
  assert.equal((await application.refusals()).length, 10);
});

test('a flood at the secrets of many members is bounded in the log', async (t) => {
  const application = await openApplication(t);
  const { work } = processOf(application);
  for (let member = 0; member < 200; member += 1)
    for (let tries = 0; tries < 20; tries += 1)
      application.app.refusals.note(
        work,
        'tries refused',
        `01900000-0000-7000-8000-${String(member).padStart(12, '0')}`,
        'password',
      );
  const rows = await application.refusals();
  assert.equal(rows.length, 60 * 10 + 30);
});
