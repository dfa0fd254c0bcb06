import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { sayPublic } from './public-state.ts';
import type { PublishedNumber } from './store.ts';

test('the ledger lists every number of a signed return, also after a release was withdrawn, for the agency that leads', async (t) => {
  const { application, stage, operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  assert.match((await analyst.get('/staff/published-numbers')).body, /No numbers yet/);
  await signNow(analyst, address, 'open');
  const held = await application.db.selectFrom('returns').select(['id', 'figures']).executeTakeFirstOrThrow();
  const figures = Object.values(held.figures as object) as { breakdowns: Record<string, unknown[]> }[];
  const cells = figures.flatMap(({ breakdowns }) =>
    Object.entries(breakdowns).flatMap(([by, parts]) => (by === 'bySexAgeResidence' ? [] : parts)),
  );
  const rows = await application.db.selectFrom('publishedNumbers').selectAll().execute();
  assert.equal(rows.length, figures.length + cells.length, 'each total and each part once');
  assert.ok(
    rows.every(({ part }) => !String(part).startsWith('bySexAge')),
    'no cell that describes one person',
  );

  const page = await analyst.get('/staff/published-numbers?words=premises+that');
  assert.match(page.body, /Premises that the plan named as targets/);
  assert.doesNotMatch(page.body, /People spoken to at a visit/);
  assert.match((await analyst.get('/staff/published-numbers?words=%25')).body, /No number matches these words/);

  // A signature publishes nothing: the page says so, and press officers see nothing of the return.
  assert.match(page.body, /in a signed return, not public/);
  assert.doesNotMatch(page.body, /public since/);
  const press = await application.signIn(await application.member(stage.force, ['press']));
  const nothing = await press.get('/staff/published-numbers');
  assert.match(nothing.body, /Nothing has been published yet/);
  assert.doesNotMatch(nothing.body, /Return 1 of/);
  const other = await application.signIn(await application.member(stage.council, ['analyst']));
  assert.match((await other.get('/staff/published-numbers')).body, /No numbers yet/);
});

const at = new Date('2026-12-02T09:00:00Z');
const now = new Date('2026-12-03T09:00:00Z');
const number = (more: Partial<PublishedNumber> = {}): PublishedNumber => ({
  ...{ operationId: 'an operation', codeName: 'Lantern', source: 'return', sourceId: 'a return', version: 1 },
  ...{ indicator: 'arrests.made', part: 'total', quantity: { kind: 'number', value: 5, qualifier: 'exact' } },
  ...{ at, withdrawnAt: null },
  ...more,
});

test('a number is public once a release gave it, and a part only where the release names the part', () => {
  const whole = number({ source: 'release' });
  const say = (one: PublishedNumber, ...released: PublishedNumber[]) => sayPublic(one, released, now).text;
  assert.equal(say(number()), 'in a signed return, not public');
  assert.match(say(number(), whole), /^public since 2 December 2026/);
  assert.match(say(whole), /^public since 2 December 2026/);
  assert.equal(say(number(), number({ ...whole, operationId: 'another' })), 'in a signed return, not public');
  assert.match(say(number(), { ...whole, at: new Date('2026-12-04T09:00:00Z') }), /^not public before 4 December/);
  assert.match(say(number(), { ...whole, withdrawnAt: now }), /^public until its release was withdrawn/);
  assert.match(say(number(), { ...whole, withdrawnAt: now }, whole), /^public since/);
  const part = number({ part: 'byTown {"town": "Watford"}' });
  assert.equal(say(part, whole), 'in a signed return, not public');
  assert.match(say(part, whole, { ...whole, part: 'in Watford' }), /^public since/);
  assert.match(say(part, whole, { ...whole, part: 'in Ware' }), /A release gives parts of this figure/);
});
