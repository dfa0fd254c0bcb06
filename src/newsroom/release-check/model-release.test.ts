import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exactly } from '../../vocabulary/figures.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { keyPointsOf, readForm } from '../release-reading/index.ts';
import { applyReleasePolicy, checkReleaseText, type DraftText } from '../releases/text.ts';
import { byHarm, harmOf } from './harms.ts';

function modelText(): DraftText {
  const fixture = join(import.meta.dirname, '../release-reading/fixtures/hertfordshire-2019-09-25.md');
  const read = readForm(readFileSync(fixture), 'release.md');
  assert.ok(read.ok);
  const { title, area, description, body: whole } = read.value;
  const { points, body } = keyPointsOf(whole);
  return {
    policy: 'in force from 2026',
    decisions: extras.decisions,
    justifications: [],
    title: String(title),
    area: String(area),
    description: String(description),
    keyPoints: points.map(({ text }) => text),
    body,
    quotes: [],
    picture: null,
    correction: null,
  };
}

/** As the model counts: addresses were visited, and no warrant is among its figures. */
const counted = {
  ...signedReturn,
  figures: {
    ...signedReturn.figures,
    'warrants.executed': { indicator: 'warrants.executed', total: exactly(0), breakdowns: {} },
  },
} as const;

test('finds in the model release what would expose somebody, worst first', async () => {
  const text = modelText();
  const told = await applyReleasePolicy(text, { ...counted, operationId: '', digest: '' } as never);
  const findings = byHarm((await checkReleaseText(text, told, '2026-09-25')).filter(({ blocks }) => blocks));
  const of = (harm: string) => findings.filter((finding) => harmOf(finding) === harm);
  assert.deepEqual(
    of('exact age').map(({ typed, must }) => `${typed}: ${must}`),
    ['30: change', '32: change', '37: change', '32: change'],
    'four exact ages with sex and town, and no reason lets one stand',
  );
  const [only] = of('one address').filter(({ sentence }) => sentence.includes('one in Hemel Hempstead'));
  assert.equal(only?.typed, 'one', 'the town with one address');
  const warrants = of('not so').filter(({ typed }) => /^warrants?/i.test(typed));
  assert.ok(warrants.length > 0 && warrants.every(({ part }) => part.startsWith('point-')), 'warrants against visited');
  assert.match(warrants[0]?.safer ?? '', /visits/i);
  const [emergency] = of('contact').filter(({ message }) => message.includes('999 first'));
  assert.equal(emergency?.typed, '101', 'the emergency number does not come first');
  assert.ok(of('arrest and help').length > 0);
  assert.equal(of('wording').find(({ typed }) => typed === 'rescue')?.safer, 'help');
  const order = findings.map(harmOf);
  assert.ok(order.indexOf('exact age') < order.indexOf('not so') && order.indexOf('not so') < order.indexOf('wording'));
});

test('finds warrants against visits, also where the return counts warrants', async () => {
  const text = modelText();
  const told = await applyReleasePolicy(text, { ...signedReturn, operationId: '', digest: '' } as never);
  const findings = await checkReleaseText(text, told, '2026-09-25');
  const [found, ...more] = findings.filter(({ message }) => message.includes('Say the same in both'));
  assert.deepEqual([found?.typed, found?.safer, more.length], ['Warrants were served', 'Visits were made', 0]);
});
