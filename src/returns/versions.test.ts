import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';

test('a new version keeps a qualification that is still true, and asks again if it is not', async (t) => {
  const { application, operation, records, analyst } = await staged(t);
  const first = await countNow(analyst, operation.id);
  const exact = records.seizures.length;
  const floor = { how: 'at least', value: String(exact), words: '', reason: 'One more may follow' };
  const say = (address: string, how: Record<string, string>) =>
    analyst.post(`${address}/figures/seizures.made/qualify`, how);
  assert.equal((await say(first, floor)).statusCode, 303);
  await signNow(analyst, first, 'open');

  const second = await countNow(analyst, operation.id);
  assert.match((await analyst.get(second)).body, /at least<\/span>/);
  assert.match((await analyst.get(second)).body, /Every figure is as it was in version 1/);
  const signing = await analyst.get(`${second}/sign`);
  assert.match(signing.body, new RegExp(`One figure is said otherwise than exactly: seizures \\(at least ${exact}\\)`));
  assert.equal((await signNow(analyst, second, 'open')).statusCode, 303);

  await application.db.deleteFrom('seizures').where('id', '=', records.seizures[0]?.id).execute();
  const third = await countNow(analyst, operation.id);
  const page = await analyst.get(third);
  assert.match(page.body, /This return cannot be signed yet/);
  assert.match(
    page.body,
    new RegExp(`href="${third}/figures/seizures.made"[^>]*>The records say ${exact - 1}. Choose the wording again`),
  );

  const exactly = await say(third, { how: 'exactly' });
  assert.equal(exactly.statusCode, 303);
  assert.match((await analyst.get(String(exactly.headers.location))).body, /Saved\. This figure is said exactly/);
  const changes = (await analyst.get(third)).body.replaceAll(/\s+/g, ' ');
  assert.match(
    changes,
    new RegExp(
      `What changed against version 2.*Seizures</th> *<td[^>]*>at least ${exact}</td> *<td[^>]*>${exact - 1}<`,
    ),
    'a word that was dropped is told',
  );
});

test('counting says what becomes of the version before it', async (t) => {
  const { operation, analyst } = await staged(t);
  const form = `/staff/returns/operations/${operation.id}/count`;
  const first = (await analyst.get(form)).body;
  assert.match(first, /Nothing is signed by this/);
  assert.doesNotMatch(first, /The signed version stays/);
  const address = await countNow(analyst, operation.id);
  assert.match((await analyst.get(form)).body, /Nobody has signed version 1 yet/);
  await signNow(analyst, address, 'open');
  assert.match((await analyst.get(form)).body, /The signed version stays as it is/);
  assert.match((await analyst.get(`${address}/sign`)).body, new RegExp(`href="${address}">Back to the return`));
});
