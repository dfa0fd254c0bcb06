import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { sealAll as seal } from '../../../test/fixtures/audit-log.ts';
import { formatAuthorization, formatWitnessKey } from '../witness/signing.ts';
import { addRows } from './examples.ts';

const stores = ['main', 'safeguarding'] as const;
const name = 'council.example/witness';

/** An application with two sealed logs, and the key of a registered witness. */
async function sealedApplication(t: TestContext, { realTiming = false } = {}) {
  const application = await openApplication(t, { realTiming });
  const { privateKey: key } = generateKeyPairSync('ed25519');
  const lead = await application.signIn('witness.register');
  await lead.post('/staff/log/witnesses/new', { key: formatWitnessKey(name, key) });
  await addRows(application.databases.for('main', 'staff'), 40);
  await addRows(application.databases.for('safeguarding', 'safeguarding'), 40);
  await seal(application);
  const signed = (path: string, { as = name, by = key, at = application.clock.now() } = {}) =>
    formatAuthorization(as, by, { method: 'GET', path, body: '' }, at);
  return { ...application, signed };
}

const get = (application: TestApplication, path: string, header?: string) =>
  application.app.inject({ method: 'GET', url: path, headers: header ? { authorization: header } : {} });

const pathsOf = (store: string): string[] => [
  ...['keys', 'checkpoint'].map((what) => `/staff/log/witness/${store}/${what}`),
  ...['from=1&to=2', 'from=20&to=40', 'from=1&to=900000', 'from=30&to=20'].map(
    (sizes) => `/staff/log/witness/${store}/consistency?${sizes}`,
  ),
];

test('a request without a witness’s signature sends the database nothing', async (t) => {
  const application = await sealedApplication(t);
  for (const store of stores)
    for (const path of pathsOf(store))
      for (const header of [undefined, 'Basic eDp5', `Safelight-Witness ${name} 1 short`]) {
        application.countQueries();
        assert.equal((await get(application, path, header)).statusCode, 401);
        assert.equal(application.countQueries(), 0, `${path} ${header}`);
      }
});

test('a witness that is not known, or signs with another key, causes one look-up of its name and reads nothing of a log', async (t) => {
  const application = await sealedApplication(t);
  const { privateKey: other } = generateKeyPairSync('ed25519');
  const claims = [{ as: 'other.example' }, { by: other }, { at: new Date(0) }];
  for (const store of stores)
    for (const path of pathsOf(store))
      for (const claim of claims) {
        application.takeTablesRead();
        assert.equal((await get(application, path, application.signed(path, claim))).statusCode, 401);
        assert.deepEqual(application.takeTablesRead(), ['log_witnesses'], path);
      }
});

test('every refused claim is answered alike, whether the log is that long or not', async (t) => {
  const application = await sealedApplication(t);
  const { privateKey: other } = generateKeyPairSync('ed25519');
  const answers = new Set<string>();
  for (const store of stores)
    for (const path of pathsOf(store)) {
      const headers = [
        undefined,
        'Basic eDp5',
        application.signed(path, { as: 'other.example' }),
        application.signed(path, { by: other }),
        application.signed(path, { at: new Date(0) }),
      ];
      for (const header of headers) {
        const { statusCode, headers: said, body } = await get(application, path, header);
        const { date: _, 'x-ratelimit-remaining': __, 'x-ratelimit-reset': ___, ...kept } = said;
        answers.add(JSON.stringify([statusCode, kept, body]));
      }
    }
  assert.equal(answers.size, 1, [...answers].join('\n'));
});

test('what a witness asks is answered at a full beat, refused or not', async (t) => {
  const application = await sealedApplication(t, { realTiming: true });
  for (const path of pathsOf('safeguarding'))
    for (const header of [undefined, application.signed(path, { as: 'other.example' }), application.signed(path)]) {
      const began = performance.now();
      await get(application, path, header);
      assert.ok(performance.now() - began >= 99, `${path} ${header}`);
    }
});

test('a registered witness gets proofs of both logs, and not found for sizes beyond the log', async (t) => {
  const application = await sealedApplication(t);
  for (const store of stores) {
    const status = async (sizes: string) => {
      const path = `/staff/log/witness/${store}/consistency?${sizes}`;
      return (await get(application, path, application.signed(path))).statusCode;
    };
    assert.equal(await status('from=20&to=40'), 200);
    assert.equal(await status('from=1&to=900000'), 404);
  }
});
