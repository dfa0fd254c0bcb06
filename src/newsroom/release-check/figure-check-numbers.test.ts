import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding } from './finding.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const check = (text: string): Finding[] =>
  checkText(text, told, { publishOn: extras.publishOn, justifications: [], contacts: [] });

test('a number that begins a list is printed, so it must be changed', () => {
  for (const text of [
    '17. Arrests were made',
    'Before.\n\n0) Arrests were made',
    '- Here\n\n  2. Arrests',
    '> 17. Arrests',
  ])
    assert.ok(
      check(text).some(({ kind, must, blocks }) => kind === 'number' && must === 'change' && blocks),
      text,
    );
  assert.equal(check('17. Arrests were made')[0]?.typed, '17');
  assert.deepEqual(check('1. Look\n2. Tell'), []);
});

test('a misspelt number is a number that somebody has to answer for', () => {
  for (const word of ['fourty', 'ninteen', 'twleve', 'sixten', 'hundered', 'Seventen', 'tweIve', 'twelves'])
    assert.deepEqual(
      check(`Officers made ${word} arrests.`).map(({ kind, typed, blocks }) => ({ kind, typed, blocks })),
      [{ kind: 'number', typed: word, blocks: true }],
    );
  assert.deepEqual(check('They were thirsty. It is a weighty matter.'), []);
});
