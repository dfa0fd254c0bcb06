import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { invent, shapes } from '../../../test/assurance/newsroom/release-reading/generator.ts';
import { written } from './examples.ts';
import type { FileRead } from './imported-release.ts';
import { claimCells, claimColumns, inconsistencyText, noteText } from './in-words.ts';
import { cautionsFor, checkAgainstPolicy } from './policy-today.ts';
import { openReader } from './reading.ts';

const model = readFileSync(new URL('../release-reading/fixtures/hertfordshire-2019-09-25.md', import.meta.url));
const today = '2026-09-24';

async function read(source: Uint8Array | string): Promise<FileRead> {
  const reading = (await openReader())(Buffer.from(source), 'release.md');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.value;
}

const rulesBroken = async (source: Uint8Array | string, day = today): Promise<string[]> => {
  const { claims, discrepancies } = await read(source);
  const held = await checkAgainstPolicy(claims, discrepancies.inconsistencies, day);
  return (held?.objections ?? []).map(({ rule }) => rule);
};

test('the model breaks six rules of today, each with the sentence that breaks it', async () => {
  const { claims, discrepancies } = await read(model);
  const held = await checkAgainstPolicy(claims, discrepancies.inconsistencies, today);
  assert.equal(held?.policy.name, 'in force from 2026');
  assert.deepEqual(
    held?.objections.map(({ rule, places }) => [rule, ...places.map(({ line }) => line)]),
    [
      ['no town with a single address', 21],
      ['no age or sex for arrests that are not for a crime', 23],
      ['no exact age and no home of those arrested', 23],
      ['a claim has a dated source', 25],
      ['immigration officers by decision', 19],
      ['danger first', 42],
    ],
  );
});

test('under the policy as practised in 2019 it broke none but ours', async () => {
  assert.deepEqual(await rulesBroken(model, '2019-09-25'), ['danger first']);
  const { claims } = await read(model);
  assert.equal(await checkAgainstPolicy(claims, [], '2018-01-01'), undefined, 'no policy was in force');
});

const table: readonly (readonly [body: string, rules: readonly string[]])[] = [
  ['Officers visited six business addresses during the week, three in Northam and three in Easton.', []],
  [
    'Officers visited four business addresses during the week, three in Northam and one in Easton.',
    ['no town with a single address'],
  ],
  ['Officers visited six nail bars during the week.', ['kinds of business by word']],
  ['Three people were arrested during the week on suspicion of modern slavery offences.', []],
  ['Three arrests were made at two addresses in Northam in relation to immigration matters.', []],
  [
    'Two arrests were made at one address in Northam in relation to immigration matters.',
    ['no arrest at a single address'],
  ],
  ['Safeguarding advice was given to several people.', []],
  ['Safeguarding advice was given to four people.', ['people met are given in words']],
  [
    'Officers visited two business addresses during the week. Safeguarding advice was given to several people.',
    ['people met are given in words'],
  ],
  ['The number of victims of trafficking continues to grow.', ['a claim has a dated source']],
  ['Call the helpline on 0800 0000 000. In an emergency call 999.', ['danger first']],
  ['In an emergency call 999. Or call the helpline on 0800 0000 000.', []],
];

for (const [body, rules] of table) {
  test(`${rules.length === 0 ? 'passes' : `breaks ${rules.join(', ')}`}: ${body}`, async () => {
    assert.deepEqual(await rulesBroken(written({ body })), rules);
  });
}

test('cautions tell the public of what kind, and never the detail itself', async () => {
  const kept = await read(model);
  const cautions = await cautionsFor(kept, today);
  assert.equal(cautions.length, 7);
  for (const caution of cautions) {
    assert.ok(caution.length <= 300, caution);
    assert.doesNotMatch(caution, /30|32|37|Watford|Hemel|Green|undefined/);
  }
  assert.ok(
    cautions.includes('Its headline says that warrants were served; its text says that addresses were visited.'),
  );
});

test('whatever a release claims is said in words, all of it', async () => {
  for (let seed = 0; seed < 280; seed += 1) {
    const { claims, discrepancies } = await read(invent(seed, shapes[seed % shapes.length] ?? shapes[0]).file);
    for (const claim of claims) {
      const cells = claimCells(claim);
      assert.equal(cells.length, claimColumns(claim.kind).length);
      for (const cell of cells) assert.doesNotMatch(cell, /^$|undefined|null|\[object|NaN/, JSON.stringify(claim));
    }
    for (const note of discrepancies.notes) assert.doesNotMatch(noteText(note), /undefined|\[object/);
    for (const odd of discrepancies.inconsistencies) assert.doesNotMatch(inconsistencyText(odd), /undefined|\[object/);
    const held = await checkAgainstPolicy(claims, discrepancies.inconsistencies, today);
    for (const { places, items } of held?.objections ?? []) assert.ok(places.length > 0 && items.length > 0);
    assert.ok((await cautionsFor({ claims, discrepancies }, today)).length <= 20);
  }
});
