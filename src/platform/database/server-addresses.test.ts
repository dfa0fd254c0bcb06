import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BadConfiguration, readConfig } from '../config.ts';
import { hasServerSettings, serverAddresses, serverBackupAddresses } from './server-addresses.ts';

test('from the owner’s address alone, every role gets one of its own, with a password that is kept', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-addresses-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const config = readConfig({ DATABASE_URL: 'postgres://boss:x@db.example:5433/sl', SAFELIGHT_DATA: folder });
  const { addresses, passwords } = serverAddresses(config);
  assert.equal(config.mode, 'live', 'a server is no demonstration unless it is said');
  assert.match(addresses.main.staff ?? '', /^postgres:\/\/safelight_staff:[\w-]{32}@db\.example:5433\/sl$/);
  assert.match(addresses.safeguarding.safeguarding ?? '', /^postgres:\/\/safelight_safeguarding:.*\/sl_safeguarding$/);
  assert.equal(addresses.main.safeguarding, undefined, 'no way from one store into the other');
  assert.equal(addresses.safeguarding.staff, undefined);
  assert.equal(statSync(join(folder, 'server-roles.json')).mode & 0o777, 0o600);
  assert.deepEqual(serverAddresses(config).passwords, passwords, 'the same at the next start');
});

test('a process with its own address alone has no other', () => {
  const config = readConfig({
    DATABASE_URL_PUBLIC: 'postgres://safelight_public:x@db.example/sl',
    SAFELIGHT_DOOR: 'public',
  });
  assert.ok(hasServerSettings(config));
  const { addresses } = serverAddresses(config);
  assert.deepEqual(addresses, { main: { public: 'postgres://safelight_public:x@db.example/sl' }, safeguarding: {} });
});

test('the safeguarding store may be on another controller’s host', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-addresses-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const config = readConfig({
    DATABASE_URL: 'postgres://boss:x@force.example/sl',
    SAFEGUARDING_DATABASE_URL: 'postgres://boss:y@council.example/help',
    SAFELIGHT_DATA: folder,
  });
  const { addresses } = serverAddresses(config);
  for (const address of Object.values(addresses.safeguarding)) assert.match(address, /@council\.example\/help$/);
});

test('a wrong setting is one sentence that names it', () => {
  const cases = [
    [{ PORT: 'x' }, /PORT must be a port number/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be an address like postgres/],
    [{ SAFELIGHT_MODE: 'test' }, /SAFELIGHT_MODE must be demonstration or live/],
    [{ SAFELIGHT_DOOR: 'back' }, /SAFELIGHT_DOOR must be all, public or staff/],
  ] as const;
  for (const [environment, sentence] of cases) {
    assert.throws(
      () => readConfig(environment),
      (error: Error) =>
        error instanceof BadConfiguration && sentence.test(error.message) && !error.message.includes('\n'),
    );
  }
  assert.equal(readConfig({ PORT: '' }).port, 3000, 'empty is unset');
});

test('finds both databases for a backup from one address, or from two', () => {
  const at = (environment: Record<string, string>) => serverBackupAddresses(readConfig(environment));
  const main = 'postgres://backup:secret@one/safelight';
  assert.equal(at({ DATABASE_URL: 'postgres://owner:x@one/safelight' }), undefined);
  assert.deepEqual(at({ DATABASE_URL_BACKUP: main }), {
    main,
    safeguarding: 'postgres://backup:secret@one/safelight_safeguarding',
  });
  const hosted = { DATABASE_URL_BACKUP: main, SAFEGUARDING_DATABASE_URL: 'postgres://owner:x@two/care' };
  assert.equal(at(hosted)?.safeguarding, 'postgres://backup:secret@two/care');
  const own = { ...hosted, SAFEGUARDING_DATABASE_URL_BACKUP: 'postgres://other:y@three/care' };
  assert.equal(at(own)?.safeguarding, 'postgres://other:y@three/care');
});
