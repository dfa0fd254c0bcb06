import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { chance } from '../../../test/harness/assurance.ts';
import { openViews } from '../../platform/rendering/views.ts';
import { type Chart, type ChartNode, mostLines, mostNodes, takeNearest, tellApart } from './chart.ts';
import { drawChart } from './drawing.ts';
import { exampleChart } from './examples.ts';
import { layOut, nodeHeight, nodeWidth } from './layout.ts';
import { chartTables, linkChartPage } from './pages.ts';

const svgOf = (chart: Chart): string =>
  openViews().render('intelligence/chart/link-picture', { picture: drawChart(chart) });

const nodePattern = /<a[^>]* href="([^"]+)" transform="translate\((\d+) (\d+)\)"><title>([^<]+)<\/title><path[^>]*>/g;
const linePattern = /M(\d+ \d+)L(\d+ \d+)/g;

/** What somebody reads off the picture: addresses of nodes, and lines as pairs of these. */
function readPicture(svg: string) {
  const nodes = [...svg.matchAll(nodePattern)].map(([, href = '', x, y, title = '']) => ({
    href,
    place: `${x} ${y}`,
    title,
  }));
  const at = new Map(nodes.map(({ place, href }) => [place, href]));
  const [solid = '', dashed = ''] = [...svg.matchAll(/<path class="sl-links__\w+" d="([^"]*)"/g)].map(
    ([, d = '']) => d,
  );
  const pairs = (path: string): readonly string[] =>
    [...path.matchAll(linePattern)].map(([, one = '', other = '']) =>
      [at.get(one), at.get(other)].toSorted().join(' '),
    );
  return { nodes, solid: pairs(solid).toSorted(), dashed: pairs(dashed).toSorted() };
}

/** The same, off the tables. */
function readTables(chart: Chart) {
  const [entities, items] = chartTables(chart).map(({ rows }) => rows);
  const rows = [...(entities ?? []), ...(items ?? [])];
  const byName = new Map(rows.map(([first]) => [String(first?.text), first?.href ?? '']));
  const pairs = (of: typeof entities, column: number): readonly string[] =>
    (of ?? []).flatMap((row) => {
      const said = String(row[column]?.text);
      if (said === 'None') return [];
      return said.split('; ').map((name) => [row[0]?.href, byName.get(name)].toSorted().join(' '));
    });
  return {
    nodes: rows.map(([first]) => first?.href ?? ''),
    solid: pairs(entities, 3).toSorted(),
    ofItems: pairs(items, 2).toSorted(),
    /** Each pair is said by both of its ends. */
    dashed: [...new Set(pairs(entities, 4))].toSorted(),
  };
}

const name = fc.oneof(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => text.replaceAll(/;|^None$/g, '-').trim() || '-'),
  fc.constantFrom('Marta Bell', 'Marta Bell (1)', '王小明王小明王小明王小明', 'Іванна Петренко', '<b>"&amp;\'</b>'),
);

test('picture and tables of random charts say the same, the picture is the same each time, and nothing overlaps', () => {
  const charts = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    fc.array(name, { minLength: 40, maxLength: 40 }),
  );
  let lines = 0;
  fc.assert(
    fc.property(charts, ([count, seed, names]) => {
      const drawn = exampleChart(count, chance(seed));
      const nodes = tellApart(drawn.nodes.map((node, at): ChartNode => ({ ...node, name: names[at] ?? node.name })));
      const chart = { ...drawn, nodes };
      const svg = svgOf(chart);
      assert.equal(svgOf(structuredClone(chart)), svg, 'same input, same bytes');
      const [seen, said] = [readPicture(svg), readTables(chart)];
      lines += seen.solid.length + seen.dashed.length;
      assert.deepEqual(seen.nodes.map(({ href }) => href).toSorted(), said.nodes.toSorted());
      assert.equal(new Set(said.nodes).size, count);
      assert.deepEqual(seen.solid, said.solid);
      assert.deepEqual(seen.solid, said.ofItems);
      assert.deepEqual(seen.dashed, said.dashed);
      assert.equal(seen.solid.length + seen.dashed.length, chart.lines.length);
      assertNothingOverlaps(chart);
    }),
    { numRuns: 150, seed: 24 },
  );
  assert.ok(lines > 1_000, `${lines} lines in all`);
});

