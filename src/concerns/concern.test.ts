import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Age } from '../nrm/index.ts';
import type { MemberId } from '../vocabulary/ids.ts';
import {
  answer,
  answered,
  type Concern,
  type Fork,
  goesOn,
  nextQuestion,
  nothingSaid,
  type Question,
  type Submission,
  unasked,
  wayOf,
} from './concern.ts';

const noted = { by: 'somebody' as MemberId, on: '2026-11-26' };
const consent = (said: 'yes' | 'no') =>
  ({
    ...noted,
    answer: said,
    wordingId: 'told',
    digest: '',
    how: 'the person themself',
    language: 'en',
    interpreted: 'nobody was needed',
    interpreter: null,
  }) as const;
const no = { doubt: { ...noted, answer: 'no' } } as const;
const yes = { doubt: { ...noted, answer: 'yes' } } as const;
const assessed = { ...yes, assessor: { ...noted, name: 'Dr Quill' } } as const;
const unable = { ...assessed, able: { ...noted, answer: 'no' } } as const;
const named = { ...unable, decisionMaker: { ...noted, name: 'Ms Reed' } } as const;

const cases: readonly [string, Age, Partial<Fork>, Question | undefined, string | undefined][] = [
  ['a child is asked nothing and is referred', 'child', {}, undefined, 'referral: child'],
  [
    'whose age is not known is asked nothing and is referred',
    'not sure',
    { consent: consent('no') },
    undefined,
    'referral: age not sure: a child until assessed',
  ],
  ['of an adult it is first asked whether the decision is theirs', 'adult', {}, 'doubt', undefined],
  ['without doubt the adult is asked', 'adult', no, 'consent', undefined],
  ['an adult who says yes is referred', 'adult', { ...no, consent: consent('yes') }, undefined, 'referral: consent'],
  [
    'an adult who says no is not named',
    'adult',
    { ...no, consent: consent('no') },
    undefined,
    'notification: no consent',
  ],
  ['in doubt an assessor is named', 'adult', yes, 'assessor', undefined],
  ['then it is assessed', 'adult', assessed, 'able', undefined],
  ['who can decide is asked', 'adult', { ...assessed, able: { ...noted, answer: 'yes' } }, 'consent', undefined],
  ['for who cannot, somebody is named', 'adult', unable, 'decisionMaker', undefined],
  ['and decides', 'adult', named, 'decision', undefined],
  ['to refer', 'adult', { ...named, decision: { ...noted, answer: 'refer' } }, undefined, 'referral: best interests'],
  [
    'or not to',
    'adult',
    { ...named, decision: { ...noted, answer: 'do not refer' } },
    undefined,
    'notification: best interests',
  ],
];
for (const [name, age, part, question, way] of cases)
  test(name, () => {
    const said = { fork: { ...unasked, ...part } };
    assert.equal(nextQuestion(said, age), question);
    const going = wayOf(said, age);
    assert.equal(going && `${going.kind}: ${going.ground}`, way);
  });

const concern = (more: Partial<Concern> = {}): Concern => ({
  ...nothingSaid,
  id: 'c' as Concern['id'],
  personId: 'p' as Concern['personId'],
  agencyId: 'a' as Concern['agencyId'],
  authorId: noted.by,
  raisedAt: new Date('2026-11-26T09:00:00Z'),
  revision: 1,
  ...more,
});
const submission = (way: Submission['way']): Submission => ({
  ...noted,
  agencyId: 'a' as Submission['agencyId'],
  way,
  ground: 'consent',
  referredAs: 'adult',
  responderId: 'councils-england-wales',
  formId: 'nrm-2026',
  facts: {},
  digest: '',
  reference: null,
});

test('no question is skipped, none is asked of who may be a child, and none when it has gone', () => {
  const asked = (held: Concern, age: Age, question: Question) => {
    const result = answer(held, age, question, consent('yes') as never);
    return result.ok ? 'kept' : result.refusal;
  };
  assert.equal(asked(concern(), 'adult', 'consent'), 'not asked now');
  assert.equal(asked(concern(), 'adult', 'doubt'), 'kept');
  assert.equal(asked(concern({ fork: { ...unasked, ...no } }), 'not sure', 'consent'), 'not asked now');
  assert.equal(asked(concern({ submission: submission('referral') }), 'adult', 'doubt'), 'submitted already');
});

test('an answer that changes takes what hung on it along: a yes that was said before the doubt does not stand after it', () => {
  const fork = answered({ ...unasked, ...no, consent: consent('yes') }, 'doubt', { ...noted, answer: 'yes' });
  assert.equal(fork.consent, null);
  assert.equal(nextQuestion({ fork }, 'adult'), 'assessor');
});

test('nobody is referred twice at a time; after a notification, a no, or leaving, it can be raised anew', () => {
  assert.equal(goesOn([]), undefined);
  assert.ok(goesOn([concern()]));
  assert.ok(goesOn([concern({ submission: submission('referral') })]));
  assert.equal(goesOn([concern({ submission: submission('notification') })]), undefined);
  assert.equal(goesOn([concern({ submission: submission('referral'), withdrawnOn: '2026-12-01' })]), undefined);
  const against = {
    kind: 'reasonable grounds',
    outcome: 'negative',
    day: '2026-12-01',
    testId: 'x',
    by: noted.by,
  } as const;
  assert.equal(goesOn([concern({ submission: submission('referral'), decisions: [against] })]), undefined);
});
