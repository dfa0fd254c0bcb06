import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgeTreatment } from '../../vocabulary/age.ts';

import type { MemberId } from '../../vocabulary/ids.ts';
import {
  answerDoubt,
  answerQuestion,
  emptyContent,
  findOngoingReferral,
  type NrmReferral,
  nextQuestion,
  noRouteAnswers,
  type Question,
  type RouteAnswers,
  routeOf,
  type Submission,
  withAnswer,
} from './nrm-referral.ts';

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
const assessed = { ...yes, assessor: { ...noted, name: 'Dr Quill', service: 'Memory clinic' } } as const;
const unable = { ...assessed, able: { ...noted, answer: 'no' } } as const;
const named = { ...unable, decisionMaker: { ...noted, name: 'Ms Reed', service: 'Adult social care' } } as const;
const saysNo = { ...no, consent: consent('no') } as const;
const decided = (answer: 'refer' | 'do not refer') => ({ ...named, decision: { ...noted, answer } });

const cases: readonly [string, AgeTreatment, Partial<RouteAnswers>, Question | undefined, string | undefined][] = [
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
  ['an adult who says no is not named', 'adult', saysNo, undefined, 'notification: no consent'],
  ['in doubt an assessor is named', 'adult', yes, 'assessor', undefined],
  ['then it is assessed', 'adult', assessed, 'able', undefined],
  ['who can decide is asked', 'adult', { ...assessed, able: { ...noted, answer: 'yes' } }, 'consent', undefined],
  ['for who cannot, somebody is named', 'adult', unable, 'decisionMaker', undefined],
  ['and decides', 'adult', named, 'decision', undefined],
  ['to refer', 'adult', decided('refer'), undefined, 'referral: best interests'],
  ['or not to', 'adult', decided('do not refer'), undefined, 'notification: best interests'],
];
for (const [name, age, part, question, way] of cases)
  test(name, () => {
    const said = { fork: { ...noRouteAnswers, ...part } };
    assert.equal(nextQuestion(said, age), question);
    const going = routeOf(said, age);
    assert.equal(going && `${going.kind}: ${going.ground}`, way);
  });

