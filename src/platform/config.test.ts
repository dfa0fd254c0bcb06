import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadConfiguration, readConfig } from './config.ts';

const named = { SAFELIGHT_ORIGIN: 'https://named.example', SAFELIGHT_MODE: 'live' };
const read = (address: string, more = {}) => readConfig({ ...named, SAFELIGHT_PRIVATE_ORIGIN: address, ...more });

test('metrics are off unless set, and a port alone is one of this machine', () => {
  const addressOf = (SAFELIGHT_METRICS?: string) =>
    readConfig(SAFELIGHT_METRICS === undefined ? {} : { SAFELIGHT_METRICS }).metrics;
  assert.equal(addressOf(), undefined);
  assert.deepEqual(addressOf('9464'), { host: '127.0.0.1', port: 9464 });
  assert.deepEqual(addressOf('10.0.0.11:9464'), { host: '10.0.0.11', port: 9464 });
  assert.deepEqual(addressOf('[::1]:9464'), { host: '::1', port: 9464 });
  for (const wrong of ['yes', '70000', 'http://x:1', ':9464', '9464/metrics'])
    assert.throws(() => addressOf(wrong), /SAFELIGHT_METRICS must be a port, or an address and a port/, wrong);
});

test('the private entrance has the host that is set, or none of its own', () => {
  assert.equal(read('https://Information.example/').privateOrigin, 'https://information.example');
  assert.equal(read('https://information.example:443').privateOrigin, 'https://information.example');
  assert.equal(read('').privateOrigin, undefined);
  assert.equal(
    read('http://information.localhost:3000', { SAFELIGHT_MODE: 'demonstration' }).privateOrigin,
    'http://information.localhost:3000',
  );
});

test('a host that would name the partnership, or an address that is no host, stops the start with a sentence', () => {
  const shape = /SAFELIGHT_PRIVATE_ORIGIN must be a host of its own without a path/;
  for (const [address, sentence] of [
    [
      'https://named.example',
      /SAFELIGHT_PRIVATE_ORIGIN must have another host than SAFELIGHT_ORIGIN, which is the host of the named site and the staff site/,
    ],
    ['https://NAMED.example:8443/', /must have another host than SAFELIGHT_ORIGIN/],
    ['http://information.example', /must begin with https:\/\/ on a live site/],
    ['https://information.example/start', shape],
    ['https://information.example/?a=b', shape],
    ['https://somebody@information.example', shape],
    ['https://information.example.', shape],
    ['ftp://information.example', shape],
    ['information.example', shape],
  ] as const)
    assert.throws(
      () => read(address),
      (error) => error instanceof BadConfiguration && sentence.test(error.message),
      address,
    );
});

test('files lie in a folder, or in a bucket whose settings are complete and reached with TLS', () => {
  const secret = 'a-secret-of-a-test';
  const bucket = {
    SAFELIGHT_FILES: 's3://sealed-files/unit/2026',
    SAFELIGHT_FILES_ENDPOINT: 'https://objects.example/',
    SAFELIGHT_FILES_ACCESS_KEY: 'KEY',
    SAFELIGHT_FILES_SECRET_KEY: secret,
  };
  assert.equal(readConfig({ SAFELIGHT_FILES: '/srv/files' }).filesFolder, '/srv/files');
  assert.deepEqual(readConfig(bucket).filesFolder, {
    bucket: 'sealed-files',
    prefix: 'unit/2026/',
    endpoint: 'https://objects.example',
    region: 'us-east-1',
    accessKey: 'KEY',
    secretKey: secret,
  });
  readConfig({ ...bucket, SAFELIGHT_FILES: 's3://sealed-files', SAFELIGHT_FILES_ENDPOINT: 'http://127.0.0.1:9000' });
  for (const [wrong, sentence] of [
    [
      { SAFELIGHT_FILES_ENDPOINT: 'http://objects.example' },
      /SAFELIGHT_FILES_ENDPOINT must be the address of the store/,
    ],
    [{ SAFELIGHT_FILES_ENDPOINT: 'http://127.0.0.1.example' }, /SAFELIGHT_FILES_ENDPOINT must be/],
    [{ SAFELIGHT_FILES_ENDPOINT: `https://KEY:${secret}@objects.example` }, /SAFELIGHT_FILES_ENDPOINT must be/],
    [{ SAFELIGHT_FILES_ENDPOINT: 'https://objects.example/sealed' }, /SAFELIGHT_FILES_ENDPOINT must be/],
    [{ SAFELIGHT_FILES_ENDPOINT: '' }, /set SAFELIGHT_FILES_ENDPOINT too/],
    [{ SAFELIGHT_FILES_SECRET_KEY: '' }, /set SAFELIGHT_FILES_SECRET_KEY too/],
    [{ SAFELIGHT_FILES: 's3://Sealed' }, /SAFELIGHT_FILES must be a folder, or a bucket/],
    [{ SAFELIGHT_FILES: 's3://sealed/../other' }, /SAFELIGHT_FILES must be a folder, or a bucket/],
  ] as const)
    assert.throws(
      () => readConfig({ ...bucket, ...wrong }),
      (error: Error) =>
        error instanceof BadConfiguration && sentence.test(error.message) && !error.message.includes(secret),
      JSON.stringify(wrong),
    );
});
