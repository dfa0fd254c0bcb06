import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { shoppingLists } from '../shopping/lists.ts';
import {
  formatReceiptAsDigits,
  formatReceiptAsList,
  lookUpValueOf,
  newReceipt,
  quantities,
  type Receipt,
  readReceipt,
  receiptKeyOf,
} from './receipt.ts';

const languages = shoppingLists.map(({ language }) => language);
const wordsOf = (receipt: Receipt, language = 'en'): readonly string[] => formatReceiptAsList(receipt, language) ?? [];
const sameReceipt = (read: Receipt | undefined, receipt: Receipt, why?: string): void =>
  assert.deepEqual(read?.lines, receipt.lines, why);

test('a receipt comes back from every language that has a list, and from digits', () => {
  for (let tries = 0; tries < 300; tries += 1) {
    const receipt = newReceipt();
    for (const language of languages)
      sameReceipt(readReceipt(wordsOf(receipt, language).join('\n')), receipt, language);
    sameReceipt(readReceipt(formatReceiptAsDigits(receipt)), receipt, 'digits');
  }
});

test('it is eight lines of a quantity and an item; in digits, eight groups of four', () => {
  const receipt = newReceipt();
  assert.equal(wordsOf(receipt).length, 8);
  for (const line of wordsOf(receipt)) assert.match(line, /^\d{1,2} [a-z]+$/);
  assert.match(wordsOf(receipt, 'pl')[0] ?? '', /^\p{L}+ \d{1,2}$/u);
  assert.match(formatReceiptAsDigits(receipt), /^\d{4}( \d{4}){7}$/);
  assert.equal(formatReceiptAsList(receipt, 'ti'), undefined, 'no list, no words');
});

test('sixteen quantities, all different', () => {
  assert.equal(new Set(quantities).size, 16);
});

test('how it is written down does not matter', () => {
  for (let tries = 0; tries < 100; tries += 1) {
    const receipt = newReceipt();
    const english = wordsOf(receipt);
    const turned = english.map((line) => line.split(' ').toReversed().join(' '));
    const polish = wordsOf(receipt, 'pl');
    const ways: Record<string, string> = {
      'in capitals': english.join('\n').toUpperCase(),
      'on one line': english.join(' '),
      'with commas': english.join(', '),
      'with windows line breaks and blanks': `\r\n ${english.join(' \r\n\r\n  ')} \r\n`,
      'word first': turned.join('\n'),
      'word first, on one line': turned.join(' '),
      'in both orders': english.map((line, index) => (index % 3 === 0 ? (turned[index] ?? '') : line)).join('\n'),
      'with bullets and a cross': english.map((line) => `• ${line.replace(' ', ' x ')}.`).join('\n'),
      'numbered to keep the order': polish.map((line, at) => `${at + 1}. ${line}`).join(' / '),
      'numbered, line by line': english.map((line, at) => `${at + 1}) ${line}`).join('\n'),
      'with no blank': english.join('\n').replaceAll(' ', ''),
      'without its ends': english.map((line) => line.replace(/(?<=[a-z]{5})[a-z]+$/gm, '')).join('\n'),
      'without accents': polish.join('\n').normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l'),
      'accents apart': polish.join('\n').normalize('NFD'),
      'digits in one': formatReceiptAsDigits(receipt).replaceAll(' ', ''),
      'digits with lines and dashes': formatReceiptAsDigits(receipt).replaceAll(' ', '-\n'),
      'digits in Arabic': formatReceiptAsDigits(receipt).replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? ''),
      'quantities in Persian': english.join('\n').replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? ''),
    };
    for (const [way, text] of Object.entries(ways)) sameReceipt(readReceipt(text), receipt, `${way}: ${text}`);
  }
});

test('every wrong quantity and every two quantities swapped are noticed', () => {
  for (let tries = 0; tries < 20; tries += 1) {
    const lines = wordsOf(newReceipt()).map((line) => line.split(' '));
    lines.forEach(([right, item], at) => {
      for (const wrong of quantities) {
        if (String(wrong) === right) continue;
        const changed = lines.with(at, [String(wrong), item ?? '']);
        assert.equal(readReceipt(changed.map((line) => line.join(' ')).join('\n')), undefined);
      }
      for (let other = 0; other < at; other += 1) {
        const [theirs = ''] = lines[other] ?? [];
        if (theirs === right) continue;
        const changed = lines.with(at, [theirs, item ?? '']).with(other, [right ?? '', lines[other]?.[1] ?? '']);
        assert.equal(readReceipt(changed.map((line) => line.join(' ')).join('\n')), undefined);
      }
    });
  }
});