const concern = (more: Partial<NrmReferral> = {}): NrmReferral => ({
  ...emptyContent,
  id: 'c' as NrmReferral['id'],
  personId: 'p' as NrmReferral['personId'],
  agencyId: 'a' as NrmReferral['agencyId'],
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

test('skips no question, and asks none of a possible child or after submission', () => {
  const asked = (held: NrmReferral, age: AgeTreatment, question: Question) => {
    const result = answerQuestion(held, age, question, consent('yes') as never);
    return result.ok ? 'kept' : result.refusal;
  };
  assert.equal(asked(concern(), 'adult', 'consent'), 'not asked now');
  assert.equal(asked(concern(), 'adult', 'doubt'), 'kept');
  assert.equal(asked(concern({ fork: { ...noRouteAnswers, ...no } }), 'not sure', 'consent'), 'not asked now');
  assert.equal(asked(concern({ submission: submission('referral') }), 'adult', 'doubt'), 'submitted already');
});

test('a changed answer removes the answers that depend on it: a yes from before the doubt does not remain after it', () => {
  const fork = withAnswer({ ...noRouteAnswers, ...no, consent: consent('yes') }, 'doubt', { ...noted, answer: 'yes' });
  assert.equal(fork.consent, null);
  assert.equal(nextQuestion({ fork }, 'adult'), 'assessor');
});

const doctor = { ...noted, name: 'Dr Ada Quill', service: 'Memory clinic' };
const manager = { ...noted, name: 'Lin Reed', service: 'Adult social care' };

test('a doubt is withdrawn only with a reason; reason, doubt, author and day stay, even if it returns', () => {
  const at = (by: string, on: string) => ({ by: by as MemberId, on });
  const keep = (
    held: NrmReferral,
    ...[said, why, who]: [said: 'yes' | 'no', why: string | null, who: typeof noted]
  ) => {
    const next = answerDoubt(held.fork.doubt, said, why, who);
    const kept = next.ok ? answerQuestion(held, 'adult', 'doubt', next.value) : next;
    return kept.ok ? kept.value : kept.refusal;
  };
  const first = keep(concern(), 'yes', null, at('first', '2026-11-01')) as NrmReferral;
  assert.equal(keep(first, 'no', null, at('second', '2026-11-02')), 'no reason');
  assert.equal(keep(first, 'no', '', at('second', '2026-11-02')), 'no reason');
  const turned = keep(first, 'no', 'She was tired that day', at('second', '2026-11-02')) as NrmReferral;
  const stands = { ...at('second', '2026-11-02'), why: 'She was tired that day', doubted: at('first', '2026-11-01') };
  assert.deepEqual(turned.fork.doubt, { ...at('second', '2026-11-02'), answer: 'no', turned: [stands] });
  const again = keep(turned, 'no', null, at('third', '2026-11-03')) as NrmReferral;
  assert.deepEqual(again.fork.doubt?.turned, [stands], 'who says no once more takes nothing away');
  const back = keep(again, 'yes', null, at('fourth', '2026-11-04')) as NrmReferral;
  assert.equal(keep(back, 'no', null, at('fifth', '2026-11-05')), 'no reason');
  const twice = keep(back, 'no', 'A doctor has seen her', at('fifth', '2026-11-05')) as NrmReferral;
  assert.deepEqual(
    twice.fork.doubt?.turned?.map(({ by, doubted: { by: who } }) => [by, who]),
    [
      ['second', 'first'],
      ['fifth', 'fourth'],
    ],
  );
  assert.deepEqual(answerQuestion(back, 'adult', 'doubt', { ...noted, answer: 'no', turned: [stands] }), {
    ok: false,
    refusal: 'no reason',
  });
  assert.deepEqual(answerQuestion(back, 'adult', 'doubt', { ...noted, answer: 'no' }), {
    ok: false,
    refusal: 'no reason',
  });
});

test('the assessor is not also the decision maker, however the name is written; “X” is no name', () => {
  const unableTo = concern({ fork: { ...noRouteAnswers, ...yes, assessor: doctor, able: { ...noted, answer: 'no' } } });
  const decides = (one: { name: string; service: string }) => {
    const kept = answerQuestion(unableTo, 'adult', 'decisionMaker', { ...noted, ...one });
    return kept.ok ? 'kept' : kept.refusal;
  };
  for (const name of ['Dr Ada Quill', 'ada quill', 'Quill, Ada', 'Prof. Áda  Quíll', 'ADA-QUILL'])
    assert.equal(decides({ name, service: 'Adult social care' }), 'assesses and decides', name);
  for (const name of ['X', 'xx', '-', '??', '42', 'n/a', 'N.A.', 'unknown', 'To be confirmed', 'a@b', 'Dr'])
    assert.equal(decides({ name, service: 'Adult social care' }), 'not named', name);
  for (const service of ['X', '', '…', '7', 'tbc', 'None'])
    assert.equal(decides({ name: 'Lin Reed', service }), 'not named', service);
  for (const name of ['Lin Reed', 'Ng', 'Li Wu', 'Олена Коваль', '李小龙', 'Ada Quille'])
    assert.equal(decides({ name, service: 'Memory clinic' }), 'kept', name);
  const assesses = answerQuestion(concern({ fork: { ...noRouteAnswers, ...yes } }), 'adult', 'assessor', {
    ...doctor,
    name: 'X',
  });
  assert.deepEqual(assesses, { ok: false, refusal: 'not named' });
});

test('asks again where an older answer has no names of assessor and decision maker', () => {
  const unableTo = { ...noRouteAnswers, ...yes, assessor: doctor, able: { ...noted, answer: 'no' } } as const;
  const decision = { ...noted, answer: 'refer' } as const;
  for (const [fork, question] of [
    [{ ...unableTo, assessor: { ...noted, name: 'X' }, decisionMaker: manager, decision }, 'assessor'],
    [{ ...unableTo, assessor: { ...noted, name: 'Dr Ada Quill' }, decisionMaker: manager, decision }, 'assessor'],
    [{ ...unableTo, decisionMaker: doctor, decision }, 'decisionMaker'],
    [{ ...unableTo, decisionMaker: { ...noted, name: 'X' }, decision }, 'decisionMaker'],
    [{ ...unableTo, decisionMaker: manager, decision }, undefined],
  ] as const) {
    assert.equal(nextQuestion({ fork }, 'adult'), question);
    assert.equal(routeOf({ fork }, 'adult')?.kind, question ? undefined : 'referral');
  }
});

test('allows one referral at a time; a new one can follow a notification, a negative decision or leaving', () => {
  assert.equal(findOngoingReferral([]), undefined);
  assert.ok(findOngoingReferral([concern()]));
  assert.ok(findOngoingReferral([concern({ submission: submission('referral') })]));
  assert.equal(findOngoingReferral([concern({ submission: submission('notification') })]), undefined);
  assert.equal(
    findOngoingReferral([concern({ submission: submission('referral'), withdrawnOn: '2026-12-01' })]),
    undefined,
  );
  const against = {
    kind: 'reasonable grounds',
    outcome: 'negative',
    day: '2026-12-01',
    testId: 'x',
    by: noted.by,
  } as const;
  assert.equal(findOngoingReferral([concern({ submission: submission('referral'), decisions: [against] })]), undefined);
});
