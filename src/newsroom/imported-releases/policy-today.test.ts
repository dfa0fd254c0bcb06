import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { invent, shapes } from '../../../test/assurance/newsroom/release-reading/generator.ts';
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import { signedReturn } from '../drafting/examples.ts';
import { harmOf } from '../release-check/harms.ts';
import { keyPointsOf, readForm } from '../release-reading/index.ts';
import { applyReleasePolicy, checkReleaseText, type DraftText } from '../releases/text.ts';
import { deceiving, written } from './examples.ts';
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
  const held = await checkAgainstPolicy(await read(source), day);
  return (held?.objections ?? []).map(({ rule }) => rule);
};

test('the model is judged as a release of ours is checked: one list, the worst harm first', async () => {
  const held = await checkAgainstPolicy(await read(model), today);
  assert.equal(held?.policy.name, 'in force from 2026');
  const objections = held?.objections ?? [];
  assert.deepEqual(
    objections.map(({ harm, rule, places }) => [harm, rule, ...new Set(places.map(({ line }) => line))]),
    [
      ['one person', 'no age or sex for arrests that are not for a crime', 23],
      ['exact age', 'no exact age and no home of those arrested', 23],
      ['one address', 'no town with a single address', 21],
      ['nationality', 'a nationality or an origin', 38],
      ['arrest and help', 'arrest and help in one sentence', 21],
      ['kept in', 'immigration officers by decision', 19],
      ['contact', 'a contact to put right', 42],
      ['not so', 'not what the records say', 13],
      ['claim', 'a claim has a dated source', 25],
      ['claim', 'a claim without a source', 27],
      ['wording', 'wording to change', 19, 25, 27],
      ['wording', 'wording to change', 27],
    ],
  );
  const of = (harm: string) => objections.find((one) => one.harm === harm);
  assert.deepEqual(of('exact age')?.words, ['30', '32', '37', '32'], 'four exact ages with sex and town');
  assert.deepEqual(of('one address')?.words, ['one'], 'the town with one address');
  assert.deepEqual(of('not so')?.words, ['Warrants were served'], 'warrants against visited');
  assert.deepEqual(of('not so')?.safer, ['Visits were made']);
  assert.deepEqual(of('contact')?.words, ['101'], 'the emergency number does not come first');
  assert.match(of('contact')?.why ?? '', /999 first/);
});

test('the check of our own releases stops the same words in the model', async () => {
  const form = readForm(model, 'release.md');
  assert.ok(form.ok);
  const { points, body } = keyPointsOf(form.value.body);
  const { title, area, description } = form.value;
  const own: DraftText = {
    ...{ policy: 'in force from 2026', decisions: [], justifications: [], quotes: [], correction: null, picture: null },
    ...{ title: title ?? '', area: area ?? '', description: description ?? '', body },
    keyPoints: points.map(({ text }) => text),
  };
  const told = await applyReleasePolicy(own, { ...signedReturn, operationId: '', digest: '' } as never);
  const ours = await checkReleaseText(own, told, today);
  const objections = (await checkAgainstPolicy(await read(model), today))?.objections ?? [];
  for (const harm of ['exact age', 'one address', 'nationality', 'arrest and help'] as const) {
    const theirs = objections.filter((one) => one.harm === harm).flatMap(({ words }) => words);
    const inOurs = ours.filter((finding) => finding.blocks && harmOf(finding) === harm).map(({ typed }) => typed);
    assert.ok(theirs.length > 0, harm);
    assert.deepEqual(
      theirs.filter((word) => !inOurs.includes(word)),
      [],
      harm,
    );
  }
});

