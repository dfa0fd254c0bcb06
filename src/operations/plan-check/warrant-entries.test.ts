import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, lead, memberOf, noVisits, one, power, today, two, visitOf } from '../../../test/fixtures/plan.ts';
import type { VisitState } from '../../platform/area.ts';
import { instantAt } from '../../platform/clock.ts';
import type { Power } from '../plan/planned-power.ts';
import { mayAcknowledge } from './acknowledgement.ts';
import type { Plan } from './entry-check.ts';
import { checkPlan } from './plan-check.ts';
import { findSecondEntry } from './warrant-entries.ts';

const first = visitOf(one, { day: '2026-09-14' });
const second = visitOf(one, { day: '2026-09-15' });
const atOnce = visitOf(two, { day: '2026-09-14', starts: '10:30', turn: 2 });
const visits = [first, second];
const made = (more: Partial<VisitState> = {}): ReadonlyMap<string, VisitState> =>
  new Map([
    [
      first.id,
      {
        id: first.id,
        arrivedAt: instantAt('2026-09-14', '10:00'),
        leftAt: instantAt('2026-09-14', '10:20'),
        answer: 'entered',
        finishedAt: null,
        powerId: power.id,
        basis: 'pace-s8',
        ...more,
      },
    ],
  ]);
const withPower = (more: Partial<Power>): Partial<Plan> => ({ powers: [{ ...power, ...more }] });
const find = (plan: Partial<Plan>, begun = noVisits, day = today) =>
  checkPlan({ ...good, ...plan }, day, begun).filter(({ rule }) =>
    ['executed already', 'further entry'].includes(rule),
  );

test('a second visit on a warrant for one entry is unlawful, before and after the first', () => {
  const [before, ...others] = find({ visits });
  assert.deepEqual([before?.kind, before?.visitId, others.length], ['unlawful', second.id, 0]);
  assert.match(String(before?.what), /^Another visit uses it first, on 14 September 2026: Search warrant/);
  const [after] = find({ visits }, made(), '2026-09-14');
  assert.deepEqual([after?.kind, after?.visitId], ['unlawful', second.id]);
  assert.match(String(after?.what), /^Used already, on 14 September 2026/);
  assert.match(
    String(
      find({ visits: [first, visitOf(one, { day: '2026-09-14', starts: '14:00' })] }, made(), '2026-09-14')[0]?.what,
    ),
    /^Used already/,
    'on the same day',
  );
});

test('while the first team is inside, a second visit on the same day is unlawful, and the plan says why', () => {
  const later = visitOf(two, { day: '2026-09-14', starts: '14:00' });
  const inside = made({ leftAt: null });
  const [found, ...others] = find({ visits: [first, later] }, inside, '2026-09-14');
  assert.deepEqual([found?.kind, found?.visitId, others.length], ['unlawful', later.id, 0]);
  assert.match(String(found?.what), /^Another team is inside under this warrant, since 10:00: Search warrant/);
  const [next] = find({ visits }, inside, '2026-09-15');
  assert.match(String(next?.what), /^Used already, on 14 September 2026/, 'a team that forgot to say that it left');
});

test('a warrant for several entries asks for a written authority', () => {
  for (const entries of ['several', 'unlimited'] as const) {
    const [found] = find({ visits, ...withPower({ entries }) });
    assert.ok(found && mayAcknowledge(found));
    assert.deepEqual([found.kind, found.rule, found.visitId], ['unwise', 'further entry', second.id]);
    assert.match(found.cure, /written authority that the warrant or the law asks for/);
  }
});

test('a visit without entry uses no warrant, and teams that go in together use it once', () => {
  const noReply = { answer: 'no reply', powerId: null, basis: null };
  assert.deepEqual(find({ visits }, made(noReply), '2026-09-14'), []);
  const together = {
    visits: [first, atOnce],
    teams: [one, two],
    members: [...good.members, memberOf(two, lead, 'Dee')],
  };
  assert.deepEqual(find(together), []);
  assert.deepEqual(find(together, made({ leftAt: null }), '2026-09-14'), []);
  assert.equal(find(together, made(), '2026-09-14').length, 1, 'the first team left before the second came');
  assert.deepEqual(
    find({ visits, ...withPower({ basis: 'consent', state: 'planned' }) }),
    [],
    'consent is asked for again',
  );
});

test('a visit that its team has left makes nobody be in two places', () => {
  const same = { visits: [first, visitOf(one, { day: '2026-09-14', starts: '11:00', powerId: null, basis: null })] };
  const rules = (begun: ReadonlyMap<string, VisitState>) =>
    checkPlan({ ...good, ...same }, '2026-09-14', begun).map(({ rule }) => rule);
  assert.ok(rules(noVisits).includes('one team in two places'));
  assert.ok(rules(made({ leftAt: null })).includes('one team in two places'));
  assert.ok(!rules(made()).includes('one team in two places'));
});

const nextTeam = visitOf(two, { day: '2026-09-14', starts: '14:00' });
const record = (visit: { readonly id: string }, more: Partial<VisitState>): [string, VisitState] => {
  const [state] = made(more).values();
  if (!state) throw new Error('no visit');
  return [visit.id, { ...state, id: visit.id }];
};

test('of two teams that went in during the same minute, both are said to be a second entry', () => {
  const arrivedAt = instantAt('2026-09-14', '10:30');
  const both = new Map([record(first, { arrivedAt, leftAt: null }), record(nextTeam, { arrivedAt, leftAt: null })]);
  const plan = { ...good, visits: [first, nextTeam] };
  for (const visit of plan.visits)
    assert.equal(findSecondEntry(plan, visit, { made: both, today: '2026-09-14' }), 'inside');
});

test('a team that comes after the first has left enters a second time, even if both were planned together', () => {
  const plan = { ...good, visits: [first, atOnce] };
  const left = made({ leftAt: instantAt('2026-09-14', '10:40') });
  const at = (time: string) =>
    findSecondEntry(plan, atOnce, { made: left, today: '2026-09-14', now: instantAt('2026-09-14', time) });
  assert.deepEqual([at('10:35'), at('10:45')], [undefined, 'used']);
});
