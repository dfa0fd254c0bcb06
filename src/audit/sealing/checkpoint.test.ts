import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { faultOf, readKey, readNote, signedBy } from '../verify/note.ts';
import {
  bodyOf,
  cosignatureLine,
  cosignedAt,
  keyOfLog,
  keyOfWitness,
  readCheckpoint,
  readWitnessKey,
  signedCheckpoint,
  timeOfLine,
  written,
} from './checkpoint.ts';

const origin = 'safelight.example/1a2b3c4d/main';
const { privateKey } = generateKeyPairSync('ed25519');
const at = new Date('2026-09-18T11:00:07Z');
const key = readKey(written(keyOfLog(origin, privateKey)));
const note = signedCheckpoint(origin, privateKey, 42, randomBytes(32), at);

test('what the log signs, a stranger reads and finds good', () => {
  const read = readNote(note);
  assert.ok(key && read);
  assert.equal(read.size, 42);
  assert.equal(faultOf(read, [key]), undefined);
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
      assert.ok(!read || faultOf(read, [key]) !== undefined, `byte ${place}, bit ${bit}`);
    }
  }
});

test('another key, even under the same name, signs nothing', () => {
  const other = generateKeyPairSync('ed25519').privateKey;
  const forged = readNote(signedCheckpoint(origin, other, 42, randomBytes(32), at));
  assert.ok(key && forged);
  assert.match(faultOf(forged, [key]) ?? '', /none of the keys given has signed it/);
});

test('a witness’s cosignature says who, when and of what', () => {
  const witness = generateKeyPairSync('ed25519').privateKey;
  const known = keyOfWitness('council.example/witness', witness);
  const body = bodyOf(origin, 42, randomBytes(32));
  const line = cosignatureLine(known.name, witness, body, at);
  assert.deepEqual(readWitnessKey(written(known)), known);
  assert.deepEqual(cosignedAt(known, body, line), at);
  assert.equal(cosignedAt(known, bodyOf(origin, 43, randomBytes(32)), line), undefined);
  assert.equal(cosignedAt({ ...known, name: 'another.example' }, body, line), undefined);
  const stranger = readKey(written(known));
  const read = readNote(`${body}\n${line}`);
  assert.ok(stranger && read?.lines[0]);
  assert.deepEqual(signedBy(stranger, body, read.lines[0]), { at });
});

test('what is no key of a witness is not taken for one', () => {
  for (const text of [
    '',
    'name',
    'a+b+c',
    written(keyOfLog(origin, privateKey)),
    `${written(keyOfWitness('w', privateKey))}=`,
  ])
    assert.equal(readWitnessKey(text), undefined, text);
});
