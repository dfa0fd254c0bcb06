import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, power, premises, today } from '../../../test/fixtures/plan.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import type { Premises } from './premises.ts';
import { listPremisesTasks } from './premises-tasks.ts';

const { id } = premises;
const bare: Premises = {
  ...premises,
  risks: null,
  languages: [],
  interpreter: null,
  referrerId: null,
  immigrationEntry: null,
};
const ready: Premises = { ...premises, risks: 'A dog', languages: ['Romanian'], interpreter: 'By phone' };
const nothing: Plan = { ...good, powers: [], visits: [] };
const unlawful = [{ kind: 'unlawful', rule: 'no power', about: { id, name: premises.name } }] as unknown as Advice[];

/** The plan and the premises, the states in their order, and the step that comes next. */
const cases: readonly (readonly [string, Plan, Premises, readonly Advice[], string, string | undefined])[] = [
  ['nothing but an address', nothing, bare, [], 'not, not, not, not, not, not', premisesPaths.risks(id)],
  [
    'a language without an interpreter',
    nothing,
    { ...bare, risks: 'None', languages: ['Romanian'] },
    [],
    'done, in, not, not, not, not',
    premisesPaths.languages(id),
  ],
  [
    'English alone',
    nothing,
    { ...bare, risks: 'None', languages: ['English'] },
    [],
    'done, done, not, not, not, not',
    premisesPaths.referrer(id),
  ],
  ['no power', nothing, ready, [], 'done, done, done, done, not, not', premisesPaths.addPower(id)],
  [
    'a warrant to be granted',
    { ...good, powers: [{ ...power, state: 'applied for' }], visits: [] },
    ready,
    [],
    'done, done, done, done, in, not',
    premisesPaths.nextPowerStep(id, power.id),
  ],
  [
    'a refused warrant',
    { ...good, powers: [{ ...power, state: 'refused' }], visits: [] },
    ready,
    [],
    'done, done, done, done, not, not',
    premisesPaths.addPower(id),
  ],
  [
    'a legal problem',
    good,
    ready,
    unlawful,
    'done, done, done, done, needs, done',
    `${premisesPaths.premises(id)}#powers`,
  ],
  [
    'a postponed visit',
    { ...good, visits: good.visits.map((visit) => ({ ...visit, state: 'postponed' as const })) },
    ready,
    [],
    'done, done, done, done, done, in',
    premisesPaths.moveVisit(id, good.visits[0]?.id ?? ''),
  ],
  ['everything', good, ready, [], 'done, done, done, done, done, done', undefined],
];
for (const [what, plan, of, advice, states, next] of cases)
  test(`tasks of premises with ${what}`, () => {
    const tasks = listPremisesTasks(plan, of, advice, today);
    assert.equal(tasks.map(({ state }) => state.split(' ')[0]).join(', '), states);
    assert.equal(tasks.find(({ state }) => state !== 'done')?.href, next);
  });
