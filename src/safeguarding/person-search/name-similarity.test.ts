import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculateEditDistance } from '../../vocabulary/languages/alike-names.ts';
import { normaliseSpelling, splitName, toLatin, toSoundKey } from '../../vocabulary/languages/latin-spelling.ts';
import { scoreSimilarity } from './name-similarity.ts';
import { requiredTermGroups, termsOfName } from './search-terms.ts';

const person = (called: string, others: readonly string[] = [], yearOfBirth: number | null = null) => ({
  called,
  others,
  yearOfBirth,
});

/** Whether a name has a mark of each group in one of the searched pairs. */
function meets(typed: string, called: string, others: readonly string[] = []): boolean {
  const names = [called, ...others].map(termsOfName);
  const marks = new Set(names.flatMap(({ apart, together }) => [...apart, ...together]));
  const asked = requiredTermGroups({ name: typed, yearOfBirth: null });
  return asked.length > 0 && asked.every((group) => group.some((mark) => marks.has(mark)));
}

test('reduces scripts and accents to plain letters', () => {
  const cases: [string, string][] = [
    ['Nguyễn Thị Đào', 'nguyen thi dao'],
    ['Ольга Щербак', 'olga sherbak'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['ሰላም ተስፋይ', 'selam tesfay'],
    ['محمد المصري', 'mhmd msry'],
    ['Γιώργος', 'giorgos'],
    ['Ștefan Ţîţu', 'stefan titu'],
    ['李伟', '李伟'],
    ['O’Neill', 'oneill'],
  ];
  for (const [name, plain] of cases) assert.equal(toLatin(name), plain, name);
});

test('splits names into parts without particles, digits or repeats, unless nothing else is left', () => {
  assert.deepEqual(splitName('Mohammed bin Salman al-Masri 3'), ['mohammed', 'salman', 'masri']);
  assert.deepEqual(splitName('  Ana   ANA  '), ['ana']);
  assert.deepEqual(splitName('Al'), ['al']);
  assert.deepEqual(splitName(' -–1 '), []);
});

test('names that sound alike get the same spelling or the same sound', () => {
  const alike: [string, string][] = [
    ['xhafer', 'dzhafer'],
    ['youssef', 'yousef'],
    ['mahmoud', 'mahmud'],
    ['sergey', 'sergei'],
    ['catherine', 'katherine'],
    ['wasyl', 'vasil'],
    ['noor', 'nour'],
  ];
  for (const [one, other] of alike) assert.equal(normaliseSpelling(one), normaliseSpelling(other), `${one} ${other}`);
  for (const [one, other] of [
    ['mohammed', 'muhamad'],
    ['mohammed', 'mehmet'],
    ['alexander', 'aleksandr'],
    ['mhmd', 'muhammad'],
  ] as const)
    assert.equal(toSoundKey(one), toSoundKey(other), `${one} ${other}`);
});

test('one slip in each part, other order, other names and joined parts still match; strangers do not', () => {
  const met: [string, string][] = [
    ['Krasniqi Jafer', 'Xhafer Krasniqi'],
    ['Xhafre Krasnqi', 'Xhafer Krasniqi'],
    ['Li Xiao Ming', 'Li Xiaoming'],
    ['Abdul Rahman', 'Abdulrahman'],
    ['Abdulrahman', 'Abdul Rahman Hassan'],
    ['Thuy Linh Pham', 'Phạm Thùy Linh'],
    ['Olga Kovalenko', 'Ольга Коваленко'],
  ];
  for (const [typed, called] of met) assert.ok(meets(typed, called), `${typed} → ${called}`);
  assert.ok(meets('Lala', 'Olga Kovalenko', ['Lala']));
  for (const [typed, called] of [
    ['Rosa Martin', 'Xhafer Krasniqi'],
    ['Olga Petrenko', 'Xhafer Kovalenko'],
    ['Ana', 'Olga Kovalenko'],
  ] as const)
    assert.ok(!meets(typed, called), `${typed} → ${called}`);
});

test('counts slips as typing errors occur', () => {
  const cases: [string, string, number][] = [
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['olga', 'ogla', 1],
    ['olga', 'olgaa', 1],
    ['olga', 'olha', 1],
    ['kitten', 'sitting', 3],
  ];
  for (const [one, other, slips] of cases) {
    assert.equal(calculateEditDistance(one, other), slips, `${one} ${other}`);
    assert.equal(calculateEditDistance(other, one), slips, `${other} ${one}`);
  }
});

test('the most similar comes first, and a wrong year excludes nobody with the same name', () => {
  const sought = { name: 'Olga Kovalenko', yearOfBirth: 1998 };
  const inOrder = [
    person('Olga Kovalenko', [], 1998),
    person('Olga Kovalenko', [], 1999),
    person('Olga Kovalenko', [], null),
    person('Olha Kovalenko', [], 1980),
    person('Olga Petrenko', [], 1998),
    person('Rosa Martin', [], 1998),
  ].map((one) => scoreSimilarity(sought, one));
  assert.deepEqual(
    inOrder,
    inOrder.toSorted((a, b) => b - a),
  );
  assert.ok(
    scoreSimilarity({ name: 'Olga', yearOfBirth: null }, person('Zoe', ['Olga'])) >= 0.95,
    'by any of her names',
  );
  assert.ok(
    scoreSimilarity({ name: 'Kovalenko Olga', yearOfBirth: null }, person('Olga Kovalenko')) >= 0.95,
    'in any order',
  );
});

test('reads any input, with a limited number of marks', () => {
  for (const name of [
    '',
    '   ',
    '\u0000',
    '🙂🙂',
    'ᚠᚢᚦ',
    'a'.repeat(120),
    'ا'.repeat(120),
    'ab '.repeat(40),
    '((((',
    '%_\\',
  ])
    for (const yearOfBirth of [null, 1990]) {
      assert.ok(requiredTermGroups({ name, yearOfBirth }).length <= 2, name);
      const { apart, together } = termsOfName(name);
      assert.ok(apart.length + together.length <= 800, name);
      assert.ok(requiredTermGroups({ name, yearOfBirth }).flat().length <= 800, name);
      assert.ok(!Number.isNaN(scoreSimilarity({ name, yearOfBirth }, person('Olga'))), name);
    }
});
