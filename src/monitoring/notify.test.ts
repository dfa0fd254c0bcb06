import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../test/fixtures/application.ts';
import { runChore } from '../platform/jobs/outbox.ts';
import { Monitor } from './monitor.ts';
import { notifiedRules, notifyOfFindings } from './notify.ts';
import { rules } from './rules.ts';

const hours = (at: Date, count: number): Date => new Date(at.getTime() + count * 3_600_000);
/** As the name of a backup says it: 20260918T120000Z. */
const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

async function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-findings-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const application = await openApplication(t, { environment: { SAFELIGHT_BACKUPS: folder } });
  const { config, databases, clock, db } = application;
  // The disk of the machine that runs the tests is no part of them.
  const monitor = new Monitor({ config, databases, clock, machineClock: clock });
  const chore = { name: 'x', everySeconds: 60, run: notifyOfFindings(monitor) };
  const countFindings = async (): Promise<Record<string, number>> => {
    await runChore(databases, clock, chore);
    const rows = await db.selectFrom('notices').select('subject').where('kind', '=', 'system finding').execute();
    const counted = (name: string) => rows.filter(({ subject }) => subject === notifiedRules[name]).length;
    return { backup: counted('backup'), drill: counted('drill') };
  };
  let last: string | undefined;
  /** One backup, made at this time, with its drill. */
  const backUp = (at: Date, passed = true): void => {
    const path = join(folder, `safelight-${stamp(at)}-abcdef`);
    if (last) renameSync(last, path);
    else mkdirSync(path);
    last = path;
    writeFileSync(join(path, 'manifest.json'), '{}');
    const drill = { at: at.toISOString(), passed, restored: true };
    writeFileSync(join(path, 'last-drill.json'), JSON.stringify(drill));
  };
  return { ...application, countFindings, backUp };
}

test('every rule that notifies is a rule, and each has its own id', () => {
  const names = rules.map(({ name }) => name);
  assert.deepEqual(
    Object.keys(notifiedRules).filter((name) => !names.includes(name)),
    [],
  );
  assert.equal(new Set(Object.values(notifiedRules)).size, Object.keys(notifiedRules).length);
});

test('a finding notifies the administrators of each agency once, and again after a day while it lasts', async (t) => {
  const { agency, member, signIn, clock, countFindings, backUp } = await open(t);
  const [force, council] = [await agency('police force'), await agency('council')];
  const [one, other] = [await member(force, ['administrator']), await member(council, ['administrator'])];
  await member(council, ['administrator']);
  const planner = await member(force, ['planner']);
  backUp(clock.now());
  assert.deepEqual(await countFindings(), { backup: 0, drill: 0 });
  clock.move(hours(clock.now(), 27));
  assert.deepEqual(await countFindings(), { backup: 2, drill: 0 }, 'one for each agency');
  clock.move(hours(clock.now(), 23));
  assert.deepEqual(await countFindings(), { backup: 2, drill: 0 }, 'not again within a day');
  clock.move(hours(clock.now(), 1.1));
  assert.deepEqual(await countFindings(), { backup: 4, drill: 0 }, 'again after a day');
  for (const reader of [one, other])
    assert.match((await (await signIn(reader)).get('/staff/notifications')).body, /System health needs attention/);
  assert.doesNotMatch((await (await signIn(planner)).get('/staff/notifications')).body, /System health/);
  const page = await (await signIn(one)).get('/staff');
  assert.match(page.body, /System health needs attention/, 'the first page says it too');
});

test('a failed drill notifies at once, and a finding that was gone for an hour is a new one', async (t) => {
  const { agency, member, clock, countFindings, backUp } = await open(t);
  await member(await agency('police force'), ['administrator']);
  backUp(clock.now(), false);
  assert.deepEqual(await countFindings(), { backup: 1, drill: 1 });
  backUp(clock.now());
  assert.deepEqual(await countFindings(), { backup: 1, drill: 1 });
  clock.move(hours(clock.now(), 0.5));
  backUp(clock.now(), false);
  assert.deepEqual(await countFindings(), { backup: 1, drill: 1 }, 'it comes and goes: no second message');
  backUp(clock.now());
  assert.deepEqual(await countFindings(), { backup: 1, drill: 1 });
  clock.move(hours(clock.now(), 2));
  backUp(clock.now(), false);
  assert.deepEqual(await countFindings(), { backup: 2, drill: 2 });
});
