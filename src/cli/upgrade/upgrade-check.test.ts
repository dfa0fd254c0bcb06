import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from '../../../test/harness/application.ts';
import { compareCatalogues, readCatalogue } from '../../../test/harness/catalogue.ts';
import { openTestDatabases } from '../../../test/harness/database.ts';
import { openDatabase } from '../../platform/database/database.ts';
import type { DatabaseDefinition } from '../../platform/database/migrate.ts';
import { formatFindings } from '../doctor/finding.ts';
import { readStoreFacts, type StoreFacts } from './facts.ts';
import { decideWay, describeFacts, type Facts } from './findings.ts';

const now = new Date('2026-09-18T12:00:00Z');
const stamp = { version: '0.1.0', earliest: '0.0.0' };
const change = { name: 'operations/main/0200-more', online: false, needs: undefined, held: ['weeks'], unsafe: [] };
const store: StoreFacts = {
  store: 'main',
  stamp,
  pending: [change],
  differs: true,
  guards: [],
  tables: 150,
  sizes: { weeks: 4e9 },
  bytes: 6e9,
  connected: ['0.1.0'],
  longTransactions: 0,
};
const facts = (more: Partial<StoreFacts> = {}, rest: Partial<Facts> = {}): Facts => ({
  version: '0.2.0',
  stores: [{ ...store, ...more }],
  backup: { verified: new Date('2026-09-18T09:00:00Z'), any: true },
  free: 50e9,
  now,
  ...rest,
});
const said = (given: Facts): string => formatFindings(describeFacts(given)).lines.join('\n');

test('an upgrade that only adds lets the old processes go on, and says what it holds', () => {
  assert.equal(decideWay(facts()), 'beside');
  const lines = said(facts());
  for (const line of [
    /✔ Main database: from 0\.1\.0 to 0\.2\.0\. 1 change waits\./,
    /✔ operations\/main\/0200-more: holds weeks \(4\.0 GB\) for a moment\./,
    /✔ Processes of the version before can go on beside this one: replace them one after another\./,
    /✔ Connected now: 0\.1\.0\./,
    /✔ The newest verified backup is 3 hours old\./,
    /✔ The databases have 6\.0 GB; 50\.0 GB are free\./,
    /✔ Nothing is taken away: the version before can be started again/,
    /Nothing needs to be cured\.$/,
  ])
    assert.match(lines, line);
});

for (const [what, given, way, line] of [
  [
    'a change that writes a table again',
    facts({ pending: [{ ...change, unsafe: ['writes the whole table again: add a column'] }] }),
    'stop',
    /! .*holds weeks \(4\.0 GB\) for about 80 seconds or less\. It writes the whole table again/,
  ],
  [
    'a change that takes something away while an earlier process is connected',
    facts({ pending: [{ ...change, needs: '0.1.5' }] }),
    'stop',
    /✖ Connected now: 0\.1\.0\. A change needs later ones[\s\S]*Cannot be undone without a backup: operations\/main\/0200-more/,
  ],
  [
    'a database without a stamp',
    facts({ stamp: { version: '0.0.0', earliest: '0.0.0' }, guards: ['weeks'] }),
    'stop',
    /! Row policies and triggers are made again on all 150 tables, this once\. .*quiet minute/,
  ],
  [
    'a database that a later version changed for good',
    facts({ stamp: { version: '0.4.0', earliest: '0.3.0' }, pending: [], differs: false }),
    'refused',
    /✖ Main database: 0\.4\.0 has changed it, and 0\.3\.0 is the earliest version.* This is 0\.2\.0: start 0\.4\.0/,
  ],
  [
    'a database of a later version',
    facts({ stamp: { version: '0.4.0', earliest: '0.0.0' }, pending: [], differs: false }),
    'nothing to do',
    /✔ Main database: 0\.4\.0 has migrated it\. 0\.2\.0 can work with it, and changes nothing\./,
  ],
  [
    'an old backup',
    facts({}, { backup: { verified: new Date('2026-09-16T09:00:00Z'), any: true } }),
    'beside',
    /✖ The newest verified backup is 51 hours old\. Take a backup/,
  ],
  [
    'a backup that nobody verified',
    facts({}, { backup: { verified: undefined, any: true } }),
    'beside',
    /✖ No backup was verified\./,
  ],
  [
    'a folder of backups that is not named',
    facts({}, { backup: 'not set up' }),
    'beside',
    /✖ Whether there is a backup is not known/,
  ],
  [
    'a full disk',
    facts({}, { free: 1e9 }),
    'beside',
    /✖ The databases have 6\.0 GB; 1\.0 GB are free\. Make room first\./,
  ],
  [
    'a long transaction',
    facts({ longTransactions: 1 }),
    'beside',
    /! Transactions open for more than five seconds: 1\./,
  ],
  [
    'an index',
    facts({ pending: [{ ...change, online: true }] }),
    'beside',
    /✔ .*built beside running work; holds no table\./,
  ],
] as const)
  test(`says of ${what} what it means`, () => {
    assert.equal(decideWay(given), way);
    assert.match(said(given), line);
  });

test('reads a database without changing it', async (t) => {
  const { addresses, beforeDropping } = await openTestDatabases(t, application);
  const db = openDatabase(addresses.main.owner ?? '', { maxConnections: 1 });
  beforeDropping(() => db.destroy());
  const { main } = application.schema;
  const text = 'alter table premises add column parking text;';
  const trigger = 'create trigger more before update on premises for each row execute function keep_disposed();';
  const definition: DatabaseDefinition = {
    ...application,
    schema: {
      ...application.schema,
      main: {
        ...main,
        changes: [...main.changes, { name: 'operations/main/9000-more', text }],
        triggers: [...main.triggers, { name: 'operations/main/more', text: trigger }],
      },
    },
  };
  const before = await readCatalogue(db);
  const found = await readStoreFacts(db, 'main', definition, '99.0.0');
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
  assert.deepEqual(found.pending, [
    { name: 'operations/main/9000-more', online: false, needs: undefined, held: ['premises'], unsafe: [] },
  ]);
  assert.deepEqual(found.guards, ['premises']);
  assert.equal(found.differs, true);
  assert.ok((found.sizes.premises ?? -1) >= 0 && found.bytes > 1e6);
  const same = await readStoreFacts(db, 'main', application, '99.0.0');
  assert.deepEqual([same.pending, same.guards], [[], []]);
});
