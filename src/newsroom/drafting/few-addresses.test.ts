import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator, Quantity, SignedReturn } from '../../vocabulary/figures.ts';
import { type Draft, draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { isFewAddresses, whyFewPeople } from './few-addresses.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';
import { listStatedFigures } from './stated-figures.ts';

const now = getPolicy('in force from 2026');

function read(signed: SignedReturn): { draft: Draft; text: string } {
  const draft = draftRelease(signed, now, extras);
  const told = applyPolicy(signed, now, extras.decisions);
  const lines = [draft.title, draft.description, ...draft.keyPoints].map((line) => publicText(line, told));
  const said = [...lines, publicMarkdown(draft.body, told)].map((part) =>
    part.ok ? part.value : assert.fail(part.refusal),
  );
  return { draft, text: said.join('\n') };
}

/** The figures in the table of a release with this draft. */
const tabled = ({ title, body }: Draft, signed: SignedReturn): string[] =>
  listStatedFigures([title, body], applyPolicy(signed, now, extras.decisions), {
    edition: 'an edition',
    definitionOf: (indicator) => indicator,
  }).map(({ key }) => key);

test('fewer than five addresses are few, and so is a number that nobody counted', () => {
  const few = (total: number | Quantity): boolean => isFewAddresses(counting({ 'premises.visited': total }).figures);
  for (const total of [0, 1, 4, { kind: 'not known' }, { kind: 'words', words: 'several' }] as const)
    assert.equal(few(total), true);
  for (const total of [5, 8, { kind: 'number', value: 5, qualifier: 'at least' }] as const)
    assert.equal(few(total), false);
  assert.equal(isFewAddresses({}), true);
  assert.equal(whyFewPeople(signedReturn.figures), undefined);
  assert.equal(whyFewPeople(counting({ 'premises.visited': 8, 'people.spokenTo': 2 }).figures), 'few people were met');
});

test('with few addresses visited, the draft is silent about people met, help and other targets', () => {
  const met = {
    'people.spokenTo': 1,
    'people.interpreted': 1,
    'people.advised': 5,
    'people.declinedPolice': 0,
    'referrals.made': 0,
    'referrals.accepted': 0,
    'referrals.declined': 0,
    'visits.withSigns': 1,
    'visits.withoutSigns': 1,
    'visits.made': 3,
  } as const;
  const tells =
    /interpreter|advice|referral|spoke to|asked to help|accepted|declined|signs that|on the plan|called off/i;
  for (const visited of [0, 1, 2, 3, 4]) {
    const small = counting({
      ...met,
      'premises.planned': visited + 1,
      'premises.visited': visited,
      'visits.calledOff': 1,
    });
    const { text, draft } = read(small);
    assert.doesNotMatch(text, tells);
    assert.deepEqual(
      tabled(draft, small).filter((key) => /^(?:people|referrals)\.|planned|calledOff|withSigns/.test(key)),
      [],
    );
    for (const key of ['people.spokenTo', 'people.advised', 'referrals.made', 'premises.planned', 'visits.calledOff'])
      assert.ok(
        draft.withheld.some((one) => one.key === key && one.effect === 'withheld' && one.instead === 'nothing'),
        key,
      );
  }
  const five = counting({ ...met, 'premises.planned': 7, 'premises.visited': 5, 'visits.calledOff': 2 });
  assert.match(read(five).text, /people were given safeguarding advice/);
  assert.ok(tabled(read(five).draft, five).includes('visits.calledOff'));
  const one = counting({ ...met, 'premises.planned': 6, 'premises.visited': 5, 'visits.calledOff': 1 });
  assert.ok(!tabled(read(one).draft, one).includes('visits.calledOff'), 'one visit points to one address');
});

test('the number planned stays in unless as many addresses were visited: a visit called off is no address', () => {
  const isPlanTold = (counts: Partial<Record<Indicator, number | Quantity>>): boolean => {
    const { draft, text } = read(counting(counts));
    assert.doesNotMatch(text, /on the plan/);
    return tabled(draft, counting(counts)).includes('premises.planned');
  };
  assert.equal(isPlanTold({ 'premises.planned': 9, 'premises.visited': 8 }), false);
  assert.equal(isPlanTold({ 'premises.planned': 9, 'premises.visited': 7, 'visits.calledOff': 1 }), false);
  assert.equal(isPlanTold({ 'premises.planned': 9, 'premises.visited': 8, 'visits.calledOff': 1 }), false);
  assert.equal(isPlanTold({ 'premises.planned': 8, 'premises.visited': 8 }), true);
});
