import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRiskyWords, riskKinds } from './risky-words.ts';

const found = (message: string, told?: string): string[] =>
  findRiskyWords(message, told).map(({ word, danger }) => `${word}: ${danger}`);

test('a neutral message is accepted unchanged', () => {
  for (const message of [
    'Can you tell us more about the last part?',
    'Thank you. Is there a day on which it is different?',
    'How many floors are there?',
    'Is it still so?',
    'Thank you. We have what we need. Please write here again if anything changes.',
    'I understand. You need not answer.',
  ])
    assert.deepEqual(found(message), [], message);
});

test('who reads it, what it is about, a time, a place, a number and a name are found', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['The police have read it.', 'police: says who reads it'],
    ['An officer will ring.', 'officer: says who reads it'],
    ['We passed it to Immigration.', 'Immigration: says who reads it'],
    ['You may be a victim of slavery', 'victim: says what it is about'],
    ['Thank you for your report', 'report: says what it is about'],
    ['Can you be there at 9.30?', '9.30: names a time'],
    ['Ring us at 5pm', '5pm: names a time'],
    ['We come on Tuesday', 'Tuesday: names a time'],
    ['Be ready tomorrow', 'tomorrow: names a time'],
    ['Was it in Meadow Road?', 'Meadow Road: names a place'],
    ['Is it AL1 3XY?', 'AL1 3XY: names a place'],
    ['Is it flat 12?', 'flat 12: names a place'],
    ['Ring 01632 960118', '01632 960118: names a number'],
    ['Was it AB12 CDE?', 'AB12 CDE: names a number'],
    ['Did you see what Marta did?', 'Marta: may be a name'],
    ['Is it near Watford?', 'Watford: may be a name'],
  ];
  for (const [message, expected] of cases) assert.ok(found(message).includes(expected), `${message} ${found(message)}`);
});

test('what the reporter said is not to be said back', () => {
  assert.deepEqual(found('Are the mattresses still there?', 'There are mattresses behind the counter'), [
    'mattresses: was told',
  ]);
  assert.deepEqual(found('Is there something else?', 'There is something wrong'), []);
});

test('each word is named once, and no text holds it up', () => {
  assert.equal(findRiskyWords('the police, the Police, the POLICE').length, 1);
  for (const { danger } of findRiskyWords('police on Tuesday at 9.30')) assert.ok(riskKinds.includes(danger));
  assert.deepEqual(found(''), []);
  assert.ok(findRiskyWords('1 '.repeat(500)).length < 10);
  assert.ok(findRiskyWords(`${'a'.repeat(1_000)}`).length === 0);
});
