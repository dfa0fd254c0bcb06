/** How every kind of page of the demonstration is worded. Part of `npm run check`, which prints the totals. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkPages, excesses, type PageFinding, todaysBounds, totalsOf } from '../../scripts/page-writing.ts';
import { forbiddenTerms } from '../../scripts/writing.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { renderEveryPage } from '../fixtures/rendered-pages.ts';

const root = join(import.meta.dirname, '../..');
const glossary = join(root, 'docs/glossary.md');
/** Every fault that there is, for the rewriting. */
const list = join(root, 'node_modules/.cache/safelight/page-writing.txt');

const lineOf = ({ fault, found, sentence, kinds }: PageFinding): string =>
  [kinds.slice(0, 3).join(' '), fault, found, sentence].join('\t');

test('every kind of page is worded at least as plainly as before', async (t) => {
  const pages = await renderEveryPage(await openDemonstration(t));
  const { figures, findings } = checkPages(pages, forbiddenTerms(readFileSync(glossary, 'utf8')));
  t.diagnostic(totalsOf(figures));
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, findings.map(lineOf).sort().join('\n'));
  const stored = pages.filter(({ kind, html }) => /newsroom|releases/.test(kind) && /\{\{|\}\}/.test(html));
  assert.deepEqual(
    stored.map(({ kind }) => kind),
    [],
    'a page of a release shows how a figure is stored',
  );
  assert.ok(figures.kinds > 240, `${figures.kinds} kinds of page`);
  assert.deepEqual(excesses(figures, todaysBounds), [], `${totalsOf(figures)}. Each fault is in ${list}`);
});
