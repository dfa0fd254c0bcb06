import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whileTheLogWaits } from '../testing/log-waits.ts';
import { know, raise, world } from './handing.testing.ts';

test('of a record that goes between reading and leaving no draft is taken along', async (t) => {
  const w = await world(t);
  const { her, person, safeguardingDb } = w;
  const at = await raise(her, person, 'yes');
  await know(w, at);
  for (const shape of ['json', 'pdf']) {
    const form = { shape, why: 'for a partner or the coordinator of the operation', words: 'R 7' };
    const whole = await her.post(`${at}/take`, form);
    assert.equal(whole.statusCode, 200);
  }
  const form = { shape: 'json', why: 'for a partner or the coordinator of the operation', words: 'R 7' };
  const answer = await whileTheLogWaits(
    w,
    () => her.post(`${at}/take`, form),
    () => safeguardingDb.deleteFrom('persons').where('id', '=', person.id).execute(),
  );
  assert.equal(answer.statusCode, 404);
  assert.equal(answer.headers['content-disposition'], undefined);
});
