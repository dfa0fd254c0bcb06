import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, staged } from '../../test/fixtures/counted-return.ts';
import { setContext } from '../platform/database/database.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import { applyQualification, mayQualify } from './counting/qualify.ts';

test('nothing is said otherwise of a figure that is not known', () => {
  const figure = { indicator: 'checks.people', total: { kind: 'not known' }, breakdowns: {} } as const;
  assert.equal(mayQualify('checks.people', { 'checks.people': figure } as never), false);
  const said = { kind: 'number', value: 6, qualifier: 'at least' } as const;
  assert.equal(applyQualification(figure as never, said), figure, 'nor is what was said of an earlier count');
});

test('the page of a figure that is not known says why, names the visits without a number and what to do', async (t) => {
  const { application, operation, records, analyst } = await staged(t, ['signing'], '2026-11-30');
  const { db, clock } = application;
  const entered = records.visits.filter(({ answer }) => answer === 'entered' || answer?.startsWith('forced'));
  assert.ok(entered.length > 0);
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: clock.now() });
    await tx.updateTable('searches').set({ peopleChecked: null }).execute();
  });
  const address = await countNow(analyst, operation.id);
  const page = (await analyst.get(`${address}/figures/checks.people`)).body;
  assert.match(page, /not known/);
  const many = entered.length === 1 ? '1 visit has' : `${entered.length} visits have`;
  assert.match(page, new RegExp(`Why this figure is not known[\\s\\S]*${many} no number in the search record`));
  for (const { id } of entered) assert.match(page, new RegExp(referenceOf('visit', id)));
  assert.doesNotMatch(page, /Say it otherwise/);
  const say = `${address}/figures/checks.people/qualify`;
  assert.equal((await analyst.get(say)).statusCode, 404);
  const floor = { how: 'at least', value: '6', words: '', reason: 'More may follow' };
  assert.equal((await analyst.post(say, floor)).statusCode, 404);
});
