import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readShown } from './auditor/knowledge.ts';
import {
  audit,
  type Case,
  countFacts,
  type Declaration,
  DeclarationError,
  fewer,
  getCellKey,
  layOut,
  type PublishedTables,
  protect,
  type Shown,
  suppress,
  withheld,
} from './index.ts';
import { listRoundings } from './protector/rounding.ts';

const flat = (name: string, ...codes: string[]) => ({ name, codes: codes.map((code) => ({ code, parent: null })) });

/** Two districts of three towns, by adult or child: people of invented places. */
const declaration: Declaration = {
  population: 'potential victims',
  dimensions: [
    {
      name: 'place',
      codes: [
        { code: 'North', parent: null },
        { code: 'Ashby', parent: 'North' },
        { code: 'Barrow', parent: 'North' },
        { code: 'South', parent: null },
        { code: 'Cotter', parent: 'South' },
        { code: 'Dunmere', parent: 'South' },
      ],
    },
    flat('age', 'adult', 'child', 'not known'),
  ],
  tables: [{ name: 'place by age', by: ['place', 'age'] }],
};

const people = (many: number, place: string, age: string, agency: string | null = null, from = 0): Case[] =>
  Array.from({ length: many }, () => ({ of: { place, age }, from, until: null, agency }));

const cases: Case[] = [
  ...people(7, 'Ashby', 'adult'),
  ...people(1, 'Ashby', 'child'),
  ...people(3, 'Barrow', 'adult'),
  ...people(12, 'Cotter', 'adult'),
  ...people(2, 'Dunmere', 'child'),
  ...people(4, 'Dunmere', 'not known'),
];

async function protectOrFail(input: Parameters<typeof protect>[0]): Promise<PublishedTables> {
  const protection = await protect(input);
  assert.equal(protection.state, 'protected');
  assert.ok(protection.state === 'protected');
  return protection.tables;
}

const shownOf = ({ cells }: PublishedTables, of: Record<string, string>): Shown | undefined =>
  cells.find(({ key }) => key === getCellKey(of))?.shown;
const numberOf = (shown: Shown | undefined): number => (typeof shown === 'number' ? shown : 0);

/** The same tables with one cell shown otherwise. */
const withShown = (tables: PublishedTables, of: Record<string, string>, shown: Shown): PublishedTables => ({
  ...tables,
  cells: tables.cells.map((cell) => (cell.key === getCellKey(of) ? { ...cell, shown } : cell)),
});

test('a count moves to a neighbouring multiple of 5, and its label stays true', () => {
  for (const [count, near, far] of [
    [0, [0, 5], [0, 5]],
    [1, [0, 5], [0, 5]],
    [4, [0, 5], [0, 5]],
    [5, [5], [5, 10]],
    [6, [5, 10], [5, 10, 15]],
    [10, [10], [5, 10, 15]],
    [13, [10, 15], [5, 10, 15, 20]],
  ] as const) {
    assert.deepEqual(listRoundings(count, false), near, `${count} without the extra step`);
    assert.deepEqual(listRoundings(count, true), far, `${count} with the extra step`);
  }
});

test('a reader of a rounded number knows a range that holds every count it may stand for', () => {
  for (const extraStep of [false, true])
    for (let count = 0; count < 200; count++)
      for (const value of listRoundings(count, extraStep)) {
        const [least, most] = readShown(value === 0 ? fewer : value, { kind: 'rounded', extraStep });
        assert.ok(count >= least && count <= most, `${count} shown as ${value}`);
      }
});

test('counts add up in the sums of a layout', () => {
  const layout = layOut(declaration);
  const counts = countFacts(
    layout,
    cases.map(({ of }) => of),
  );
  assert.equal(counts[layout.indexOf.get(getCellKey({})) ?? -1], cases.length);
  assert.equal(layout.sums.length, 3 * 4 + 4, 'the whole and two districts by each age, and each town over its ages');
  for (const { total, parts } of layout.sums)
    assert.equal(
      counts[total],
      parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0),
    );
});

test('a declaration that contradicts itself, and a fact of another, are refused', () => {
  const [place, age] = declaration.dimensions as [Declaration['dimensions'][number], Declaration['dimensions'][number]];
  const circle = {
    name: 'place',
    codes: [
      { code: 'a', parent: 'b' },
      { code: 'b', parent: 'a' },
    ],
  };
  assert.throws(() => layOut({ ...declaration, dimensions: [circle, age] }), DeclarationError);
  assert.throws(() => layOut({ ...declaration, dimensions: [place, place, age] }), DeclarationError);
  assert.throws(() => layOut({ ...declaration, dimensions: [age] }), DeclarationError);
  assert.throws(() => countFacts(layOut(declaration), [{ place: 'North', age: 'adult' }]), DeclarationError);
  assert.throws(() => countFacts(layOut(declaration), [{ place: 'Ashby', age: 'old' }]), DeclarationError);
});

test('rounded tables add up, tell small counts alone as fewer than 5, and pass the auditor', async () => {
  const tables = await protectOrFail({ declaration, cases });
  const layout = layOut(declaration);
  for (const { total, parts } of layout.sums)
    assert.equal(
      numberOf(tables.cells[total]?.shown),
      parts.reduce((sum, part) => sum + numberOf(tables.cells[part]?.shown), 0),
    );
  const counts = countFacts(
    layout,
    cases.map(({ of }) => of),
  );
  for (const [cell, { shown }] of tables.cells.entries()) {
    assert.notEqual(shown, withheld);
    if (shown === fewer) assert.ok((counts[cell] ?? 0) < 5);
    else assert.ok(Math.abs(numberOf(shown) - (counts[cell] ?? 0)) <= 5);
  }
  assert.deepEqual(await audit({ releases: [tables], cases }), []);
});

