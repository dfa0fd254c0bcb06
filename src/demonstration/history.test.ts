import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDemonstration } from '../../test/fixtures/demonstration.ts';
import { written } from '../newsroom/imported-releases/examples.ts';
import { idFromAddress } from './staff-walker.ts';

test('the demonstration has a member who may approve the history page of an imported release', async (t) => {
  const { stage, app } = await openDemonstration(t);
  const press = stage.as('press');
  const cutting = idFromAddress(
    await press.fill('/staff/imported-releases/import', { text: written(), fileName: 'theirs.md' }),
  );
  const release = idFromAddress(await press.fill(`/staff/imported-releases/${cutting}`, {}, `/history/${cutting}`));
  await press.fill(`/staff/releases/${release}`, {}, '/submit');
  await stage.as('press2').fill(`/staff/releases/${release}/approve`, { note: '' });
  await press.fill(`/staff/releases/${release}/publish`);
  const page = await app.inject('/news/leashire-police-joins-week-of-action');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Published by others/);
});

test('the people of the demonstration worked here when they looked, so who could have seen a record is known', async (t) => {
  const { as, db } = await openDemonstration(t);
  const met = await db.selectFrom('encounters').select('id').orderBy('recordedAt').executeTakeFirstOrThrow();
  const lead = await as('protection');
  const page = await lead.get(`/staff/oversight/records/${met.id}/possible-access`);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Ravi Menon|Ellie Marsh/);
});
