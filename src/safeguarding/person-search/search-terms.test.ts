import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculateEditDistance } from '../../vocabulary/languages/alike-names.ts';
import { normaliseSpelling } from '../../vocabulary/languages/latin-spelling.ts';
import { requiredTermGroups, termsOfName, termsOfYear } from './search-terms.ts';

function meets(typed: string, called: string, year: number | null = null): boolean {
  const { apart, together } = termsOfName(called);
  const born = termsOfYear({ called, others: [], yearOfBirth: year });
  const marks = new Set([...apart, ...together, ...born.together, ...(born.year ? [born.year] : [])]);
  const asked = requiredTermGroups({ name: typed, yearOfBirth: year });
  return asked.length > 0 && asked.every((group) => group.some((mark) => marks.has(mark)));
}

/** Every single typing error in a word: letter left out, doubled, swapped, or a neighbouring key. Where two letters stand for one sound, one error can become two in our spelling. Those are not guaranteed. */
const slipsIn = (word: string): string[] => {
  const signs = [...word.toLowerCase()];
  return signs
    .flatMap((sign, at) => [
      signs.toSpliced(at, 1).join(''),
      signs.toSpliced(at, 0, sign).join(''),
      signs.toSpliced(at, 0, 'n').join(''),
      signs.toSpliced(at, 1, 'q').join(''),
      ...(at > 0 ? [signs.toSpliced(at - 1, 2, sign, signs[at - 1] ?? '').join('')] : []),
    ])
    .filter((slipped) => calculateEditDistance(normaliseSpelling(word.toLowerCase()), normaliseSpelling(slipped)) <= 1);
};

const long = [
  'Ana Maria Popescu',
  'Nguyen Huu Khanh',
  'Mohammed Hassan Ibrahim',
  'Nguyen Dinh Thanh Tung',
  'Tesfa Habte Selassie',
];

test('of three parts and more, any one slip in any part is found, and one in each of two', () => {
  const lost: string[] = [];
  for (const called of long) {
    const parts = called.split(' ');
    for (const [at, part] of parts.entries())
      for (const slipped of slipsIn(part)) {
        const typed = parts.with(at, slipped).join(' ');
        if (!meets(typed, called)) lost.push(`${typed} → ${called}`);
        const other = (at + 1) % parts.length;
        const both = parts
          .with(at, slipped)
          .with(other, slipsIn(parts[other] ?? '')[3] ?? '')
          .join(' ');
        if (!meets(both, called)) lost.push(`${both} → ${called}`);
      }
  }
  assert.deepEqual(lost, []);
});

test('of two parts, one slip in each is found', () => {
  const lost: string[] = [];
  for (const called of ['Xhafer Krasniqi', 'Olga Kovalenko', 'Emily Thornton'])
    for (const one of slipsIn(called.split(' ')[0] ?? ''))
      for (const other of slipsIn(called.split(' ')[1] ?? '').filter((_, at) => at % 3 === 0))
        if (!meets(`${one} ${other}`, called)) lost.push(`${one} ${other}`);
  assert.deepEqual(lost, []);
});

test('finds a slip between two letters for one sound, and a missing letter in one of three parts', () => {
  const met: [string, string][] = [
    ['Sopihe Hartfield', 'Sophie Hartfield'],
    ['Noro Dabbani', 'Noor Dabbani'],
    ['Jck Pemman', 'Jack Pemman'],
    ['Kgadija Omari', 'Khadija Omari'],
  ];
  for (const [typed, called] of met) assert.ok(meets(typed, called), `${typed} → ${called}`);
});

test('finds parts left out, reordered, joined and divided', () => {
  const met: [string, string][] = [
    ['Tung Nguyen Thanh', 'Nguyen Dinh Thanh Tung'],
    ['Nguyen ThanhTung', 'Nguyen Dinh Thanh Tung'],
    ['Nguyen Dinh ThanhTung', 'Nguyen Dinh Thanh Tung'],
    ['Nguyen Tung', 'Nguyen Dinh Thanh Tung'],
    ['Mohammed Omar Ibrahim Ali', 'Mohammed Ibrahim'],
    ['Xiao Ming Li', 'Li Xiaoming'],
    ['Abdulrahman Hassan', 'Abdul Rahman Hassan'],
    ['Mohammed Hassan Osman', 'Mohammed Hassan Ibrahim'],
  ];
  for (const [typed, called] of met) assert.ok(meets(typed, called), `${typed} → ${called}`);
});

test('two short parts of a longer name match nobody, unless the year is given', () => {
  assert.ok(!meets('Thi Lan Pham', 'Thi Lan Dao Vo'));
  assert.ok(meets('Thi Lan Pham', 'Thi Lan Dao Vo', 1998));
  assert.ok(!meets('Thi Lan Pham', 'Nguyen Huu Tung', 1998));
});
