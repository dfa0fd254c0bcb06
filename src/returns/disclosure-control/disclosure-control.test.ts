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
  getDeclarationDigest,
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
        const [least, most] = readShown(value === 0 ? fewer : value, { kind: 'rounded', extraStep }, false);
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

test('a declaration has one hash, in whatever order its keys were stored', () => {
  const turned = JSON.parse(JSON.stringify(declaration), (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  );
  assert.notEqual(JSON.stringify(turned), JSON.stringify(declaration));
  assert.equal(getDeclarationDigest(turned), getDeclarationDigest(declaration));
  assert.notEqual(getDeclarationDigest({ ...declaration, population: 'others' }), getDeclarationDigest(declaration));
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
  assert.deepEqual(
    await protect({ declaration, cases: one, earlier: [first] }),
    { state: 'unchanged', tables: first },
    'four came: the first release stands',
  );
  const ofOne = [...cases, ...people(6, 'Barrow', 'child', null, 1).map((fact) => ({ ...fact, unit: 'one person' }))];
  assert.equal((await protect({ declaration, cases: ofOne, earlier: [first] })).state, 'unchanged', 'six facts of one');
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

test('what the auditor does not finish in time is refused, not shown with fewer numbers', async () => {
  const small: Declaration = {
    population: 'people',
    dimensions: [flat('a', 'a0', 'a1'), flat('b', 'b0', 'b1', 'b2')],
    tables: [{ name: 'a by b', by: ['a', 'b'] }],
  };
  const counts = [
    [5, 5, 5],
    [6, 7, 4],
  ];
  const of = (a: number, b: number) => ({ a: `a${a}`, b: `b${b}` });
  const cases = counts.flatMap((row, a) =>
    row.flatMap((count, b) =>
      Array.from({ length: count }, (): Case => ({ of: of(a, b), from: 0, until: null, agency: null })),
    ),
  );
  // A reader knows the whole and both rows exactly, so only the solver can tell what is left.
  const elsewhere = [{}, { a: 'a0' }, { a: 'a1' }].map((cell, i) => {
    const known = [32, 15, 17][i] as number;
    return { of: cell, release: 0, least: known, most: known };
  });
  const inTime = await protect({ declaration: small, cases, elsewhere });
  assert.equal(inTime.state, 'protected');
  const cutOff = await protect({ declaration: small, cases, elsewhere, auditorSeconds: 0 });
  assert.deepEqual(cutOff, { state: 'refused', why: 'not finished', findings: [] });
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

test('two divisions of one area that do not nest tell of the sliver between their borders', async () => {
  const divide = (name: string, parts: Readonly<Record<string, readonly string[]>>): Declaration => ({
    population: 'potential victims',
    dimensions: [
      {
        name: 'place',
        codes: Object.entries(parts).flatMap(([part, towns]) => [
          { code: part, parent: null },
          ...towns.map((code) => ({ code, parent: part })),
        ]),
      },
    ],
    tables: [{ name, by: ['place'] }],
  });
  const districts = divide('districts', { North: ['Ashby', 'Barrow'], South: ['Cotter'] });
  const areas = divide('areas', { East: ['Ashby'], West: ['Barrow', 'Cotter'] });
  const met = ['Ashby', 'Barrow', 'Cotter'].flatMap((place, at) =>
    Array.from({ length: [6, 1, 5][at] ?? 0 }, () => ({ of: { place }, from: 0, until: null, agency: null })),
  );
  const showParts = (of: Declaration): PublishedTables => {
    const layout = layOut(of);
    const counts = countFacts(
      layout,
      met.map((one) => one.of),
    );
    const parts = new Set(of.dimensions[0]?.codes.flatMap(({ code, parent }) => (parent === null ? [code] : [])));
    const cells = layout.cells.map(({ key, of: codes }, at): PublishedTables['cells'][number] => ({
      key,
      shown: parts.has(codes.place ?? '') ? (counts[at] ?? 0) : withheld,
    }));
    return { declaration: of, method: { kind: 'suppressed' }, cells };
  };
  const findings = await audit({ releases: [showParts(districts), showParts(areas)], cases: met });
  assert.ok(findings.every(({ problem }) => problem !== 'false'));
  assert.ok(findings.some(({ problem, of }) => problem === 'presence' && of.place === 'Barrow'));
});
