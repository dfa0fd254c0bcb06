import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, one, power, two, visitOf } from '../../../test/fixtures/plan.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import type { VisitState } from '../../platform/area.ts';
import { addPlannedVisit, addTeam } from '../plan/examples.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import { createBoard, listSecondEntries } from './board.ts';

const day = '2026-09-16';
const at = (time: string) => new Date(`${day}T${time}:00Z`);
const made = (...records: (Partial<VisitState> & { readonly of: VisitInPlan })[]) =>
  new Map(
    records.map(({ of, ...record }): [string, VisitState] => [
      of.id,
      {
        id: of.id,
        arrivedAt: at('09:00'),
        leftAt: null,
        answer: null,
        finishedAt: null,
        powerId: null,
        basis: null,
        ...record,
      },
    ]),
  );
const boardOf = (visits: readonly VisitInPlan[], records: ReturnType<typeof made>, now = at('09:30')) =>
  createBoard({ teams: [one], visits }, records, { today: day, now });
const rowOf = (...given: Parameters<typeof boardOf>) => boardOf(...given)[0] ?? assert.fail('a row');

const first = visitOf(one, { starts: '10:00', minutes: 60 });
const second = visitOf(one, { starts: '14:00', minutes: 60 });

test('a team has not started, is at the premises, is inside, and has left', () => {
  const waiting = rowOf([first, second], made());
  assert.deepEqual([waiting.state, waiting.visit?.id, waiting.later], ['not started', first.id, 1]);
  const there = rowOf([first, second], made({ of: first }));
  assert.deepEqual([there.state, there.since, there.later], ['at the premises', at('09:00'), 1]);
  assert.equal(rowOf([first], made({ of: first, answer: 'entered' })).state, 'inside');
  assert.equal(rowOf([first], made({ of: first, answer: 'forced, no reply' })).state, 'inside');
  assert.equal(rowOf([first], made({ of: first, answer: 'refused entry' })).state, 'at the premises');
  const left = rowOf([first], made({ of: first, answer: 'entered', leftAt: at('09:20') }));
  assert.deepEqual([left.state, left.since], ['left', at('09:20')]);
  const next = rowOf([first, second], made({ of: first, leftAt: at('09:20') }));
  assert.deepEqual([next.state, next.visit?.id, next.later], ['not started', second.id, 0]);
});

test('a team is overdue when it is there longer than planned, and not a minute before', () => {
  const there = made({ of: first, answer: 'entered' });
  assert.equal(rowOf([first], there, at('10:00')).overdueSince, undefined);
  assert.deepEqual(rowOf([first], there, at('10:01')).overdueSince, at('10:00'));
  const done = made({ of: first, answer: 'no reply', finishedAt: at('09:05') });
  assert.equal(rowOf([first], done, at('15:00')).overdueSince, undefined, 'a finished visit is left');
});

test('postponed visits and visits of other days are not on the board; one that nobody left yesterday is', () => {
  const off = visitOf(one, { state: 'called off' });
  const tomorrow = visitOf(one, { day: '2026-09-17' });
  assert.equal(rowOf([off, tomorrow], made()).state, 'no visit today');
  const yesterday = visitOf(one, { day: '2026-09-15', minutes: 60 });
  const since = new Date('2026-09-15T21:00:00Z');
  const forgotten = rowOf([yesterday], made({ of: yesterday, arrivedAt: since }));
  assert.deepEqual(forgotten.overdueSince, new Date('2026-09-15T22:00:00Z'));
});

test('overdue teams come first', () => {
  const theirs = visitOf(two, { minutes: 10 });
  const rows = createBoard({ teams: [one, two], visits: [first, theirs] }, made({ of: theirs }), {
    today: day,
    now: at('10:00'),
  });
  assert.deepEqual(
    rows.map(({ team }) => team.name),
    ['Team 2', 'Team 1'],
  );
});

test('finds the team that comes second on a warrant for one entry', () => {
  const theirs = visitOf(two, { starts: '14:00', minutes: 60 });
  const plan = { ...good, teams: [one, two], visits: [first, theirs] };
  const find = (records: ReturnType<typeof made>, given = plan) => {
    const rows = createBoard(given, records, { today: day, now: at('13:30') });
    return [...listSecondEntries(rows, given, records, at('13:30'))].map(([{ team }, how]) => [team.name, how]);
  };
  const entered = { of: first, answer: 'entered', powerId: power.id } as const;
  assert.deepEqual(find(made()), []);
  assert.deepEqual(find(made(entered)), [['Team 2', 'inside']]);
  assert.deepEqual(find(made({ ...entered, leftAt: at('09:40') })), [['Team 2', 'used']]);
  const second = { of: theirs, answer: 'entered', powerId: power.id, arrivedAt: at('13:00') } as const;
  assert.deepEqual(find(made(entered, second)), [['Team 2', 'inside']], 'both are inside');
  const otherwise = { ...second, powerId: null, basis: 'consent' };
  assert.deepEqual(find(made(entered, otherwise)), [], 'the second team entered by consent');
  assert.deepEqual(find(made({ ...entered, answer: 'no reply', powerId: null })), [], 'nobody entered');
  const unlimited = { ...plan, powers: [{ ...power, entries: 'unlimited' as const }] };
  assert.deepEqual(find(made(entered), unlimited), []);
  const together = { ...plan, visits: [first, { ...theirs, starts: '10:30' }] };
  assert.deepEqual(find(made(entered), together), [], 'the plan has both at once');
});

test('the board says that a team goes to a warrant that another team is using', async (t) => {
  const { db, signIn, officer, planner, planned, operation, premises } = await aTeam(t);
  const night = await addTeam(db, operation, { name: 'Night team' });
  await addPlannedVisit(db, premises, night, { powerId: planned.powerId, starts: '14:00' });
  const entered = { ...arrival([officer]), answer: 'entered by pace-s8' };
  await (await signIn(officer)).post(`/staff/visits/${planned.id}/arrive`, entered);
  const { body } = await (await signIn(planner)).get(`/staff/operations/${operation.id}/board`);
  assert.match(body, /Night team goes to Blue Door next, but another team is inside under the same warrant\./);
});

test('a commander sees on the board who is at which visit, and since when; each look is logged', async (t) => {
  const { signIn, officer, planner, planned, operation, premises, auditTrail } = await aTeam(t);
  const board = `/staff/operations/${operation.id}/board`;
  const reader = await signIn(planner);
  assert.match((await reader.get(board)).body, /Not started[\s\S]*not yet/);
  const atDoor = await signIn(officer);
  await atDoor.post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  const before = (await auditTrail()).length;
  const { body } = await reader.get(board);
  assert.match(body, />Inside</);
  assert.ok(body.includes(premises.name));
  assert.match(body, /data-module="sl-board"/);
  assert.match(body, />Refresh<\/a>/);
  assert.equal((await auditTrail()).length, before + 1);
  assert.equal((await atDoor.get(board)).statusCode, 403);
});
