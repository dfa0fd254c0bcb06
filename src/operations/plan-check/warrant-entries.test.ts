import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, lead, memberOf, noVisits, now, one, power, two, visitOf } from '../../../test/fixtures/plan.ts';
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
const at = (time: string, day = '2026-09-14') => instantAt(day, time);
const noon = at('12:00');
const find = (plan: Partial<Plan>, begun = noVisits, moment = now) =>
  checkPlan({ ...good, ...plan }, moment, begun).filter(({ rule }) =>
    ['executed already', 'further entry'].includes(rule),
  );

test('a second visit on a warrant for one entry is unlawful, before and after the first', () => {
  const [before, ...others] = find({ visits });
  assert.deepEqual([before?.kind, before?.visitId, others.length], ['unlawful', second.id, 0]);
  assert.match(String(before?.what), /^Another visit uses it first, on 14 September 2026: Search warrant/);
  const [after] = find({ visits }, made(), noon);
  assert.deepEqual([after?.kind, after?.visitId], ['unlawful', second.id]);
  assert.match(String(after?.what), /^Used already, on 14 September 2026/);
  assert.match(
    String(find({ visits: [first, visitOf(one, { day: '2026-09-14', starts: '14:00' })] }, made(), noon)[0]?.what),
    /^Used already/,
    'on the same day',
  );
});

test('while the first team is inside, a second visit on the same day is unlawful, and the plan says why', () => {
  const later = visitOf(two, { day: '2026-09-14', starts: '14:00' });
  const inside = made({ leftAt: null });
  const [found, ...others] = find({ visits: [first, later] }, inside, noon);
  assert.deepEqual([found?.kind, found?.visitId, others.length], ['unlawful', later.id, 0]);
  assert.match(String(found?.what), /^Another team is inside under this warrant, since 10:00: Search warrant/);
  const [next] = find({ visits }, inside, at('12:00', '2026-09-15'));
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
  assert.deepEqual(find({ visits }, made(noReply), noon), []);
  const together = {
    visits: [first, atOnce],
    teams: [one, two],
    members: [...good.members, memberOf(two, lead, 'Dee')],
  };
  assert.deepEqual(find(together), []);
  assert.deepEqual(find(together, made({ leftAt: null }), noon), []);
  assert.equal(find(together, made(), noon).length, 1, 'the first team left before the second came');
  assert.deepEqual(
    find({ visits, ...withPower({ basis: 'consent', state: 'planned' }) }),
    [],
    'consent is asked for again',
  );
});

test('a visit that its team has left makes nobody be in two places', () => {
  const same = { visits: [first, visitOf(one, { day: '2026-09-14', starts: '11:00', powerId: null, basis: null })] };
  const rules = (begun: ReadonlyMap<string, VisitState>) =>
    checkPlan({ ...good, ...same }, noon, begun).map(({ rule }) => rule);
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
  for (const visit of plan.visits) assert.equal(findSecondEntry(plan, visit, { made: both, now: noon }), 'inside');
});

test('a team that comes after the first has left enters a second time, even if both were planned together', () => {
  const plan = { ...good, visits: [first, atOnce] };
  const left = made({ leftAt: at('10:40') });
  const entryAt = (time: string) => findSecondEntry(plan, atOnce, { made: left, now: at(time) });
  assert.deepEqual([entryAt('10:35'), entryAt('10:45')], [undefined, 'used']);
  assert.deepEqual(find(plan, left, at('10:35')), []);
  assert.match(String(find(plan, left, at('10:45'))[0]?.what), /^Used already, on 14 September 2026/);
});

test('a use that the planner recorded counts by its time: during the visit it is the visit, before it is another entry', () => {
  const executed = (time: string) =>
    find({ visits: [first], ...withPower({ state: 'executed', executedAt: at(time) }) }, noVisits, at('09:30'));
  assert.deepEqual(executed('09:00'), [], 'the team went in early');
  assert.match(String(executed('08:00')[0]?.what), /^Used already, on 14 September 2026/);
  const early = { ...good, visits: [first], ...withPower({ state: 'executed', executedAt: at('08:00') }) };
  const secondEntry = (arrivedAt: Date) => findSecondEntry(early, first, { made: made({ arrivedAt }), now: noon });
  assert.deepEqual([secondEntry(at('08:00')), secondEntry(at('10:00'))], [undefined, 'used'], 'the visit says when');
});

test('a warrant that was returned unused is no ground for a visit on the same day', () => {
  const returned = (more: Partial<Power>) =>
    find({ visits: [first], ...withPower({ state: 'returned', returnedOn: first.day, ...more }) }, noVisits, noon);
  assert.match(String(returned({})[0]?.what), /^Returned already, on 14 September 2026/);
  assert.deepEqual(returned({ executedAt: at('10:05') }), [], 'this visit used it');
});

test('a visit that runs past midnight can still begin until its end, and uses the warrant first', () => {
  const night = visitOf(one, { day: '2026-09-13', starts: '23:30' });
  const uses = (moment: Date) =>
    find({ visits: [night, first] }, noVisits, moment).map(({ what }) => what.slice(0, 44));
  assert.deepEqual(uses(at('00:45')), ['Another visit uses it first, on 13 September']);
  assert.deepEqual(uses(at('01:15')), []);
});
