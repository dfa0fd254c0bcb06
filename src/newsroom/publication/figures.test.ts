import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Quantity } from '../../vocabulary/figures.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { figureRow, figuresCsv, figuresJson, publishedQuantity } from './figures.ts';

const visited: StatedFigure = {
  key: 'premises.visited',
  name: 'premises at which a team arrived at least once',
  part: null,
  definition: 'Each premises at which a team recorded its arrival.',
  edition: '2026-01',
  quantity: exactly(8),
};
const release = {
  title: 'Eight addresses visited',
  area: 'Hertfordshire',
  issuedBy: 'Lea Vale Constabulary',
  version: 2,
  dated: new Date('2026-09-25T09:00:00Z'),
  changedAt: new Date('2026-09-26T09:00:00Z'),
  corrections: [],
};
const url = 'https://safelight.example/news/eight-addresses-visited';

test('a quantity keeps the qualifier with which it was published', () => {
  const cases: readonly (readonly [Quantity, string, number | null, string])[] = [
    [exactly(0), '0', 0, 'exact'],
    [exactly(8), '8', 8, 'exact'],
    [exactly(1_200), '1,200', 1_200, 'exact'],
    [{ kind: 'number', value: 5, qualifier: 'at least' }, 'at least 5', 5, 'at least'],
    [{ kind: 'number', value: 15, qualifier: 'about' }, 'about 15', 15, 'about'],
    [{ kind: 'words', words: 'several' }, 'several', null, 'in words'],
    [{ kind: 'not known' }, 'not known', null, 'not known'],
  ];
  for (const [quantity, published, number, qualifier] of cases) {
    assert.equal(publishedQuantity(quantity), published);
    const figures = [{ ...visited, quantity }];
    const [row] = JSON.parse(figuresJson({ ...release, figures }, url)).figures;
    assert.deepEqual([row.published, row.number, row.qualifier], [published, number, qualifier]);
    const line = figuresCsv({ ...release, figures }, url).split('\r\n')[1];
    assert.ok(line?.includes(`,${number ?? '""'},"${qualifier}","${published}",`), line);
  }
});

test('a row names what is counted and which part, with its definition', () => {
  assert.deepEqual(figureRow({ ...visited, part: 'in Watford', quantity: exactly(3) }), {
    counted: 'Premises at which a team arrived at least once, in Watford',
    definition: 'Each premises at which a team recorded its arrival.',
    published: '3',
  });
});

test('the table for spreadsheets runs nothing, whatever a town is called', () => {
  for (const part of ['=1+1', '+44', '-2', '@SUM(A1)', '\tx', '＝1']) {
    const csv = figuresCsv({ ...release, figures: [{ ...visited, part }] }, url);
    assert.ok(csv.includes(`,"'${part}",`), csv);
  }
  assert.match(
    figuresCsv({ ...release, figures: [{ ...visited, part: 'in "Ware", Herts' }] }, url),
    /"in ""Ware"", Herts"/,
  );
});

test('CSV and JSON say which release and which version they belong to', () => {
  const [head, first] = figuresCsv({ ...release, figures: [visited] }, url).split('\r\n');
  assert.match(String(head), /^"figure","counted","part","number","qualifier","as published","definition"/);
  assert.ok(first?.endsWith(`"2026-01","${url}",2,"2026-09-25T09:00:00.000Z"`), first);
  const json = JSON.parse(figuresJson({ ...release, figures: [visited] }, url));
  assert.deepEqual([json.release.url, json.release.version], [url, 2]);
});
