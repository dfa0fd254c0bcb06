import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { findFault, readKey, readNote, verifyLine } from '../verify/note.ts';
import {
  bodyOf,
  cosignatureLine,
  cosignedAt,
  formatPublicKey,
  logPublicKey,
  readCheckpoint,
  readWitnessKey,
  signedCheckpoint,
  timeOfLine,
  witnessPublicKey,
} from './checkpoint.ts';

const origin = 'safelight.example/1a2b3c4d/main';
const { privateKey } = generateKeyPairSync('ed25519');
const at = new Date('2026-09-18T11:00:07Z');
const key = readKey(formatPublicKey(logPublicKey(origin, privateKey)));
const note = signedCheckpoint(origin, privateKey, 42, randomBytes(32), at);

test('what the log signs, a stranger reads and finds good', () => {
  const read = readNote(note);
  assert.ok(key && read);
  assert.equal(read.size, 42);
  assert.equal(findFault(read, [key]), undefined);
  assert.deepEqual(
    readCheckpoint(note)?.lines.map((line) => timeOfLine(line)?.toISOString()),
    [undefined, '2026-09-18T11:00:07.000Z'],
  );
});

test('no byte of a checkpoint can be another', () => {
  assert.ok(key);
  const bytes = Buffer.from(note);
  for (let place = 0; place < bytes.length; place += 1) {
    for (const bit of [1, 2, 4, 32]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] as number) ^ bit;
      const read = readNote(changed.toString());
      assert.ok(!read || findFault(read, [key]) !== undefined, `byte ${place}, bit ${bit}`);
    }
  }
});

test('another key, even under the same name, signs nothing', () => {
  const other = generateKeyPairSync('ed25519').privateKey;
  const forged = readNote(signedCheckpoint(origin, other, 42, randomBytes(32), at));
  assert.ok(key && forged);
  assert.match(findFault(forged, [key]) ?? '', /none of the keys given has signed it/);
});

test('a witness’s cosignature says who, when and of what', () => {
  const witness = generateKeyPairSync('ed25519').privateKey;
  const known = witnessPublicKey('council.example/witness', witness);
  const body = bodyOf(origin, 42, randomBytes(32));
  const line = cosignatureLine(known.name, witness, body, at);
  assert.deepEqual(readWitnessKey(formatPublicKey(known)), known);
  assert.deepEqual(cosignedAt(known, body, line), at);
  assert.equal(cosignedAt(known, bodyOf(origin, 43, randomBytes(32)), line), undefined);
  assert.equal(cosignedAt({ ...known, name: 'another.example' }, body, line), undefined);
  const stranger = readKey(formatPublicKey(known));
  const read = readNote(`${body}\n${line}`);
  assert.ok(stranger && read?.lines[0]);
  assert.deepEqual(verifyLine(stranger, body, read.lines[0]), { at });
});

test('what is no key of a witness is not taken for one', () => {
  for (const text of [
    '',
    'name',
    'a+b+c',
    formatPublicKey(logPublicKey(origin, privateKey)),
    `${formatPublicKey(witnessPublicKey('w', privateKey))}=`,
  ])
    assert.equal(readWitnessKey(text), undefined, text);
});
