import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from './clock.ts';
import { inventedPartnership } from './partnership.ts';
import { type SettingsReading, SiteSettings } from './site-settings.ts';

const named = { name: 'Dale', shortName: 'Dale', area: 'Dale' };
const approvedName: SettingsReading = {
  version: '1-1',
  settings: [{ kind: 'partnership', part: 'name', content: named }],
};

const languages = ['en', 'cy', 'pl'].map((code) => ({ code, name: code, direction: 'ltr' as const }));

function openSettings(read: () => Promise<SettingsReading>, file = true, mode: 'live' | 'demonstration' = 'live') {
  const clock = stoppedClock(new Date('2026-09-18T12:00:00Z'));
  const errors: unknown[] = [];
  const settings = new SiteSettings({
    file: file ? inventedPartnership : undefined,
    languages,
    read,
    clock,
    mode,
    onError: (error) => errors.push(error),
  });
  const later = () => clock.move(new Date(clock.now().getTime() + 21_000));
  return { settings, errors, later };
}

test('an approved part takes the place of that part of the file, and no other', async () => {
  const { settings } = openSettings(async () => approvedName);
  await settings.refresh();
  assert.deepEqual(settings.partnership, { ...inventedPartnership, ...named });
});

test('without a file there is no partnership until every part is approved', async () => {
  const { settings } = openSettings(async () => approvedName, false);
  await settings.refresh();
  assert.equal(settings.partnership, undefined);
});

test('what was read last stays while the database cannot be reached, and is asked for at most every 20 seconds', async () => {
  let [reads, broken] = [0, false];
  const { settings, errors, later } = openSettings(async () => {
    reads += 1;
    if (broken) throw new Error('no database');
    return approvedName;
  });
  for (let asked = 0; asked < 5; asked++) await settings.refresh();
  assert.equal(reads, 1);
  broken = true;
  later();
  await settings.refresh();
  assert.equal(settings.partnership?.name, 'Dale');
  assert.deepEqual([reads, errors.length], [2, 1]);
});

test('a live site is open once its opening is approved; one that never reached its database counts as open', async () => {
  const closed = openSettings(async () => approvedName).settings;
  assert.equal(closed.open, true, 'nobody can tell yet');
  await closed.refresh();
  assert.equal(closed.open, false);
  const opening = { kind: 'opening', part: 'public site', content: {} };
  const opened = openSettings(async () => ({ version: '2-1', settings: [opening] })).settings;
  await opened.refresh();
  assert.equal(opened.open, true);
  const demonstration = openSettings(async () => approvedName, true, 'demonstration').settings;
  await demonstration.refresh();
  assert.equal(demonstration.open, true);
});
