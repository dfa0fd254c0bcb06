/** Keeps docs/model-release.md true: each sentence of the model release leads to files, pages and tests that exist. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readForm } from '../src/newsroom/release-reading/parse-release.ts';
import { readReleaseBlocks } from '../src/newsroom/release-reading/sentences.ts';
import { openApplication } from './fixtures/application.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const release = 'src/newsroom/release-reading/fixtures/hertfordshire-2019-09-25.md';

const codeIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const isFile = (code: string): boolean => code.startsWith('src/');

/** The rows of all tables, in order. */
const rows = read('docs/model-release.md')
  .split('\n')
  .filter((line) => /^\| S\d+ \|/.test(line))
  .map((line) => {
    const [number = '', says = '', areas, pages, decidedIn, heldBy] = line.slice(2, -2).split(' | ');
    return {
      number,
      says,
      areas: codeIn(areas),
      pages: codeIn(pages),
      decidedIn: codeIn(decidedIn),
      heldBy: codeIn(heldBy),
    };
  });

function sentences(): string[] {
  const reading = readForm(readFileSync(join(root, release)), 'release.md');
  assert.ok(reading.ok);
  return readReleaseBlocks(reading.value).flatMap((block) => block.sentences.map(({ text }) => text));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** The first run of so many words that two texts share. */
function sharedRun(one: string, other: string, length: number): string | undefined {
  const whole = ` ${wordsOf(other).join(' ')} `;
  const words = wordsOf(one);
  const runs = words.slice(length - 1).map((_, from) => words.slice(from, from + length).join(' '));
  return runs.find((run) => whole.includes(` ${run} `));
}

test('every sentence of the model release has one row, in order', () => {
  assert.deepEqual(
    rows.map(({ number }) => number),
    sentences().map((_, index) => `S${index + 1}`),
  );
});

test('no row quotes the release', () => {
  const quoted = sentences().flatMap((sentence, index) => {
    const run = sharedRun(rows[index]?.says ?? '', sentence, 5);
    return run ? [`S${index + 1}: ${run}`] : [];
  });
  assert.deepEqual(quoted, []);
});

test('every row names files that exist, one of them in each area that it names', () => {
  for (const { number, areas, decidedIn, heldBy } of rows) {
    const files = [...decidedIn, ...heldBy].filter(isFile);
    assert.ok(decidedIn.some(isFile) && heldBy.some(isFile) && areas.length > 0, number);
    for (const path of [...areas, ...files]) assert.ok(existsSync(join(root, path)), `${number}: ${path}`);
    for (const area of areas)
      assert.ok(
        decidedIn.some((path) => path.startsWith(area)),
        `${number}: nothing in ${area}`,
      );
  }
});

test('every sign is named by its id, in the order of the release', () => {
  const signs = rows.filter(({ decidedIn }) => decidedIn.includes('src/public/signs/signs.yaml'));
  const data = read('src/public/signs/signs.yaml');
  assert.equal(signs.length, 10);
  for (const [index, { number, decidedIn }] of signs.entries())
    assert.ok(data.includes(`- id: ${decidedIn[1]}\n    model: ${index + 1}\n`), number);
});

test('every row names tests that its test files contain', () => {
  for (const { number, heldBy } of rows) {
    let file = '';
    for (const [index, code] of heldBy.entries()) {
      if (isFile(code)) {
        file = code;
        assert.ok(!isFile(heldBy[index + 1] ?? 'src/'), `${number}: ${code} without a test title`);
      } else {
        const quoted = ["'", '`'].map((mark) => `test(${mark}${code}${mark}`);
        assert.ok(
          quoted.some((call) => read(file).includes(call)),
          `${number}: ${code}`,
        );
      }
    }
  }
});

test('every row names pages that the application offers', async (t) => {
  const { app } = await openApplication(t);
  const offered = new Set(app.offered.map(({ method, url }) => `${method} ${url}`));
  for (const { number, pages } of rows) {
    assert.ok(pages.length > 0, number);
    for (const page of pages) assert.ok(offered.has(page), `${number}: ${page}`);
  }
});
