import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAge } from './amounts.ts';
import type { Measures, QueueMeasures, StoreMeasures } from './measures.ts';
import { judgeAll, rules } from './rules.ts';

const day = 86_400;
const queues: QueueMeasures = { outboxSeconds: 1, outboxGivenUp: 0, unsealedSeconds: undefined, unsealedRows: 0 };
const store: StoreMeasures = {
  version: '17.10',
  readOnly: false,
  synchronous: true,
  replicas: [{ state: 'streaming', lagSeconds: 0.01 }],
  clockApartSeconds: 0.002,
  schemaFits: true,
  schemaName: '0114-example',
  led: true,
  queues,
  failingMessages: [],
};
type Backups = Exclude<Measures['backups'], string>;
const soundBackups: Backups = {
  backupSeconds: 3_600,
  drillSeconds: 10 * day,
  lastDrillFailed: false,
  newestFailed: false,
  newestBaseless: false,
  drillOpenedNone: false,
  logSeconds: 8,
};
const siteOf = (days: number, fitsHost = true) =>
  ({ host: 'safelight.example', state: 'read', secondsLeft: days * day, fitsHost }) as const;
const unreached = { host: 'safelight.example', state: 'not reached' } as const;
const well: Measures = {
  version: '0.1.0',
  node: '24.0.0',
  main: store,
  safeguarding: { ...store, led: undefined, failingMessages: undefined },
  poolWaiting: 0,
  messagesSetUp: true,
  certificateSeconds: 400 * day,
  siteCertificates: [siteOf(80)],
  free: { data: 50e9, files: 50e9 },
  filesStore: { state: 'fine' },
  backups: soundBackups,
};
const main = (more: Partial<StoreMeasures>): Partial<Measures> => ({ main: { ...store, ...more } });
const help = (more: Partial<StoreMeasures>): Partial<Measures> => ({
  safeguarding: { ...store, led: undefined, ...more },
});
const waiting = (more: Partial<QueueMeasures>) => ({ queues: { ...queues, ...more } });

test('a healthy system has nothing to cure, and every rule judges it', () => {
  const findings = judgeAll(well);
  assert.deepEqual(
    findings.map(({ name }) => name),
    rules.map(({ name }) => name),
  );
  assert.deepEqual(
    findings.filter(({ cure, advice, notSetUp }) => cure ?? advice ?? notSetUp),
    [],
  );
});

type Case = readonly [what: string, measures: Partial<Measures>, rule: string, kind: Kind, says: RegExp];
type Kind = 'cure' | 'advice' | 'not set up' | 'healthy';

