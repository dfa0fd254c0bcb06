import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEntry, doorOptions, listArrivalOptions } from './door-options.ts';

const day = '2026-09-18';
for (const [basis, says, not] of [
  ['consent', /Without their agreement you may not go in/, /without force/],
  ['welfare-visit', /They let you in\. Leave when they ask you to/, /without force/],
  ['pace-s8', /used this power, and you went in without force/, /agreed/],
  ['pace-s17', /used this power, and you went in without force/, /agreed/],
  ['licensing-entry', /used this power, and you went in without force/, /agreed/],
] as const)
  test(`what “entered” means under ${basis}`, () => {
    assert.match(describeEntry(basis, day), says);
    assert.doesNotMatch(describeEntry(basis, day), not);
    const [, , , planned] = listArrivalOptions({ basis, day }, undefined);
    assert.match(String(planned?.text), /^Entered as planned/);
    assert.equal(planned?.hint?.text, describeEntry(basis, day));
  });

test('without a planned power the answer says that going in needs agreement or a power', () => {
  const entered = doorOptions.find(({ value }) => value === 'entered');
  assert.match(String(entered?.hint?.text), /without agreement and without a power is not lawful/);
});

test('a warning about the planned power takes the place of the hint', () => {
  const notice = { kind: 'unlawful', title: 'The warrant was refused', text: '' } as const;
  const hints = listArrivalOptions({ basis: 'pace-s8', day }, notice).map(({ hint }) => hint?.text);
  assert.ok(hints.includes('The warrant was refused.'));
});
