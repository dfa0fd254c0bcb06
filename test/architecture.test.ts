/** Keeps the guides for engineers true: the picture of the areas is made from the border table, and the files they name exist. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
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
