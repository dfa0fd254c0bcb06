import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formatReceiptAsDigits, newReceipt, readReceipt } from '../mailbox/receipt.ts';
import {
  intakeKeyPair,
  newReportKey,
  openPart,
  openSealed,
  openSealing,
  type Place,
  sealPart,
  sealTo,
  unwrapByReceipt,
  unwrapForUnit,
  wrapForReceipt,
  wrapForUnit,
} from './sealing.ts';

const place: Place = { tenant: 'unit', table: 'reports', column: 'told', row: '8f14e45f-ceea-4d3b-a1b0-000000000001' };
const told = 'Two girls carry water to the flat over the shop. Дуже багато людей. 他们不能出门。';
await openSealing();
const pair = intakeKeyPair(Buffer.from(UnitKeys.generate().derive('intake/main'), 'base64'));
/** The keys of a public process. */
const door = { id: pair.id, publicKey: pair.publicKey };

/** Both ways of sealing, so that each is tried alike. */
const key = newReportKey();
const ways = {
  'to the unit': {
    seal: (where: Place, plain: Uint8Array | string) => sealTo(door, where, plain),
    open: (where: Place, sealed: Uint8Array) => openSealed(pair, where, sealed),
  },
  'under the key of a report': {
    seal: (where: Place, plain: Uint8Array | string) => sealPart(key, where, plain),
    open: (where: Place, sealed: Uint8Array) => openPart(key, where, sealed),
  },
};

for (const [way, { seal, open }] of Object.entries(ways)) {
  test(`${way}: what is sealed opens again, text and bytes, of any length`, () => {
    assert.equal(open(place, seal(place, told)).toString(), told);
    const lengths = [0, 1, 255, 256, 257, 1_023, 1_024, 4_095, 4_096, 16_383, 16_384, 16_385, 32_767, 32_768, 300_000];
    for (const length of lengths) {
      // Ends as padding ends: with noughts, and with the sign that padding begins with.
      for (const fill of [0, 0x80, 0xff]) {
        const plain = Buffer.alloc(length, fill);
        assert.deepEqual(open(place, seal(place, plain)), plain, `${length} of ${fill}`);
      }
    }
  });

  test(`${way}: moved to another tenant, table, column or row it does not open`, () => {
    const sealed = seal(place, told);
    for (const part of ['tenant', 'table', 'column', 'row'] as const)
      assert.throws(() => open({ ...place, [part]: 'another' }, sealed), Error, part);
    assert.throws(() => open({ ...place, table: 'reports","told', column: 'told' }, sealed));
    assert.throws(() => open({ ...place, table: place.column, column: place.table }, sealed));
  });

  test(`${way}: with any one bit changed it does not open`, () => {
    const sealed = seal(place, 'yes');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => open(place, changed), Error, `bit ${bit}`);
    }
  });

  test(`${way}: cut short, drawn out or empty it does not open`, () => {
    const sealed = seal(place, 'yes');
    for (let length = 0; length < sealed.length; length += 1)
      assert.throws(() => open(place, sealed.subarray(0, length)), Error, `${length} bytes`);
    assert.throws(() => open(place, Buffer.concat([sealed, Buffer.of(0)])));
    for (let tries = 0; tries < 200; tries += 1) {
      const junk = Buffer.concat([Buffer.of(1), randomBytes(tries * 3)]);
      assert.throws(() => open(place, junk));
    }
  });

  test(`${way}: sealed twice it is never the same, and its length reveals little`, () => {
    assert.notDeepEqual(seal(place, told), seal(place, told));
    const lengthOf = (length: number): number => seal(place, 'a'.repeat(length)).length;
    assert.equal(lengthOf(0), lengthOf(255));
    assert.equal(lengthOf(256), lengthOf(1_023));
    assert.equal(lengthOf(4_096), lengthOf(16_383));
    assert.equal(new Set(Array.from({ length: 170 }, (_, step) => lengthOf(step * 97))).size, 5);
  });

  test(`${way}: no word and no digest of it is in what is sealed`, () => {
    const sealed = seal(place, told);
    assert.ok(!sealed.includes('water'));
    for (const algorithm of ['sha256', 'sha1', 'md5'])
      assert.ok(!sealed.includes(createHash(algorithm).update(told).digest().subarray(0, 8)), algorithm);
  });
}

test('the process that sealed cannot open, nor can the key of another unit', () => {
  const sealed = sealTo(door, place, told);
  assert.throws(() => openSealed({ ...door, secretKey: door.publicKey }, place, sealed));
  const other = intakeKeyPair(randomBytes(32));
  assert.throws(() => openSealed(other, place, sealed), /another key of the unit/);
  assert.throws(() => openSealed({ ...other, id: pair.id }, place, sealed));
  assert.throws(() => openPart(newReportKey(), place, sealPart(newReportKey(), place, told)));
});

test('the pair follows from its seed alone, and its name from its public key', () => {
  const seed = randomBytes(32);
  assert.deepEqual(intakeKeyPair(seed), intakeKeyPair(Buffer.from(seed)));
  assert.match(pair.id, /^[0-9a-f]{16}$/);
  assert.notEqual(intakeKeyPair(randomBytes(32)).id, pair.id);
  assert.throws(() => intakeKeyPair(randomBytes(31)));
});

test("the key of a report is wrapped for the unit and for the receipt, and for no other's", () => {
  const receipt = newReceipt();
  const [forUnit, forReceipt] = [wrapForUnit(door, place.row, key), wrapForReceipt(receipt, place.row, key)];
  const again = readReceipt(formatReceiptAsDigits(receipt));
  assert.ok(again);
  assert.deepEqual(unwrapForUnit(pair, place.row, forUnit), key);
  assert.deepEqual(unwrapByReceipt(again, place.row, forReceipt), key);
  assert.throws(() => unwrapByReceipt(newReceipt(), place.row, forReceipt));
  assert.throws(() => unwrapByReceipt(receipt, 'another report', forReceipt));
  assert.throws(() => unwrapForUnit(pair, 'another report', forUnit));
});

test('no kind of seal passes for another', () => {
  const asText = sealTo(door, place, told);
  assert.throws(() => unwrapForUnit(pair, place.row, asText));
  assert.throws(() => openSealed(pair, place, wrapForUnit(door, place.row, key)));
  const receipt = newReceipt();
  assert.throws(() => openPart(key, place, wrapForReceipt(receipt, place.row, key)));
  assert.throws(() => openSealed(pair, place, sealPart(key, place, told)));
});
