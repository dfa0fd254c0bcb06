import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnitKeys } from '../../platform/crypto/crypto.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { newReceipt } from '../mailbox/receipt.ts';
import {
  allKeyPairs,
  currentKeyPair,
  openContact,
  openPartContent,
  openReportKey,
  sealReport,
} from './sealed-report.ts';
import { openSealing, unwrapByReceipt } from './sealing.ts';

await openSealing();

const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const before = new UnitKeys('k1', new Map([['k1', one]]));
const after = new UnitKeys(
  'k2',
  new Map([
    ['k1', one],
    ['k2', other],
  ]),
);
const lost = new UnitKeys('k2', new Map([['k2', other]]));

const receipt = newReceipt();
const sealed = sealReport(currentKeyPair(before, 'police'), {
  id: newTimelessId(),
  line: 'police',
  way: 'public form',
  answers: { who: 'worried', what: 'Words', reach: 'yes', name: 'Ira' },
  receipt,
  queue: 'first',
  promisedHours: 8,
  now: new Date('2026-09-18T12:34:56Z'),
});

test('a report sealed before a new unit key is still read, but not without the old key', () => {
  const key = openReportKey(allKeyPairs(after, 'police'), sealed.id, sealed.sealedKey);
  assert.equal(openPartContent(key, 'police', { id: sealed.partId, sealed: sealed.told }).what, 'Words');
  assert.notEqual(currentKeyPair(after, 'police').id, currentKeyPair(before, 'police').id);
  assert.throws(() => openReportKey(allKeyPairs(lost, 'police'), sealed.id, sealed.sealedKey), /does not hold/);
});

test('the support side’s pair opens no police report, and no receipt opens a source identity', () => {
  assert.throws(() => openReportKey(allKeyPairs(before, 'help'), sealed.id, sealed.sealedKey), /does not hold/);
  assert.ok(sealed.receiptKey && sealed.contact);
  const key = unwrapByReceipt(receipt, sealed.id, sealed.receiptKey);
  assert.equal(openPartContent(key, 'police', { id: sealed.partId, sealed: sealed.told }).what, 'Words');
  const { contact } = sealed;
  assert.throws(() => openPartContent(key, 'police', { id: sealed.partId, sealed: contact.sealed }));
  assert.deepEqual(openContact(allKeyPairs(before, 'police'), 'police', sealed.id, contact), {
    said: { name: 'Ira' },
    inBrowser: 'no',
  });
});

test('keys that change places open nothing, and no time finer than the hour is kept', () => {
  const { contact } = sealed;
  assert.ok(contact);
  const pairs = allKeyPairs(before, 'police');
  assert.throws(() => openReportKey(pairs, sealed.id, contact.sealedKey), /another place/);
  assert.throws(() => openReportKey(pairs, newTimelessId(), sealed.sealedKey), /another place/);
  assert.equal(sealed.hour.toISOString(), '2026-09-18T12:00:00.000Z');
});
