import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { foldName, ItemIndex } from '../shopping/list.ts';
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
  assert.match(wordsOf(receipt, 'pl')[0] ?? '', /^\p{L}+ × \d{1,2}$/u);
  assert.match(wordsOf(receipt, 'ar')[0] ?? '', /^[\p{L} ]+ × \d{1,2}$/u);
  assert.match(formatReceiptAsDigits(receipt), /^\d{4}( \d{4}){7}$/);
  assert.equal(formatReceiptAsList(receipt, 'fr'), undefined, 'no list, no words');
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
      'with Arabic commas, on one line': wordsOf(receipt, 'ar').join('، '),
      'with a Cyrillic letter for the cross': wordsOf(receipt, 'uk').join('\n').replaceAll('×', 'х'),
      'without the cross': wordsOf(receipt, 'vi').join('\n').replaceAll(' × ', ' '),
      'with no blank, in Chinese': wordsOf(receipt, 'zh').join('').replaceAll(' ', ''),
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

type Slip = (line: string) => string;
const inDigits =
  (digits: string): Slip =>
  (line) =>
    line.replace(/\d/g, (digit) => digits[Number(digit)] ?? '');

/** Two neighbouring letters of the word change places. Not the last with the blank. */
const swapNeighbours: Slip = (line) => {
  const plain = line.normalize('NFC');
  const places = [...plain.matchAll(/(?=(\p{L})(\p{L}))/gu)].filter(([, one, other]) => one !== other);
  const at = places[Math.floor(Math.random() * places.length)]?.index ?? 0;
  return plain.slice(0, at) + plain.charAt(at + 1) + plain.charAt(at) + plain.slice(at + 2);
};

/** What people do to a line when they copy it by hand and type it later. */
const alwaysRead: Readonly<Record<string, Slip>> = {
  'marks left out': (line) => line.normalize('NFD').replace(/\p{M}/gu, ''),
  'Arabic-Indic digits': inDigits('٠١٢٣٤٥٦٧٨٩'),
  'full-width digits': inDigits('０１２３４５６７８９'),
  'in capitals': (line) => line.toUpperCase(),
  'quantity and item swapped': (line) =>
    line.replace(/^(\d+) (.*)$|^(.*) × (\d+)$/u, (_, ...[n, item, word, m]) => `${item ?? m} ${n ?? word}`),
};

test('in every language a receipt is read back the same, whatever slip its holder made on a line', () => {
  for (const language of languages)
    for (let tries = 0; tries < 25; tries += 1) {
      const receipt = newReceipt();
      const lines = wordsOf(receipt, language);
      const at = tries % lines.length;
      for (const [name, slip] of Object.entries(alwaysRead)) {
        const one = lines.with(at, slip(lines[at] ?? ''));
        sameReceipt(readReceipt(one.join('\n')), receipt, `${language}, ${name}: ${one[at]}`);
        sameReceipt(readReceipt(lines.map(slip).join('\n')), receipt, `${language}, ${name}, every line`);
      }
    }
});

test('two letters swapped are read back the same; where a word then lies between two, at worst it is refused', () => {
  for (const list of shoppingLists) {
    const vocabulary = new ItemIndex(list);
    for (let tries = 0; tries < 60; tries += 1) {
      const receipt = newReceipt();
      const lines = wordsOf(receipt, list.language);
      const at = tries % lines.length;
      const swapped = swapNeighbours(lines[at] ?? '');
      const read = readReceipt(lines.with(at, swapped).join('\n'));
      const certain = vocabulary.find(foldName(swapped)).items.length === 1;
      if (read || certain) sameReceipt(read, receipt, `${list.language}: ${swapped}`);
    }
  }
});

test('a letter lost, changed or put in never makes another receipt', () => {
  let read = 0;
  for (const list of shoppingLists)
    for (let tries = 0; tries < 60; tries += 1) {
      const receipt = newReceipt();
      const lines = wordsOf(receipt, list.language);
      const word = lines[tries % lines.length] ?? '';
      const letters = [...word.matchAll(/\p{L}/gu)].map(({ index }) => index);
      const at = letters[Math.floor(Math.random() * letters.length)] ?? 0;
      const slips = [word.slice(at + 1), `${word.charAt(at)}${word.slice(at)}`, `z${word.slice(at + 1)}`];
      const slipped = word.slice(0, at) + slips[tries % slips.length];
      const found = readReceipt(lines.with(tries % lines.length, slipped).join('\n'));
      if (found) sameReceipt(found, receipt, `${list.language}: ${slipped}`);
      if (found) read += 1;
    }
  assert.ok(read > shoppingLists.length * 60 * 0.95, `${read} were read`);
});

test('in every language each wrong quantity and every two quantities swapped are noticed', () => {
  for (const language of languages) {
    const lines = wordsOf(newReceipt(), language);
    const quantityOf = (line: string) => Number(/\d+/.exec(line)?.[0]);
    const withQuantity = (line: string, quantity: number) => line.replace(/\d+/, String(quantity));
    const refused = (changed: readonly string[]) =>
      assert.equal(readReceipt(changed.join('\n')), undefined, `${language}: ${changed.join(', ')}`);
    lines.forEach((line, at) => {
      for (const wrong of quantities)
        if (wrong !== quantityOf(line)) refused(lines.with(at, withQuantity(line, wrong)));
      for (const [other, theirs] of lines.slice(0, at).entries())
        if (quantityOf(theirs) !== quantityOf(line))
          refused(
            lines.with(at, withQuantity(line, quantityOf(theirs))).with(other, withQuantity(theirs, quantityOf(line))),
          );
    });
  }
});

/** Eight lines whose words are drawn from these items. */
function receiptOf(items: readonly number[]): Receipt {
  const draw = () => (Math.floor(Math.random() * 16) << 8) | (items[Math.floor(Math.random() * items.length)] ?? 0);
  for (;;) {
    const lines = Array.from({ length: 8 }, draw);
    const read = readReceipt(lines.map((line) => String(line).padStart(4, '0')).join(' '));
    if (read) return read;
  }
}

test('a wrong quantity in Portuguese is not read as Spanish, where the words are alike', () => {
  const [portuguese, spanish] = ['pt', 'es'].map((code) => shoppingLists.find(({ language }) => language === code));
  assert.ok(portuguese && spanish);
  const vocabulary = new ItemIndex(spanish);
  const alike = portuguese.items.flatMap((item, at) => {
    const { items, asWritten } = vocabulary.find(foldName(item));
    return items.length > 0 && !asWritten ? [at] : [];
  });
  assert.ok(alike.length > 50, `${alike.length}`);
  for (let tries = 0; tries < 4; tries += 1) {
    const lines = wordsOf(receiptOf(alike), 'pt').map((line) => line.split(/ (.*)/));
    lines.forEach(([right, item = ''], at) => {
      for (const wrong of quantities) {
        if (String(wrong) === right) continue;
        const changed = lines.with(at, [String(wrong), item]);
        assert.equal(readReceipt(changed.map(([quantity, word]) => `${quantity} ${word}`).join('\n')), undefined);
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