test('under the policy as practised in 2019 its ages and its town break no rule', async () => {
  const rules = await rulesBroken(model, '2019-09-25');
  assert.ok(
    !rules.some((rule) => /single address|exact age and no home|immigration officers/.test(rule)),
    rules.join(),
  );
  assert.ok(rules.includes('a contact to put right'));
  assert.equal(await checkAgainstPolicy(await read(model), '2018-01-01'), undefined, 'no policy was in force');
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
    ['words that lead to one address', 'people met are given in words'],
  ],
  ['The number of victims of trafficking continues to grow.', ['a claim has a dated source', 'wording to change']],
  [
    'One of the arrested women, a 32-year-old mother from Northam, was later offered support.',
    ['words that describe one person', 'an exact age', 'arrest and help in one sentence'],
  ],
  ['Two Romanian nationals were arrested.', ['a nationality or an origin']],
  ['The gang was brought to justice.', ['words that can harm a trial']],
  ['Call the helpline on 0800 0000 000. In an emergency call 999.', ['a contact to put right']],
  ['In an emergency call 999. Or call the helpline on 0800 0000 000.', []],
];

for (const [body, rules] of table) {
  test(`${rules.length === 0 ? 'passes' : `breaks ${rules.join(', ')}`}: ${body}`, async () => {
    assert.deepEqual(await rulesBroken(written({ body })), rules);
  });
}

test('a part that is too long for the check is said to be, and its claims are held to the policy', async () => {
  const long = `Officers visited four business addresses, three in Northam and one in Easton.\n\n${'A sentence. '.repeat(2_000)}`;
  const held = await checkAgainstPolicy(await read(written({ body: long })), today);
  assert.equal(held?.isTooLong, true);
  assert.deepEqual(
    held?.objections.map(({ rule }) => rule),
    ['no town with a single address'],
  );
  assert.equal((await checkAgainstPolicy(await read(written()), today))?.isTooLong, false);
});

test('cautions tell the public of what kind, and never the detail itself', async () => {
  const kept = await read(model);
  const cautions = await cautionsFor(kept, today);
  assert.equal(cautions.length, 9);
  for (const caution of cautions) {
    assert.ok(caution.length <= 300, caution);
    assert.doesNotMatch(caution, /30|32|37|Watford|Hemel|Green|undefined/);
  }
  assert.ok(
    cautions.includes('Its headline says that warrants were served; its text says that addresses were visited.'),
  );
});

test('cautions tell the public of hidden characters and of links that lead elsewhere, once each', async () => {
  const cautions = await cautionsFor(await read(deceiving), today);
  assert.deepEqual(
    cautions.filter((caution) => /characters|address in the text|link in the text/.test(caution)),
    [
      'The text has hidden characters that change the order of letters.',
      'The text has characters that nobody sees.',
      'An address in the text is not what it looks like.',
      'A link in the text shows one address and leads to another.',
      'A link in the text shows one number and dials another.',
    ],
  );
});

test('whatever a release claims is said in words, all of it', async () => {
  for (let seed = 0; seed < 280; seed += 1) {
    const file = await read(invent(seed, shapes[seed % shapes.length] ?? shapes[0]).file);
    const { claims, discrepancies } = file;
    for (const claim of claims) {
      const cells = claimCells(claim);
      assert.equal(cells.length, claimColumns(claim.kind).length);
      for (const cell of cells) assert.doesNotMatch(cell, /^$|undefined|null|\[object|NaN/, JSON.stringify(claim));
    }
    for (const note of discrepancies.notes) assert.doesNotMatch(noteText(note), /undefined|\[object/);
    for (const odd of discrepancies.inconsistencies) assert.doesNotMatch(inconsistencyText(odd), /undefined|\[object/);
    if (seed % 14 > 0) continue; // The check of words takes longer than the reading: every fourteenth stands for the others.
    const held = await checkAgainstPolicy(file, today);
    for (const { places, items, words } of held?.objections ?? [])
      assert.ok(places.length > 0 && items.length + words.length > 0);
    assert.ok((await cautionsFor(file, today)).length <= 20);
  }
});

test('judges by the law of the jurisdiction that the partnership set', async () => {
  const file = await read(written({ body: 'The victim lives above Golden Spa, said officers.' }));
  const whyIn = async (jurisdiction?: Jurisdiction): Promise<string> =>
    ((await checkAgainstPolicy(file, today, jurisdiction))?.objections ?? [])
      .filter(({ harm }) => harm === 'anonymity for life')
      .map(({ why }) => why)
      .join(' ');
  assert.match(await whyIn(), /Act 1992, section 1/);
  assert.match(await whyIn('Scotland'), /this policy’s own rule[\s\S]*Not read: the Victims/);
});
