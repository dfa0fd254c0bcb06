import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comparePublished,
  findRoundingWord,
  formatPublished,
  type PublishedNumber,
  readPublishedNumber,
} from './published-number.ts';

const read = (cell: string) => {
  const result = readPublishedNumber(cell);
  return result.ok ? result.value && formatPublished(result.value) : `refused: ${result.refusal}`;
};

test('a number keeps the qualifier that its source printed', () => {
  const cells: readonly (readonly [string, string | undefined])[] = [
    ['', undefined],
    ['  ', undefined],
    ['0', '0'],
    ['126927', '126,927'],
    ['126,927', '126,927'],
    ['126 927', '126,927'],
    ['37000+', 'at least 37,000'],
    ['1,500 or more', 'at least 1,500'],
    ['at least 20', 'at least 20'],
    ['More than 124,000', 'more than 124,000'],
    ['over 700', 'more than 700'],
    ['>700', 'more than 700'],
    ['almost 400', 'almost 400'],
    ['almost 1 million', 'almost 1,000,000'],
    ['about 1.5 million', 'about 1,500,000'],
    ['c. 130', 'about 130'],
    ['~130', 'about 130'],
    ['up to 60', 'up to 60'],
    ['fewer than 5', 'fewer than 5'],
    ['several', 'several'],
    ['n/a', 'n/a'],
  ];
  for (const [cell, expected] of cells) assert.equal(read(cell), expected, cell);
});

test('digits that are no number are refused, and none is guessed', () => {
  for (const cell of [
    '12-15',
    '1.500',
    '12 or 13',
    '-4',
    '4 of 7',
    '54 (476 later)',
    '1,50',
    '3.5',
    '=1+1',
    '9999999999',
    '٤٥',
  ])
    assert.equal(read(cell), 'refused: no number', cell);
  assert.equal(read('so many that nobody could say how many there had been in the end'), 'refused: long words');
});

test('two sources differ only where both cannot be right', () => {
  const compare = (one: string, other: string) => {
    const [a, b] = [one, other]
      .map((cell) => readPublishedNumber(cell))
      .map((read) => (read.ok ? read.value : undefined));
    return comparePublished(a as PublishedNumber, b as PublishedNumber);
  };
  assert.equal(compare('476', '476'), 'same');
  assert.equal(compare('54', '476'), 'differ');
  assert.equal(compare('more than 700', '750'), 'may agree');
  assert.equal(compare('more than 750', '750'), 'differ');
  assert.equal(compare('126,927', 'almost 125,000'), 'differ');
  assert.equal(compare('130', 'about 150'), 'differ');
  assert.equal(compare('140', 'about 150'), 'may agree');
  assert.equal(compare('4', 'several'), 'may agree');
  assert.equal(compare('Several', 'several'), 'same');
});

test('a note that speaks of rounding is found', () => {
  assert.equal(findRoundingWord("checks published as 'more than'"), 'more than');
  assert.equal(findRoundingWord('The paper rounded the total'), 'rounded');
  assert.equal(findRoundingWord('a paper prints over 700 instead'), 'over');
  assert.equal(findRoundingWord('first report, says nothing about arrests'), undefined);
});
