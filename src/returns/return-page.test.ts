import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, staged } from '../../test/fixtures/counted-return.ts';
import { figureOf, signedByAnalyst } from './exchange/document/examples.ts';
import { toReturnTable } from './pages.ts';
import type { CertifiedReturn } from './signed-return-store.ts';

test('the table of a return has its figures in the order of the page, and those of another edition last', () => {
  const names = ['damage.done', 'other.figure', 'arrests.made', 'visits.made', 'premises.planned'];
  const figures = Object.fromEntries(names.map((name) => [name, figureOf(name, 1)]));
  const signed = { ...signedByAnalyst, figures, signedAt: new Date('2026-09-23T10:00:00Z') };
  const [head = [], ...rows] = toReturnTable(signed as unknown as CertifiedReturn, 'OFFICIAL');
  assert.deepEqual(
    rows.map((cells) => cells[head.indexOf('figure')]),
    ['premises.planned', 'visits.made', 'arrests.made', 'damage.done', 'other.figure'],
  );
  assert.deepEqual(rows[0]?.slice(0, 5), [
    ...['OFFICIAL', 'Lea Vale Constabulary', 'Week of action', '2026-09-14', '2026-09-18'],
  ]);
});

test('no two sections of a return have one heading', async (t) => {
  const { operation, analyst } = await staged(t, [], '2026-12-01');
  const address = await countNow(analyst, operation.id);
  const { body } = await analyst.get(address);
  const headings = [...body.matchAll(/<(?:h2|caption)[^>]*>([^<]+)</g)].map(([, text]) => text?.trim());
  assert.ok(headings.includes('Checked at visits'), headings.join());
  assert.ok(
    headings.includes('Checks of the figures') || headings.includes('Checks that did not pass'),
    headings.join(),
  );
  assert.deepEqual(headings, [...new Set(headings)]);
  // A figure that is not known is not said to be zero.
  assert.doesNotMatch((await analyst.get(`${address}/figures/checks.people`)).body, /This figure is zero/);
});
