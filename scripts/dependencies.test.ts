import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { findDependencyFaults, isAllowedLicence, type LockFile, listDescribed, type Manifest } from './dependencies.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as LockFile;
const settings = read('.npmrc');
const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
const described = listDescribed(read('docs/dependencies.md'), names);

test('every package is at one version, under a licence that is allowed, with a digest, and has its row', () => {
  assert.deepEqual(findDependencyFaults(manifest, lock, settings, described), []);
  assert.ok(Object.keys(lock.packages).length > 300, 'the lock file was read');
});

test('each kind of fault is found', () => {
  const first = Object.keys(lock.packages).find((path) => path !== '') ?? '';
  const change = (more: object): LockFile => ({
    packages: { ...lock.packages, [first]: { ...lock.packages[first], ...more } },
  });
  const cases: readonly (readonly [string, Parameters<typeof findDependencyFaults>, RegExp])[] = [
    [
      'range',
      [{ ...manifest, dependencies: { ...manifest.dependencies, pg: '^8.0.0' } }, lock, settings, described],
      /exact version/,
    ],
    ['licence', [manifest, change({ license: 'GPL-3.0-only' }), settings, described], /licence/],
    ['no licence', [manifest, change({ license: undefined }), settings, described], /none is named/],
    ['digest', [manifest, change({ integrity: 'sha1-abc' }), settings, described], /SHA-512/],
    ['place', [manifest, change({ resolved: 'https://example.org/x.tgz' }), settings, described], /place of its own/],
    ['scripts', [manifest, lock, 'ignore-scripts=false', described], /install scripts/],
    ['no row', [manifest, lock, settings, new Set([...described].filter((name) => name !== 'pg'))], /pg has no row/],
    ['old row', [manifest, lock, settings, new Set([...described, 'left-behind'])], /left-behind, which is not used/],
  ];
  for (const [what, given, expected] of cases) {
    const faults = findDependencyFaults(...given);
    assert.equal(faults.length, 1, `${what}: ${faults}`);
    assert.match(faults[0] ?? '', expected, what);
  }
});

test('a licence is allowed where all of its parts are, or one that may be chosen', () => {
  for (const yes of ['MIT', '(MIT AND Zlib)', 'MIT OR GPL-3.0-only', '(ISC AND CC-BY-3.0)'])
    assert.ok(isAllowedLicence(yes), yes);
  for (const no of [
    undefined,
    '',
    'AGPL-3.0-only',
    'MIT AND GPL-2.0-only',
    'SEE LICENSE IN FILE',
    'UNLICENSED',
    'EPL-2.0',
  ])
    assert.ok(!isAllowedLicence(no), String(no));
});
