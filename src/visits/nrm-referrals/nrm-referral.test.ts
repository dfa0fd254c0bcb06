import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgeBasis, AgeTreatment } from '../../vocabulary/age.ts';
import type { Arrest, Encounter } from '../visit.ts';
import { agreed } from './examples.ts';
import {
  type Assessment,
  ageOf,
  checkAssessment,
  checkSubmission,
  emptyContent,
  findReferralOf,
  openQuestion,
  type ReferralContent,
  routeOf,
  withAnswers,
} from './nrm-referral.ts';

const arrested = (age: number | null, ageBasis: AgeBasis | null = null) => ({ age, ageBasis }) as Arrest;
const met = (age: Encounter['age']) => ({ age }) as Encounter;

const ages: readonly [string, Arrest | undefined, Encounter | undefined, AgeBasis | null, AgeTreatment][] = [
  ['an arrest of 30', arrested(30), undefined, null, 'adult'],
  ['an arrest of 17', arrested(17), undefined, null, 'child'],
  ['an arrest without an age', arrested(null), undefined, null, 'not sure'],
  ['an adult age that the person alone gave later', arrested(19, 'the person says so'), undefined, null, 'not sure'],
  ['an adult age by a document', arrested(19, 'a document was seen'), undefined, null, 'adult'],
  ['an arrest of 30, recorded as under 18 at the visit', arrested(30), met('under 18'), null, 'not sure'],
  ['an arrest of 17, recorded as adult at the visit', arrested(17), met('adult'), null, 'child'],
  ['an arrest of 30, not known at the visit', arrested(30), met('not known'), null, 'adult'],
  ['met, under 18', undefined, met('under 18'), null, 'child'],
  ['met, age not known', undefined, met('not known'), null, 'not sure'],
  ['met, an adult by a document', undefined, met('adult'), 'a document was seen', 'adult'],
  ['met, an adult by looks alone', undefined, met('adult'), 'how the person looks, and nothing else', 'not sure'],
  ['met, an adult, before anybody said how they know', undefined, met('adult'), null, 'adult'],
];
for (const [name, arrest, person, basis, age] of ages)
  test(`${name} is treated as ${age}`, () => assert.equal(ageOf({ arrest, met: person }, basis), age));

const assessor = { name: 'Noor Ash', service: 'nurse, custody suite' };
const decider = { name: 'Bea Brook', service: 'social worker, the council' };
const cannot: Assessment = { assessor, able: 'no', decisionMaker: decider, decision: 'refer', on: '2026-09-18' };
const no: Partial<ReferralContent> = { consent: { ...agreed.consent, answer: 'no' } as ReferralContent['consent'] };

const routes: readonly [string, AgeTreatment, Partial<ReferralContent>, string, string | undefined][] = [
  ['an adult who was not asked', 'adult', {}, 'none', 'consent'],
  ['an adult who agrees', 'adult', agreed, 'referral', undefined],
  ['an adult who does not agree', 'adult', no, 'notification', undefined],
  ['a child who was not asked', 'child', {}, 'referral', undefined],
  ['a child who says no', 'child', no, 'referral', undefined],
  ['somebody of an age not certain', 'not sure', {}, 'referral', undefined],
  ['an adult in doubt', 'adult', { inDoubt: true }, 'none', 'assessment'],
  ['an adult in doubt who says yes', 'adult', { ...agreed, inDoubt: true }, 'none', 'assessment'],
  ['an adult assessed as able', 'adult', { inDoubt: true, assessment: { ...cannot, able: 'yes' } }, 'none', 'consent'],
  [
    'an adult assessed as able who agrees',
    'adult',
    { ...agreed, inDoubt: true, assessment: { ...cannot, able: 'yes' } },
    'referral',
    undefined,
  ],
  ['an adult who cannot decide, to be referred', 'adult', { inDoubt: true, assessment: cannot }, 'referral', undefined],
  [
    'an adult who cannot decide, not to be referred',
    'adult',
    { inDoubt: true, assessment: { ...cannot, decision: 'do not refer' } },
    'notification',
    undefined,
  ],
];
for (const [name, age, said, route, question] of routes)
  test(`${name}: ${route === 'none' ? `first the ${question}` : route}`, () => {
    const content = { ...emptyContent, ...said };
    assert.equal(routeOf(content, age)?.kind ?? 'none', route);
    assert.equal(openQuestion(content, age), question);
  });

const assessments: readonly [string, Assessment, string][] = [
  ['accepts somebody who can decide', { ...cannot, able: 'yes', decisionMaker: null, decision: null }, 'ok'],
  ['accepts a decision by somebody else', cannot, 'ok'],
  ['refuses an assessor without a name', { ...cannot, assessor: { name: 'tbc', service: 'nurse' } }, 'not named'],
  ['refuses no decision maker', { ...cannot, decisionMaker: null }, 'decision maker not named'],
  ['refuses the assessor as decision maker', { ...cannot, decisionMaker: assessor }, 'assesses and decides'],
  ['refuses no decision', { ...cannot, decision: null }, 'no decision'],
];
for (const [name, assessment, answer] of assessments)
  test(`${name} in an assessment`, () => {
    const result = checkAssessment(assessment);
    assert.equal(result.ok ? 'ok' : result.refusal, answer);
  });

test('refuses to record as sent what is closed, in the future, or before the visit', () => {
  const at = (time: string) => new Date(`2026-09-18T${time}:00Z`);
  const around = { arrivedAt: at('09:00'), now: at('12:00') };
  const of = (outcome: 'referral' | null, time: string) => {
    const result = checkSubmission({ outcome }, at(time), around);
    return result.ok ? 'ok' : result.refusal;
  };
  assert.deepEqual(
    [of(null, '12:00'), of(null, '12:01'), of(null, '08:59'), of('referral', '10:00')],
    ['ok', 'in the future', 'before the visit', 'closed already'],
  );
});

test('keeps an answer that differs from the records, and leaves one that is the same to them', () => {
  const known = { gender: 'female', language: 'Romanian' };
  const given = [
    { from: 'gender', value: 'female' },
    { from: 'language', value: 'Roma' },
    { from: 'family', value: 'A sister' },
    { from: 'education', value: null },
  ];
  const content = { ...emptyContent, answers: { education: 'School', gender: 'male' } };
  assert.deepEqual(withAnswers(content, given, known).answers, { language: 'Roma', family: 'A sister' });
});

test('finds the one referral of a person, whether it was begun from the arrest or from the meeting', () => {
  const all = [{ arrestId: 'a', encounterId: 'e' as never }];
  assert.ok(findReferralOf(all, { arrestId: 'a', encounterId: null }));
  assert.ok(findReferralOf(all, { arrestId: null, encounterId: 'e' as never }));
  assert.equal(findReferralOf(all, { arrestId: null, encounterId: 'other' as never }), undefined);
  assert.equal(
    findReferralOf([{ arrestId: null, encounterId: null }], { arrestId: null, encounterId: null }),
    undefined,
  );
});