test('of all other slips of one item, three in 255 pass the check: one in 85', () => {
  let [passed, tried] = [0, 0];
  const items = shoppingLists[0]?.items ?? [];
  for (let tries = 0; tries < 10; tries += 1) {
    const lines = wordsOf(newReceipt());
    lines.forEach((line, at) => {
      const [quantity, right] = line.split(' ');
      for (const item of items) {
        if (item === right) continue;
        tried += 1;
        if (readReceipt(lines.with(at, `${quantity} ${item}`).join('\n'))) passed += 1;
      }
    });
  }
  assert.equal(passed / tried, 3 / 255);
});

test('what is no receipt is none, whatever it is', () => {
  const receipt = newReceipt();
  const [lines, digits] = [wordsOf(receipt), formatReceiptAsDigits(receipt)];
  const none: Record<string, string> = {
    nothing: '',
    'blanks and signs': ' \n ., × ',
    'seven lines': lines.slice(1).join('\n'),
    'nine lines': [...lines, '3 onions'].join('\n'),
    'a quantity that is none of ours': lines.with(0, '17 onions').join('\n'),
    'a quantity of a hundred digits': lines.with(0, `${'9'.repeat(100)} onions`).join('\n'),
    'a word that is none of ours': lines.with(0, '3 zzzzzz').join('\n'),
    'two numbers on a line': lines.with(0, '3 3 onions').join('\n'),
    'two languages': [...lines.slice(0, 7), '3 rzodkiewki'].join('\n'),
    'a digit too few': digits.slice(1),
    'a digit too many': `${digits}1`,
    'a group beyond 4,095': `4096${digits.slice(4)}`,
    'too long': `${lines.join('\n')}${' '.repeat(2_000)}`,
    'only letters': 'onions '.repeat(8),
    'a null': `\0${digits.slice(1)}`,
    'half a character': '\ud800 3 onions',
    'words of the language itself': 'constructor __proto__ toString 3 hasOwnProperty',
  };
  for (const [what, text] of Object.entries(none)) assert.equal(readReceipt(text), undefined, what);
});

test('a receipt that strays into a log or an answer says nothing', () => {
  const receipt = newReceipt();
  const shown = [JSON.stringify({ receipt }), inspect(receipt, { showHidden: true, depth: 5 }), String(receipt)].join();
  for (const line of [...receipt.lines.map(String), ...wordsOf(receipt)]) assert.ok(!shown.includes(line), shown);
});

test('what is asked of the database and what opens the key are two things, each always the same', () => {
  const receipt = newReceipt();
  const again = readReceipt(formatReceiptAsDigits(receipt));
  assert.ok(again);
  assert.equal(lookUpValueOf(receipt).length, 32);
  assert.equal(receiptKeyOf(receipt).length, 32);
  assert.deepEqual([lookUpValueOf(again), receiptKeyOf(again)], [lookUpValueOf(receipt), receiptKeyOf(receipt)]);
  assert.notDeepEqual(lookUpValueOf(receipt), receiptKeyOf(receipt));
  assert.notDeepEqual(lookUpValueOf(newReceipt()), lookUpValueOf(receipt));
});

test('ninety bits are random: each of them is set in half of the receipts, and the last six follow from them', () => {
  const count = 4_000;
  const set = Array<number>(96).fill(0);
  for (let drawn = 0; drawn < count; drawn += 1)
    newReceipt().lines.forEach((line, at) => {
      for (let bit = 0; bit < 12; bit += 1) if (line & (1 << bit)) set[at * 12 + bit] = (set[at * 12 + bit] ?? 0) + 1;
    });
  // Seven standard deviations: one run in ten thousand million errs.
  const away = 7 * Math.sqrt(count / 4);
  set.forEach((times, bit) => {
    assert.ok(Math.abs(times - count / 2) < away, `bit ${bit}: ${times}`);
  });
});
