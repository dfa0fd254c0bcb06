import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstResponders } from './load.ts';
import { dutyOf, maySubmit, responderOn } from './responders.ts';

const cases: readonly [string | null, string, boolean][] = [
  ['territorial-police-england-wales', '2015-10-31', false],
  ['territorial-police-england-wales', '2015-11-01', true],
  ['territorial-police-england-wales', '2026-11-25', true],
  ['fair-work-agency', '2026-04-20', false],
  ['fair-work-agency', '2026-04-21', true],
  ['salvation-army', '2026-04-20', false],
  ['salvation-army', '2026-11-25', true],
  ['councils-england-wales', '2026-11-25', true],
  ['nhs-england', '2026-11-25', false],
  [null, '2026-11-25', false],
];
for (const [id, day, may] of cases)
  test(`${id ?? 'an agency that is no first responder'} ${may ? 'submits' : 'does not submit'} on ${day}`, () =>
    assert.equal(maySubmit(firstResponders, id, day), may));

test('lets an organisation that left the list submit until its last day', () => {
  const [police] = firstResponders;
  assert.ok(police);
  const left = [{ ...police, validTo: '2026-06-30' }];
  assert.equal(maySubmit(left, police.id, '2026-06-30'), true);
  assert.equal(maySubmit(left, police.id, '2026-07-01'), false);
});

test('lists no health service of England, and no organisation of a protected name', () => {
  assert.deepEqual(
    firstResponders.filter(({ name }) => /\bNHS\b|red cross|sexual violence advis/i.test(name)),
    [],
  );
});

test('applies the statutory duty in England and Wales only', () => {
  const duty = (id: string, nation: 'England' | 'Scotland') => {
    const entry = responderOn(firstResponders, id, '2026-11-25');
    assert.ok(entry);
    return dutyOf(entry, nation);
  };
  assert.equal(duty('nca', 'England'), 'statute');
  assert.equal(duty('nca', 'Scotland'), 'may');
  for (const police of ['territorial-police-england-wales', 'ersou', 'regional-crime-units'])
    assert.equal(duty(police, 'England'), 'statute', `${police}: a regional unit is police`);
  assert.equal(duty('border-force', 'Scotland'), 'policy');
  assert.equal(duty('salvation-army', 'England'), 'may');
});
