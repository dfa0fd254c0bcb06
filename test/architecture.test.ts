/** Keeps the guides for engineers true: the picture of the areas is made from the border table, and the files and identifiers they name exist. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { areas } from '../src/areas.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const table: Readonly<Record<string, readonly string[]>> = areas;
const [from, to] = ['<!-- areas: made from src/areas.ts -->', '<!-- areas: end -->'];

/** Whether a way of arrows leads from one area to another. */
const leads = (one: string, other: string): boolean =>
  (table[one] ?? []).some((below) => below === other || leads(below, other));

/** The areas and their arrows in Mermaid. Leaves out an arrow where a longer way leads to the same area. */
function picture(): string {
  const arrows = Object.entries(table).flatMap(([area, below]) =>
    below
      .filter((one) => !below.some((other) => other !== one && leads(other, one)))
      .map((one) => `  ${area} --> ${one}`),
  );
  return ['```mermaid', 'flowchart TD', ...arrows, '```'].join('\n');
}

test('the picture of the areas is the border table', () => {
  const drawn = read('docs/architecture.md').split(from)[1]?.split(to)[0]?.trim();
  assert.ok(drawn === picture(), `Put this between the two marks in docs/architecture.md:\n\n${picture()}\n`);
});

test('every area is in the picture', () => {
  for (const area of Object.keys(table)) assert.match(picture(), new RegExp(`\\b${area}\\b`));
});

test('the guides name files and folders that exist', () => {
  for (const guide of ['docs/architecture.md', 'CONTRIBUTING.md']) {
    const named = [...read(guide).matchAll(/`((?:src|test|scripts|docs|assets)\/[\w./-]*)`/g)];
    assert.ok(named.length > 10, guide);
    for (const [, path = ''] of named) assert.ok(existsSync(join(root, path)), `${guide}: ${path}`);
  }
});

/** Names that the examples of CONTRIBUTING.md add. */
const addedByExamples = new Set([
  'longestVisit',
  'operationLanguagesPage',
  'ComeBackForm',
  'recordComeBack',
  'comeBackPage',
  'comeBackForm',
]);

/** Identifiers in the code of a guide, without strings: camelCase and PascalCase everywhere, one capitalised word in inline code alone. */
function identifiersIn(guide: string): string[] {
  const blocks = /```[\s\S]*?```/g;
  const find = (code: string, pattern: RegExp): string[] => code.replaceAll(/'[^'\n]*'/g, '').match(pattern) ?? [];
  const inBlocks = (guide.match(blocks) ?? []).flatMap((code) => find(code, /\b\w*[a-z][A-Z]\w+/g));
  const inline = guide.replaceAll(blocks, '').match(/`[^`\n]+`/g) ?? [];
  return [...inBlocks, ...inline.flatMap((code) => find(code, /\b\w*[a-z][A-Z]\w+|\b[A-Z][a-z]+\b/g))];
}

test('the guides name identifiers that exist', () => {
  const files = globSync('{src,test,scripts}/**/*.{ts,cjs}', { cwd: root });
  const words = new Set(files.flatMap((file) => read(file).match(/\w+/g) ?? []));
  for (const guide of ['docs/architecture.md', 'CONTRIBUTING.md']) {
    const named = identifiersIn(read(guide)).filter((name) => !addedByExamples.has(name));
    assert.ok(named.length > 20, `${guide}: ${named.length}`);
    assert.deepEqual(
      named.filter((name) => !words.has(name)),
      [],
      guide,
    );
  }
  assert.deepEqual(identifiersIn("`Work.begin` 'someText' `a 'isOld'`\n```ts\nfindFoo('New', Bar)\n```"), [
    'findFoo',
    'Work',
  ]);
});
