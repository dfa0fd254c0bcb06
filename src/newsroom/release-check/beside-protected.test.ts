import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Quantity, type SignedReturn } from '../../vocabulary/figures.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';

const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });

function stops(text: string, screened: number, concern: Quantity, spokenTo: number, advised: Quantity): string[] {
  const totals = {
    'arrests.screened': exactly(screened),
    'arrests.concern': concern,
    'people.spokenTo': exactly(spokenTo),
    'people.advised': advised,
  };
  const figures = Object.fromEntries(
    Object.entries(totals).map(([indicator, total]) => [indicator, { indicator, total, breakdowns: {} }]),
  ) as SignedReturn['figures'];
  const told = applyPolicy(
    { ...signedReturn, figures: { ...signedReturn.figures, ...figures } },
    getPolicy('as practised in 2019'),
    [],
  );
  const justifications = [{ typed: '8', sentence: text, reason: 'The record says so', by: 'a writer' }];
  return checkText(text, told, { publishOn: extras.publishOn, justifications, contacts: ['999'] })
    .filter(({ blocks, message }) => blocks && message.includes('A reader of both'))
    .map(({ typed }) => typed);
}

const fewerThanFive: Quantity = { kind: 'words', words: 'fewer than 5' };

for (const [says, text, screened, concern, spokenTo, advised, expected] of [
  [
    'a figure beside a rounded one',
    '{{people.spokenTo}} people were spoken to.',
    3,
    fewerThanFive,
    8,
    about(10),
    ['{{people.spokenTo}}'],
  ],
  ['the same typed, whatever the reason', '8 people were spoken to.', 3, fewerThanFive, 8, about(10), ['8']],
  ['a figure that leaves enough', '{{people.spokenTo}} people were spoken to.', 3, fewerThanFive, 14, about(10), []],
  [
    'a part of the people arrested',
    '{{arrests.screened}} people were screened.',
    7,
    about(5),
    20,
    about(10),
    ['{{arrests.screened}}'],
  ],
  [
    'beside fewer than five nothing is learned',
    '{{arrests.screened}} people were screened.',
    3,
    fewerThanFive,
    20,
    about(10),
    [],
  ],
  ['a number of something else', '8 officers took part.', 3, fewerThanFive, 20, about(10), []],
] as const)
  test(`${says}: ${expected.length > 0 ? 'stopped' : 'passes'}`, () => {
    assert.deepEqual(stops(text, screened, concern, spokenTo, advised), expected);
  });
