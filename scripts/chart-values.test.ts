import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { examples } from './chart/check.ts';
import { mergeValues, readValues, type Values } from './chart/render.ts';
import { walkSchema } from './chart/walk.ts';

const root = join(import.meta.dirname, '..');
const chart = join(root, 'deploy/helm/safelight');
const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as Values;
const problemsOf = (values: Values): string[] => walkSchema(schema, values, 'values', schema);
const valuesOf = (name: string): Values => readValues(chart, join(root, `deploy/helm/examples/${name}.yaml`));

test('the values of each example are accepted, and those of the chart alone are not', () => {
  for (const name of examples) assert.deepEqual(problemsOf(valuesOf(name)), [], name);
  const lacking = problemsOf(readValues(chart));
  for (const place of [
    'values.image.digest',
    'values.origin',
    'values.database.storage.class',
    'values.backup.recipients',
  ])
    assert.ok(
      lacking.some((one) => one.startsWith(`${place} `)),
      `${place} has no safe default: ${lacking.join('; ')}`,
    );
});

test('values that are unknown, unsafe or secret are refused', () => {
  const base = valuesOf('live');
  const { files: bucket } = valuesOf('large') as { readonly files: Values };
  const refused: readonly (readonly [string, Values])[] = [
    ['an unknown key', { replicas: 2 }],
    ['an unknown key further in', { public: { replica: 2 } }],
    ['a tag in place of a digest', { image: { digest: 'latest' } }],
    ['a name with a tag', { image: { repository: 'registry.example/safelight:latest' } }],
    ['a secret', { secrets: { public: { DATABASE_URL_PUBLIC: 'postgres://a:b@c/d' } } }],
    ['an address with a password as a name', { secrets: { owner: 'postgres://a:b@c/d' } }],
    ['a password of a database', { database: { password: 'secret' } }],
    ['settings of any name', { env: { SAFELIGHT_SMTP: 'smtp://a:b@c' } }],
    ['PostgreSQL 18', { database: { image: { tag: '18.1-standard-trixie' } } }],
    ['a database with a digest alone', { database: { image: { tag: '' } } }],
    ['files in a claim and in a bucket', { files: { ...bucket, claim: 'safelight-files' } }],
    ['files nowhere', { files: { claim: '' } }],
    ['a bucket that is reached without TLS', { files: { ...bucket, endpoint: 'http://objects.example' } }],
    ['a bucket at no address', { files: { ...bucket, blocks: [] } }],
    ['a key of a bucket', { files: { ...bucket, secretKey: 'secret' } }],
    ['two instances', { database: { instances: 2 } }],
    ['a live site without TLS', { origin: 'http://safelight.example' }],
    ['an origin with a path', { origin: 'https://safelight.example/site' }],
    ['a live site without backups', { backup: { enabled: false } }],
    ['backups for nobody', { backup: { recipients: [] } }],
    ['a secret key of age', { backup: { recipients: ['AGE-SECRET-KEY-1QQQQ'] } }],
    ['no time to drain', { drainSeconds: 0 }],
    ['a log that says too much', { log: 'debug' }],
    ['the proxy without a certificate', { proxy: { certificates: [] } }],
    ['the proxy without a digest', { proxy: { image: { digest: '' } } }],
    ['two public processes without the proxy', { proxy: { enabled: false }, network: { from: [{ podSelector: {} }] } }],
    ['no proxy, and no rule that lets anybody reach the pods', { proxy: { enabled: false }, public: { replicas: 1 } }],
    ['the way to everything inside', { network: { outbound: ['10.0.0.0/8'] } }],
    ['a process without a limit of memory', { public: { resources: { limits: { memory: '' } } } }],
  ];
  for (const [what, values] of refused) assert.ok(problemsOf(mergeValues(base, values)).length > 0, what);
});
