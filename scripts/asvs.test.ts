import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/asvs.md'), 'utf8');

/** How many requirements each section of each chapter of version 5.0.0 has. */
const sections: readonly (readonly number[])[] = [
  [2, 10, 12, 3, 3],
  [3, 3, 5, 2],
  [1, 3, 5, 8, 8, 1, 5],
  [5, 5, 2, 4],
  [1, 6, 3, 3],
  [3, 12, 8, 6, 8, 4, 2, 4],
  [3, 4, 2, 5, 3, 2],
  [4, 4, 3, 2],
  [3, 4],
  [2, 3, 5, 16, 5, 2, 3],
  [4, 5, 5, 4, 2, 2, 2],
  [5, 2, 5],
  [4, 6, 4, 7],
  [2, 8, 3],
  [5, 5, 7, 4],
  [1, 5, 4, 3, 4],
  [2, 8, 2],
];
const standings = ['met', 'in part', 'coming', '**gap**', 'not applicable'] as const;

const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const allIds = sections.flatMap((chapter, one) =>
  chapter.flatMap((count, two) => numbered(count).map((three) => `${one + 1}.${two + 1}.${three}`)),
);

type Row = {
  readonly ids: readonly string[];
  readonly asks: string;
  readonly here: string;
  readonly how: string;
  readonly files: readonly string[];
};

const rows: readonly Row[] = [...text.matchAll(/^\| (\d[\d.-]*) \| ([1-3-]+) \|(.*)\|$/gm)].map(
  ([, id = '', , rest = '']) => {
    const [asks = '', here = '', how = '', evidence = ''] = rest.split('|').map((cell) => cell.trim());
    return {
      ids: idsOf(id),
      asks,
      here,
      how,
      files: [...evidence.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    };
  },
);

/** `10.3.1-10.3.5` stands for five. */
function idsOf(id: string): string[] {
  const [from = '', to] = id.split('-');
  const first = Number(from.split('.')[2]);
  const last = Number((to ?? from).split('.')[2]);
  return numbered(last - first + 1).map((step) => from.replace(/\d+$/, String(first + step - 1)));
}

test('the table lists every requirement of the standard once', () => {
  assert.equal(allIds.length, 345);
  assert.deepEqual(
    rows.flatMap(({ ids }) => ids),
    allIds,
  );
});

test('each is met, in part, coming, a gap or not applicable, and says how or why', () => {
  for (const { ids, asks, here, how } of rows) {
    assert.ok(standings.includes(here as never), `${ids[0]}: ${here}`);
    assert.ok(asks && how, `${ids[0]} says nothing`);
    if (here === 'in part') assert.match(how, /Missing: /, `${ids[0]} does not say what is missing`);
    if (here === 'met') assert.doesNotMatch(how, /Missing: /, `${ids[0]} is met and misses something`);
  }
});

test('what is met has its evidence here; what is coming has not yet', () => {
  for (const { ids, here, files } of rows) {
    const missing = files.filter((file) => !existsSync(join(root, file)));
    if (here === 'coming') {
      assert.ok(missing.length > 0, `the evidence for ${ids[0]} has come: say whether it is met or in part`);
      continue;
    }
    if (here === 'met' || here === 'in part') assert.ok(files.length > 0, `${ids[0]} names no evidence`);
    assert.deepEqual(missing, [], `${ids[0]} names what is not here`);
  }
});

test('the sums at the top are those of the table', () => {
  const counted = (chosen: readonly Row[]): number[] => {
    const each = standings.map((standing) =>
      chosen.filter(({ here }) => here === standing).reduce((sum, { ids }) => sum + ids.length, 0),
    );
    return [...each, each.reduce((sum, count) => sum + count, 0)];
  };
  const sums = [...text.matchAll(/^\| (?:V(\d+) [^|]*|\*\*All\*\*) \|((?: \d+ \|){6})$/gm)].map(
    ([, chapter, cells = '']) => ({ chapter, told: cells.match(/\d+/g)?.map(Number) }),
  );
  assert.equal(sums.length, sections.length + 1);
  for (const { chapter, told } of sums) {
    const chosen = chapter ? rows.filter(({ ids }) => ids[0]?.startsWith(`${chapter}.`)) : rows;
    assert.deepEqual(told, counted(chosen), chapter ? `V${chapter}` : 'all');
  }
});