const cases: readonly Case[] = [
  ['the main database is away', { main: 'away' }, 'main_database', 'cure', /does not answer/],
  ['it is a replica', main({ readOnly: true }), 'main_database', 'cure', /is a replica/],
  ['the other database is away', { safeguarding: 'away' }, 'safeguarding_database', 'cure', /does not answer/],
  ['another version migrated', main({ schemaFits: false }), 'main_schema', 'cure', /another version/],
  ['a replica is 10 s behind', lagging(10), 'main_replication', 'healthy', /up to date/],
  ['a replica is 11 s behind', lagging(11), 'main_replication', 'cure', /11 seconds behind/],
  ['nobody confirms', main({ replicas: [] }), 'main_replication', 'cure', /waits until one confirms/],
  ['one machine', main({ replicas: [], synchronous: false }), 'main_replication', 'advice', /one machine/],
  [
    'state hidden',
    main({ replicas: [{ state: null, lagSeconds: null }] }),
    'main_replication',
    'advice',
    /cannot read/,
  ],
  ['a clock 5 s ahead', main({ clockApartSeconds: 5 }), 'main_clock', 'healthy', /agrees/],
  ['a clock 6 s behind', main({ clockApartSeconds: -6 }), 'main_clock', 'cure', /6 seconds apart/],
  ['four wait for a connection', { poolWaiting: 4 }, 'pool', 'healthy', /at once/],
  ['five wait for a connection', { poolWaiting: 5 }, 'pool', 'cure', /5 requests wait/],
  ['nobody leads', main({ led: false }), 'background_work', 'cure', /No process/],
  ['an event waits 2 min', main(waiting({ outboxSeconds: 120 })), 'main_outbox', 'healthy', /in time/],
  ['an event waits longer', main(waiting({ outboxSeconds: 121 })), 'main_outbox', 'cure', /2 minutes/],
  ['an event was given up', main(waiting({ outboxGivenUp: 1 })), 'main_outbox', 'cure', /ten times/],
  ['an event of 90 min there', help(waiting({ outboxSeconds: 5_400 })), 'safeguarding_outbox', 'healthy', /in time/],
  [
    'an event of 3 h there',
    help(waiting({ outboxSeconds: 10_800 })),
    'safeguarding_outbox',
    'cure',
    /more than two hours/,
  ],
  ['a row unsealed for 3 min', main(waiting({ unsealedSeconds: 180 })), 'main_seal', 'cure', /3 minutes/],
  ['a row unsealed for 3 h', help(waiting({ unsealedSeconds: 10_800 })), 'safeguarding_seal', 'cure', /more than two/],
  ['messages are off', { messagesSetUp: false }, 'messages', 'not set up', /No mail server/],
  ['mail fails', main({ failingMessages: ['email'] }), 'messages', 'cure', /The mail server does not take/],
  ['texts fail', main({ failingMessages: ['text'] }), 'messages', 'cure', /The text gateway does not take/],
  ['a certificate ends in 13 days', { certificateSeconds: 13 * day }, 'mail_certificate', 'cure', /13 days/],
  ['a certificate has ended', { certificateSeconds: -1 }, 'mail_certificate', 'cure', /has ended/],
  [
    'a site’s certificate ends in 13 days',
    { siteCertificates: [siteOf(80), siteOf(13)] },
    'site_certificate',
    'cure',
    /13 days/,
  ],
  ['a site’s certificate has ended', { siteCertificates: [siteOf(-1)] }, 'site_certificate', 'cure', /has ended/],
  [
    'a site’s certificate is of another name',
    { siteCertificates: [siteOf(80, false)] },
    'site_certificate',
    'cure',
    /another name/,
  ],
  ['one site of two is reached', { siteCertificates: [unreached, siteOf(13)] }, 'site_certificate', 'cure', /13 days/],
  ['no site is reached', { siteCertificates: [unreached] }, 'site_certificate', 'advice', /No site is reached/],
  ['no folder of backups is set', { backups: 'not set up' }, 'backup', 'not set up', /Nobody said where/],
  ['the folder is not there', { backups: 'unreadable' }, 'backup', 'cure', /cannot be read/],
  ['no backup', backups({ backupSeconds: undefined }), 'backup', 'cure', /no backup yet/],
  ['a backup of 26 h', backups({ backupSeconds: 26 * 3_600 }), 'backup', 'healthy', /26 hours old/],
  ['a backup of 27 h', backups({ backupSeconds: 27 * 3_600 }), 'backup', 'cure', /27 hours old/],
  ['no drill', backups({ drillSeconds: undefined }), 'drill', 'cure', /No backup was ever restored/],
  ['a drill of 36 days', backups({ drillSeconds: 36 * day }), 'drill', 'cure', /36 days ago/],
  ['the last backup rests on nothing', backups({ newestBaseless: true }), 'backup', 'cure', /cannot be restored/],
  ['the last backup failed its drill', backups({ newestFailed: true }), 'backup', 'cure', /failed its verification/],
  ['a drill opened nothing sealed', backups({ drillOpenedNone: true }), 'drill', 'advice', /no sealed record/],
  ['the last drill failed', backups({ lastDrillFailed: true }), 'drill', 'cure', /failed/],
  ['a log of 10 min ago', backups({ logSeconds: 600 }), 'backup_log', 'healthy', /as it is written/],
  ['a log of 11 min ago', backups({ logSeconds: 660 }), 'backup_log', 'cure', /Nothing was received for 11 minutes/],
  ['4 GB free', { free: { data: 4e9, files: 50e9 } }, 'data_disk', 'advice', /4\.0 GB/],
  [
    'a store that is away',
    { filesStore: { state: 'away', says: 'ECONNREFUSED' } },
    'files_store',
    'cure',
    /ECONNREFUSED/,
  ],
  ['a store that refuses', { filesStore: { state: 'refused', says: 'status 403' } }, 'files_store', 'cure', /403/],
  ['a store that keeps versions', { filesStore: { state: 'keeps versions' } }, 'files_store', 'cure', /versioning/],
  ['a store that does not say', { filesStore: { state: 'versions unknown' } }, 'files_store', 'cure', /may not ask/],
  ['less than 1 GB free', { free: { data: 50e9, files: 9e8 } }, 'files_disk', 'cure', /0\.9 GB/],
];

function lagging(lagSeconds: number): Partial<Measures> {
  return main({ replicas: [{ state: 'streaming', lagSeconds }] });
}
function backups(more: Partial<Backups>): Partial<Measures> {
  return { backups: { ...soundBackups, ...more } };
}

const kindOf = ({ cure, advice, notSetUp }: { cure?: string; advice?: string; notSetUp?: true }): Kind =>
  cure ? 'cure' : notSetUp ? 'not set up' : advice ? 'advice' : 'healthy';

for (const [what, measures, rule, kind, says] of cases)
  test(`a rule of System health: ${what}`, () => {
    const finding = judgeAll({ ...well, ...measures }).find(({ name }) => name === rule);
    assert.ok(finding, rule);
    assert.match(finding.says, says);
    assert.equal(kindOf(finding), kind);
  });

test('every rule that can ask for a cure is tried', () => {
  const tried = new Set(cases.flatMap(([, , rule, kind]) => (kind === 'cure' ? [rule] : [])));
  const twins = (name: string): string => name.replace(/^safeguarding_(schema|replication|clock)$/, 'main_$1');
  assert.deepEqual(
    rules
      .map(({ name }) => name)
      .filter((name) => name !== 'version' && !tried.has(twins(name)) && name !== 'data_disk'),
    [],
  );
});

test('what a process cannot know, it does not judge', () => {
  const names = judgeAll({
    ...well,
    main: { ...store, queues: undefined, failingMessages: undefined },
    safeguarding: 'elsewhere',
    certificateSeconds: undefined,
    siteCertificates: [],
    free: { data: undefined, files: undefined },
    filesStore: undefined,
  }).map(({ name }) => name);
  for (const absent of ['main_outbox', 'main_seal', 'messages', 'mail_certificate', 'site_certificate', 'data_disk'])
    assert.ok(!names.includes(absent), absent);
  assert.deepEqual(
    names.filter((name) => name.startsWith('safeguarding')),
    [],
  );
});

test('ages are said in the largest unit of which there are two', () => {
  for (const [seconds, said] of [
    [0, '0 seconds'],
    [1, '1 second'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [7_199, '119 minutes'],
    [7_200, '2 hours'],
    [172_799, '47 hours'],
    [172_800, '2 days'],
    [-3, '0 seconds'],
  ] as const)
    assert.equal(formatAge(seconds), said);
});