test('the same cases in any order give the same bytes', async () => {
  const texts = new Set<string>();
  for (const order of [cases, cases.toReversed(), [...cases.slice(9), ...cases.slice(0, 9)]])
    texts.add(JSON.stringify(await protectOrFail({ declaration, cases: order })));
  assert.equal(texts.size, 1);
});

test('the auditor finds what is planted', async () => {
  const tables = await protectOrFail({ declaration, cases });
  const problems = async (input: Parameters<typeof audit>[0]) =>
    [...new Set((await audit(input)).map(({ problem }) => problem))].sort();
  assert.deepEqual(await problems({ releases: [withShown(tables, { place: 'Cotter' }, 40)], cases }), ['false']);
  const exact: PublishedTables = {
    ...tables,
    method: { kind: 'suppressed' },
    cells: tables.cells.map(({ key, shown }) => ({
      key,
      shown: key === getCellKey({ place: 'Dunmere', age: 'child' }) ? withheld : shown,
    })),
  };
  const counts = countFacts(
    layOut(declaration),
    cases.map(({ of }) => of),
  );
  const allButOne: PublishedTables = {
    ...exact,
    cells: exact.cells.map((cell, at) => (cell.shown === withheld ? cell : { ...cell, shown: counts[at] ?? 0 })),
  };
  assert.deepEqual(await problems({ releases: [allButOne], cases }), ['presence'], 'the one hidden cell is worked out');
  const elsewhere = [
    { of: { place: 'Dunmere' }, release: 0, least: 6, most: 6 },
    { of: { place: 'Dunmere', age: 'not known' }, release: 0, least: 4, most: 4 },
    { of: { place: 'Dunmere', age: 'adult' }, release: 0, least: 0, most: 0 },
  ];
  assert.ok((await problems({ releases: [tables], cases, elsewhere })).includes('presence'), 'exact numbers elsewhere');
});

test('a number in the prose that would give a count away changes the rounding, or the cell is not shown', async () => {
  const elsewhere = [{ of: { place: 'Dunmere' }, release: 0, least: 6, most: 6 }];
  const tables = await protectOrFail({ declaration, cases, elsewhere });
  assert.deepEqual(await audit({ releases: [tables], cases, elsewhere }), []);
});

test('a partner that takes its own records away does not learn that others are there', async () => {
  const shared = [
    ...people(5, 'Ashby', 'adult', 'nurses'),
    ...people(2, 'Ashby', 'adult', 'police'),
    ...people(9, 'Cotter', 'child', 'police'),
  ];
  const partners = ['nurses', 'police'];
  const tables = await protectOrFail({ declaration, cases: shared, partners });
  assert.deepEqual(await audit({ releases: [tables], cases: shared, partners }), []);
  const raised = withShown(withShown(tables, { place: 'Ashby', age: 'adult' }, 10), { place: 'Ashby' }, 10);
  const found = await audit({ releases: [raised], cases: shared, partners });
  assert.ok(found.some(({ problem, reader }) => problem === 'presence' && reader === 'nurses'));
});

test('a later release keeps what did not change, and is refused for one case', async () => {
  const first = await protectOrFail({ declaration, cases });
  const more = [...cases, ...people(6, 'Barrow', 'child', null, 1)];
  const second = await protectOrFail({ declaration, cases: more, earlier: [first] });
  for (const codes of [{ place: 'South' }, { place: 'Ashby', age: 'adult' }, { place: 'Dunmere', age: 'child' }])
    assert.equal(shownOf(second, codes), shownOf(first, codes));
  assert.notEqual(
    shownOf(second, { place: 'Barrow', age: 'child' }),
    shownOf(first, { place: 'Barrow', age: 'child' }),
  );
  const one = [...cases, ...people(4, 'Barrow', 'child', null, 1)];
  const changed = withShown(first, { place: 'Barrow', age: 'child' }, 5);
  const findings = await audit({ releases: [first, changed], cases: one });
  assert.ok(findings.some(({ problem }) => problem === 'few changes'));
});

test('what the solver does not finish in time is refused', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `code ${i}`);
  const large: Declaration = {
    population: 'people',
    dimensions: [flat('a', ...names), flat('b', ...names)],
    tables: [{ name: 'a by b', by: ['a', 'b'] }],
  };
  const many = Array.from(
    { length: 4_000 },
    (_, i): Case => ({
      of: { a: names[(i * i) % 37] ?? '', b: names[(i * 7 + (i % 11)) % 40] ?? '' },
      from: 0,
      until: null,
      agency: null,
    }),
  );
  const protection = await protect({ declaration: large, cases: many, seconds: 0 });
  assert.deepEqual(protection, { state: 'refused', why: 'not finished', findings: [] });
});

test('suppressed tables keep exact larger counts, and pass the auditor', async () => {
  const protection = await suppress({ declaration, cases });
  assert.ok(protection.state === 'protected');
  const { tables } = protection;
  assert.ok(tables.cells.some(({ shown }) => typeof shown === 'number'));
  for (const { shown } of tables.cells) assert.ok(shown === withheld || numberOf(shown) >= 5);
  assert.deepEqual(await audit({ releases: [tables], cases }), []);
});

test('the module imports nothing outside its folder but the solver and Node', () => {
  for (const file of globSync('**/*.ts', { cwd: import.meta.dirname }).filter((name) => !name.endsWith('.test.ts'))) {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    for (const [, from = ''] of text.matchAll(/from '([^']+)'/g)) {
      const isInside = from.startsWith('./') || (from.startsWith('../') && file.includes('/'));
      assert.ok(isInside || from.startsWith('node:') || from === 'highs', `${file} imports ${from}`);
    }
  }
});