function assertNothingOverlaps(chart: Chart): void {
  const { nodes, width, height } = drawChart(chart);
  for (const [at, one] of nodes.entries()) {
    assert.ok(one.x >= nodeWidth / 2 && one.x <= width - nodeWidth / 2, 'inside, with its words');
    assert.ok(one.y >= nodeHeight / 2 && one.y <= height - nodeHeight / 2);
    for (const other of nodes.slice(at + 1))
      assert.ok(Math.abs(one.x - other.x) >= nodeWidth - 1 || Math.abs(one.y - other.y) >= nodeHeight - 1);
  }
}

test('what an item names stands near it', () => {
  const [items, each] = [8, 5];
  const line = (from: number, to: number) => ({ from, to, possible: false });
  const lines = Array.from({ length: items }, (_, at) => [
    line(1 + at, 0),
    ...Array.from({ length: each }, (__, leaf) => line(1 + at, 1 + items + at * each + leaf)),
  ]).flat();
  const places = layOut(1 + items * (1 + each), lines);
  const apart = (one: number, other: number): number => {
    const [a, b] = [places[one], places[other]];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Number.NaN;
  };
  const leaves = lines.filter(({ to }) => to > items);
  const near = leaves.filter(({ from, to }) =>
    Array.from({ length: items }, (_, at) => 1 + at).every((item) => apart(from, to) <= apart(item, to)),
  );
  assert.ok(near.length >= leaves.length * 0.6, `${near.length} of ${leaves.length} are nearest to their own item`);
});

test('200 nodes fit into 150 kB, with names in any script, and none lies over another', () => {
  const drawn = exampleChart(mostNodes, chance(7));
  const long = 'Қ«&'.repeat(60);
  const chart = { ...drawn, nodes: tellApart(drawn.nodes.map((node) => ({ ...node, name: long }))) };
  assertNothingOverlaps(chart);
  const svg = svgOf(chart);
  assert.ok(Buffer.byteLength(svg) <= 150_000, `${Buffer.byteLength(svg)} bytes`);
  assert.match(svg, /…\s*\(200\)<\/text>/, 'the number that tells it apart stays');
});

test('the nearest are taken until there is no more room for nodes or for lines', () => {
  const ids = (letter: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${letter}${at}`);
  const star = ids('n', 300);
  const fromItem = star.map((named) => ({ item: 'i', named }));
  const taken = takeNearest(['i', ...star], fromItem);
  assert.deepEqual([...taken], ['i', ...star.slice(0, mostNodes - 1)]);

  const items = ids('i', 100);
  const named = ids('n', 100);
  const all = items.flatMap((item) => named.map((one) => ({ item, named: one })));
  const order = items.flatMap((item, at) => [item, named[at] ?? '']);
  const dense = takeNearest(order, all);
  const lines = all.filter((one) => dense.has(one.item) && dense.has(one.named)).length;
  assert.ok(lines <= mostLines && lines > mostLines - 100, `${lines} lines among ${dense.size}`);
});

test('a chart says in words what it has no room for', () => {
  const shown = { id: '0190a1b2-c3d4-7e5f-8a9b-0123456789ab' as never, chart: exampleChart(5, chance(1)) };
  const leadOf = (steps: 1 | 2, leftOut: Parameters<typeof linkChartPage>[0]['leftOut']): string =>
    linkChartPage({ ...shown, steps, leftOut }).lead?.join(' ') ?? '';
  const nothing = { items: 0, entities: 0, possible: 0, more: false };
  assert.doesNotMatch(leadOf(1, nothing), /left out/);
  assert.match(leadOf(2, { ...nothing, items: 1 }), /room for 200, the nearest first\. One item is left out\./);
  assert.match(
    leadOf(1, { ...nothing, items: 3, entities: 1_200 }),
    /Three items and 1,200 people, places or numbers are left out/,
  );
  assert.match(
    leadOf(1, { ...nothing, entities: 12, more: true }),
    /At least 12 people, places or numbers are left out/,
  );
  assert.match(leadOf(1, { ...nothing, possible: 12 }), /12 possible links are left out/);
});
