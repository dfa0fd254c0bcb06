import assert from 'node:assert/strict';
import { test } from 'node:test';
import { power } from '../../test/fixtures/plan.ts';
import { replan } from '../../test/fixtures/replan.ts';
import { arrival, aTeam } from '../../test/fixtures/visit.ts';
import type { Power } from '../operations/plan/index.ts';
import { addDecision } from '../operations/policy-log/examples.ts';
import { instantAt } from '../platform/clock.ts';
import { findPowerNotice } from './power-notice.ts';

const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? assert.fail();
const ungranted = { decidedOn: null, expiresOn: null };
const usedAt = instantAt('2026-09-14', '10:00');
const used = { usedAt, inside: false, together: false };

const cases: readonly (readonly [
  string,
  Partial<Power>,
  string,
  (string | undefined)?,
  (readonly (typeof used)[])?,
])[] = [
  ['in force', {}, 'none'],
  ['planned', { state: 'planned', ...ungranted }, 'unlawful: The warrant is not granted'],
  ['refused', { state: 'refused', expiresOn: null }, 'unlawful: The warrant was refused'],
  ['ended', { expiresOn: '2026-09-15' }, 'unlawful: The warrant ended on 15 September 2026'],
  [
    'read on its last day, before a later visit',
    { expiresOn: '2026-09-16' },
    'unlawful: The warrant ends on 16 September 2026, before this visit',
    '2026-09-17 10:00',
  ],
  [
    'an authority that is not granted',
    { basis: 'immigration-s28ca', state: 'planned', ...ungranted },
    'unlawful: The written authority is not granted',
  ],
  ['by night', {}, 'unwise: This entry is by night', '2026-09-16 23:00'],
  ['used', {}, 'unlawful: This warrant was used at 10:00 on 14 September 2026', '2026-09-16 23:00', [used]],
  [
    'used and ended',
    { expiresOn: '2026-09-15' },
    'unlawful: The warrant ended on 15 September 2026',
    undefined,
    [used],
  ],
  [
    'used by another visit, as the planner recorded',
    { state: 'executed', executedAt: instantAt('2026-09-16', '08:00') },
    'unlawful: This warrant was used at 08:00 on 16 September 2026',
  ],
  [
    'used by this visit, as the planner recorded',
    { state: 'executed', executedAt: instantAt('2026-09-16', '10:05') },
    'none',
  ],
  ['consent', { basis: 'consent', state: 'planned', ...ungranted }, 'none'],
];

for (const [what, more, expected, moment = '2026-09-16 10:00', uses = []] of cases)
  test(`a power that is ${what}: ${expected}; a support agency reads no state of it`, () => {
    const [day = '', time = ''] = moment.split(' ');
    const read = (side: 'enforcement' | 'help') =>
      findPowerNotice({ ...power, ...more }, { day, starts: '10:00', minutes: 90 }, uses, {
        at: instantAt(day, time),
        today: '2026-09-16',
        side,
      });
    const notice = read('enforcement');
    assert.equal(notice ? `${notice.kind}: ${notice.title}` : 'none', expected);
    if (notice?.kind === 'unlawful') assert.match(notice.text, /Do not enter under it\. Ring your commander, or use /);
    assert.equal(
      read('help')?.title,
      expected.includes('was used') || uses.length > 0 ? 'This warrant was used already' : undefined,
    );
  });

test('an officer reads on the visit and on the arrival form that the warrant is not granted, and can save', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, operation, db } = application;
  await addDecision(db, operation, { kind: 'go' });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const read = async () => [main((await at.get(url)).body), main((await at.get(`${url}/arrive`)).body)];
  for (const page of await read()) assert.doesNotMatch(page, /Do not enter under it|Ring your commander/);
  await replan(application, 'powers', { state: 'applied for', ...ungranted });
  const [visit = '', form = ''] = await read();
  for (const page of [visit, form]) {
    assert.match(page, /The warrant is not granted/);
    assert.match(page, /Do not enter under it\. Ring your commander, or use another power that the law gives\./);
    assert.match(page, /Police need no warrant to save life or limb\./);
  }
  assert.match(form, /govuk-radios__hint">\s*The warrant is not granted\.\s*</, 'beside the power');
  assert.match(visit, /govuk-button--secondary[^>]*>\s*We have arrived/);
  await replan(application, 'powers', { state: 'granted', decidedOn: '2026-08-20', expiresOn: '2026-09-17' });
  for (const page of await read()) assert.match(page, /The warrant ended on 17 September 2026/);
  const sent = await at.post(`${url}/arrive`, { ...arrival([officer]), answer: 'forced, no reply' });
  assert.equal(sent.headers.location, `${url}/entry`);
  assert.match(main((await at.get(`${url}/entry`)).body), /The warrant ended on 17 September 2026/);
});

test('the power used is checked at the time of arrival, not when it is recorded', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, clock } = application;
  await replan(application, 'powers', { expiresOn: '2026-09-18' });
  const url = `/staff/visits/${planned.id}`;
  await (await signIn(officer)).post(`${url}/arrive`, { ...arrival([officer]), answer: 'forced, no reply' });
  clock.move(instantAt('2026-09-19', '00:10'));
  const entry = main((await (await signIn(officer)).get(`${url}/entry`)).body);
  assert.match(entry, /Power used to enter/);
  assert.doesNotMatch(entry, /The warrant ended/);
});

test('a support agency reads the same pages whatever the state of the warrant', async (t) => {
  const application = await aTeam(t);
  const { signIn, adviser, planned, operation, db } = application;
  await addDecision(db, operation, { kind: 'go' });
  const at = await signIn(adviser);
  const url = `/staff/visits/${planned.id}`;
  const read = async () => {
    const pages = [main((await at.get(url)).body), main((await at.get(`${url}/arrive`)).body)];
    return pages.map((page) => page.replaceAll(/<input[^>]*type="hidden"[^>]*>/g, ''));
  };
  const granted = await read();
  assert.match(granted.join(), /We have arrived/);
  await replan(application, 'powers', { state: 'refused', expiresOn: null });
  assert.deepEqual(await read(), granted);
  await replan(application, 'powers', { state: 'planned', ...ungranted });
  assert.deepEqual(await read(), granted);
  await replan(application, 'powers', { state: 'granted', decidedOn: '2026-08-20', expiresOn: '2026-09-17' });
  assert.deepEqual(await read(), granted);
});
