import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import {
  answerQuestions,
  blindQuestions,
  deriveCheckKey,
  listStep,
  openAnswers,
  padTags,
  questionsAtOnce,
  tagOf,
} from './oblivious-check.ts';

const key = deriveCheckKey(Buffer.alloc(32, 7));

test('the function agrees with the test vectors of RFC 9497, A.1.2', () => {
  const { secretKey, publicKey } = ristretto255_oprf.voprf.deriveKeyPair(
    new Uint8Array(32).fill(0xa3),
    Buffer.from('test key'),
  );
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  assert.equal(hex(secretKey), 'e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909');
  assert.equal(hex(publicKey), 'c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e');
  const output = Buffer.from(
    'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
    'hex',
  );
  const tag = createHash('sha256').update('safelight list/').update(output).digest();
  assert.deepEqual(tagOf({ secretKey, publicKey }, '\0'), tag);
});

test('who asks learns which of the own entries are in the list, and nothing else', () => {
  const list = padTags([tagOf(key, 'a'), tagOf(key, 'b')], 'secret');
  const questions = blindQuestions(['b', 'c']);
  const opened = openAnswers(questions, answerQuestions(key, questions.asked));
  const isListed = (input: string): boolean => list.some((tag) => tag.equals(opened.get(input) ?? Buffer.alloc(0)));
  assert.deepEqual([...opened.keys()], ['b', 'c']);
  assert.equal(isListed('b'), true);
  assert.equal(isListed('c'), false);
});

test('questions do not repeat and always come by the dozen', () => {
  const [one, two] = [blindQuestions(['a']), blindQuestions(['a'])];
  assert.equal(one.asked.length, questionsAtOnce);
  assert.equal(new Set([...one.asked, ...two.asked].map((asked) => Buffer.from(asked).toString('hex'))).size, 24);
  assert.throws(() => blindQuestions(Array.from({ length: 13 }, String)), RangeError);
});

test('an answer by another key, a changed answer and a changed proof are refused', () => {
  const questions = blindQuestions(['a']);
  const right = answerQuestions(key, questions.asked);
  const wrong = answerQuestions(deriveCheckKey(Buffer.alloc(32, 8)), questions.asked);
  assert.throws(() => openAnswers(questions, { ...wrong, publicKey: right.publicKey }));
  assert.throws(() => openAnswers(questions, { ...right, evaluated: [...right.evaluated].reverse() }));
  assert.throws(() => openAnswers(questions, { ...right, proof: randomBytes(right.proof.length) }));
  assert.throws(() => openAnswers(questions, { ...right, evaluated: right.evaluated.slice(1) }), RangeError);
});

test('what is no element of the group is not answered', () => {
  for (const question of [new Uint8Array(32), new Uint8Array(32).fill(0xff), new Uint8Array(5)])
    assert.throws(() => answerQuestions(key, [question]));
});

test('a list has one length, one order and no trace of what is left out of it', () => {
  const tags = Array.from({ length: 40 }, (_, at) => tagOf(key, `entry ${at}`));
  const list = padTags(tags, 'secret');
  assert.equal(list.length, listStep);
  assert.deepEqual(padTags([...tags].reverse(), 'secret'), list);
  assert.equal(padTags([], 'secret').length, listStep);
  assert.equal(padTags([...list, randomBytes(32)], 'secret').length, 2 * listStep);
  assert.deepEqual(list.map(String), list.toSorted(Buffer.compare).map(String));
});
