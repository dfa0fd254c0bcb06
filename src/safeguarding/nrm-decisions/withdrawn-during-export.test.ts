import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handed, know, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { withDelayedLog } from '../../../test/harness/log-waits.ts';
import { addWithdrawal } from '../consent/examples.ts';
import { getConsent } from '../consent/store.ts';

test('downloads no draft of a record that is erased between reading and sending', async (t) => {
  const w = await world(t);
  const { her, person, safeguardingDb } = w;
  const at = await raise(her, person, 'yes');
  await know(w, at);
  const form = { shape: 'json', why: 'for a partner or the coordinator of the operation', words: 'R 7' };
  assert.equal((await her.post(`${at}/export`, form)).statusCode, 200);
  const answer = await withDelayedLog(
    w,
    () => her.post(`${at}/export`, form),
    () => safeguardingDb.deleteFrom('persons').where('id', '=', person.id).execute(),
  );
  assert.equal(answer.statusCode, 404);
  assert.equal(answer.headers['content-disposition'], undefined);
});

test('does not send the file of a draft whose consent is withdrawn between reading and sending', async (t) => {
  const w = await handed(t);
  const { him, paperAt, consent, safeguardingDb, keys, nurse, clock } = w;
  const copy = `${paperAt}/copy?part=1`;
  assert.equal((await him.get(copy)).statusCode, 200);
  const answer = await withDelayedLog(
    w,
    () => him.get(copy),
    async () =>
      addWithdrawal(
        safeguardingDb,
        await getConsent(safeguardingDb as never, keys, consent as never),
        nurse,
        clock.now(),
      ),
  );
  assert.equal(answer.statusCode, 404);
  assert.ok(!answer.rawPayload.includes('%PDF'));
});
