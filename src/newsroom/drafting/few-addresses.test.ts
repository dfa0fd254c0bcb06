import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewerThanFive, type Indicator, type Quantity, type SignedReturn } from '../../vocabulary/figures.ts';
import { type Draft, draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { isFewAddresses, whyFewPeople } from './few-addresses.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';

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
    'people.advised': fewerThanFive,
    'people.declinedPolice': 0,
    'referrals.made': 0,
    'referrals.accepted': 0,
    'referrals.declined': 0,
    'visits.withSigns': 1,
    'visits.withoutSigns': 1,
    'visits.made': 3,
  } as const;
  const tells =
    /interpreter|advice|referral|spoke to|somebody whom|asked for by|accepted|declined|recorded a sign|on the plan|called off/i;
  for (const visited of [0, 1, 2, 3, 4]) {
    const small = counting({
      ...met,
      'premises.planned': visited + 1,
      'premises.visited': visited,
      'visits.calledOff': 1,
    });
    const { text, draft } = read(small);
    assert.doesNotMatch(text, tells);
    assert.doesNotMatch(text, /## Help and advice/);
    assert.doesNotMatch(text, /took part in the plan/);
    for (const key of ['people.spokenTo', 'people.advised', 'referrals.made', 'premises.planned', 'visits.calledOff'])
      assert.ok(
        draft.withheld.some((one) => one.key === key && one.effect === 'withheld' && one.instead === 'nothing'),
        key,
      );
  }
  const { text } = read(counting({ ...met, 'premises.planned': 6, 'premises.visited': 5, 'visits.calledOff': 1 }));
  for (const said of [/Teams spoke to somebody/, /One planned visit was called off/]) assert.match(text, said);
});

test('the number planned stays in unless as many addresses were visited: a visit called off is no address', () => {
  const planned = (counts: Partial<Record<Indicator, number | Quantity>>): string => read(counting(counts)).text;
  assert.doesNotMatch(planned({ 'premises.planned': 9, 'premises.visited': 8 }), /on the plan/);
  assert.doesNotMatch(planned({ 'premises.planned': 9, 'premises.visited': 7, 'visits.calledOff': 1 }), /on the plan/);
  assert.doesNotMatch(planned({ 'premises.planned': 9, 'premises.visited': 8, 'visits.calledOff': 1 }), /on the plan/);
  assert.match(planned({ 'premises.planned': 8, 'premises.visited': 8 }), /Eight addresses were on/);
});
