import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding, Justification } from './finding.ts';

const now = getPolicy('in force from 2026');
const told = applyPolicy(signedReturn, now, extras.decisions);
const contacts = ['999', '101', '18001101', '+448000121700', '+448001111', 'https://www.modernslaveryhelpline.org'];
const check = (
  text: string,
  given: PublishableReturn = told,
  justifications: readonly Justification[] = [],
): Finding[] => checkText(text, given, { publishOn: extras.publishOn, justifications, contacts });

test('a number to call and an address pass only where they are those of a contact', () => {
  const held = (text: string): string[] =>
    check(text)
      .filter(({ blocks, kind }) => blocks && kind === 'number')
      .map(({ typed }) => typed);
  assert.deepEqual(held('Call 0300 123 4567 before 5pm.'), ['0300 123 4567', '5pm']);
  for (const typed of [
    '01632 960 230',
    '(01632) 960 230',
    '+353 1 496 0000',
    '112',
    'https://elsewhere.example/help',
    'elsewhere.co.uk',
    'help@elsewhere.org',
    'help@modernslaveryhelpline.org',
  ])
    assert.deepEqual(held(`Please call ${typed}, by day.`).join().replace(/,+$/, ''), typed);
  for (const typed of [
    '101',
    '999',
    '999 and press 55',
    '18001 101',
    '08000 121 700',
    '+44 8000 121700',
    '+44 (0)8000 121 700',
    '0800 1111',
    'modernslaveryhelpline.org',
    'https://www.modernslaveryhelpline.org/report',
    '@LeaVale',
  ])
    assert.deepEqual(held(`Please call ${typed}.`), []);
  const behind = 'See [the helpline](https://elsewhere.example) or [this one](https://modernslaveryhelpline.org/x).';
  assert.deepEqual(held(behind), ['[the helpline](https://elsewhere.example)']);
  const sentence = 'Call 0300 123 4567.';
  const reason = 'The number of the inquiry, read to us by its clerk';
  const [justified] = check(sentence, told, [{ typed: '0300 123 4567', sentence, reason, by: 'Wren Writer' }]);
  assert.equal(justified?.blocks, false);
});
