import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editionOn, editions, testsOf } from './law.ts';
import { type DecisionInput, daysToAnswer, decide, dueOf, mayAsk, noticeWords, stateOf } from './request.ts';

const askedAt = new Date('2026-09-18T11:00:00Z');
const dueAt = dueOf(askedAt);
const request = { kinds: ['help provided', 'health information'] as const, dueAt };
const tests = ['necessary and proportionate', 'specific'];
const judged: DecisionInput = {
  outcome: 'give agreed items',
  person: { treatedAs: 'adult' },
  passed: tests,
  agreement: 'agreed to the ticked items',
  kinds: ['help provided'],
  words: 'Shelter for two nights.',
};

test('uses the law of the day: one edition a day, stricter for counselling notes since 12 January 2026', () => {
  for (const [day, name, probative] of [
    ['2018-05-25', 'data protection law', false],
    ['2026-01-11', 'data protection law', false],
    ['2026-01-12', 'victim information requests', true],
    ['2030-01-01', 'victim information requests', true],
  ] as const) {
    const edition = editionOn(day);
    assert.equal(edition.name, name, day);
    const counselling = testsOf(edition, true).some((one) => one.name === 'substantial probative value');
    assert.equal(counselling, probative, day);
    assert.ok(!testsOf(edition, false).some((one) => one.ofCounselling));
    for (const needed of ['necessary and proportionate', 'specific', 'no less intrusive way'])
      assert.ok(
        edition.tests.some((one) => one.name === needed),
        `${day} ${needed}`,
      );
  }
  assert.throws(() => editionOn('2018-05-24'));
  for (const { source, checked, read } of editions) assert.ok(source && /^\d{4}-\d\d-\d\d$/.test(checked) && read);
});

test('a request answers every test, names what it asks for, and says why the person is not informed', () => {
  const whole = {
    kinds: request.kinds,
    notice: 'given',
    noticeWhy: null,
    tests: { a: 'x', b: 'y' },
  } as const;
  for (const [more, refusal] of [
    [{}, undefined],
    [{ kinds: [] }, 'nothing named'],
    [{ tests: { a: 'x' } }, 'a test unanswered'],
    [{ tests: { a: 'x', b: '' } }, 'a test unanswered'],
    [{ notice: 'not given' }, 'no reason for no notice'],
    [{ notice: 'later' }, 'no reason for no notice'],
    [{ notice: 'not given', noticeWhy: 'She would be in danger' }, undefined],
  ] as const) {
    const result = mayAsk({ ...whole, ...more }, ['a', 'b']);
    assert.equal(result.ok ? undefined : result.refusal, refusal, JSON.stringify(more));
  }
});

test('gives no more than was asked and agreed, if every test is passed, in time; giving nothing is always allowed', () => {
  const before = new Date(dueAt.getTime() - 1);
  for (const [more, now, expected] of [
    [{}, before, 'the person agreed'],
    [{}, dueAt, 'too late'],
    [{ person: undefined }, before, 'nobody chosen'],
    [{ passed: ['specific'] }, before, 'a test not passed'],
    [{ agreement: 'does not agree' }, before, 'not agreed'],
    [{ agreement: 'was not asked' }, before, 'not agreed'],
    [{ kinds: [] }, before, 'nothing named'],
    [{ kinds: ['person’s account'] }, before, 'not asked for'],
    [{ words: null }, before, 'no words'],
    [{ person: { treatedAs: 'child' }, agreement: 'was not asked' }, before, 'child’s best interests'],
    [{ person: { treatedAs: 'not sure' } }, before, 'child’s best interests'],
    [{ person: { treatedAs: 'child' }, agreement: 'does not agree' }, before, 'not agreed'],
    [{ outcome: 'give nothing', person: undefined, passed: [], agreement: 'was not asked' }, dueAt, null],
  ] as const) {
    const result = decide(request, tests, { ...judged, ...more } as DecisionInput, now);
    assert.equal(result.ok ? result.value : result.refusal, expected, JSON.stringify(more));
  }
});

test('refused, not held and never looked at are one state, and change at one instant', () => {
  assert.equal(dueAt.getTime() - askedAt.getTime(), daysToAnswer * 86_400_000);
  assert.equal(stateOf({ dueAt }, false, new Date(dueAt.getTime() - 1)), 'waits');
  assert.equal(stateOf({ dueAt }, false, dueAt), 'no information is given');
  assert.equal(stateOf({ dueAt }, true, askedAt), 'answered');
});

test('the notice to the person says what is sought, why, and how it will be handled', () => {
  const words = noticeWords(
    {
      kinds: request.kinds,
      tests: { specific: 'The nights of 3 and 4 May.', 'a reasonable line of enquiry': 'Who kept the flat.' },
      handling: 'The officer in the case reads it.',
    },
    'Harbour Advisers',
  ).join('\n');
  for (const part of [
    'health information',
    'The nights of 3 and 4 May',
    'Who kept the flat',
    'The officer in the case',
    'do not have to answer us',
  ])
    assert.ok(words.includes(part), part);
});
