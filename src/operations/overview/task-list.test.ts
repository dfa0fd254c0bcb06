import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decided, good, noVisits, now, one, power, premises, visitOf } from '../../../test/fixtures/plan.ts';
import { countDone } from '../../platform/rendering/task-list.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths, premisesPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { countBriefingReaders, findNextStep, listTasks, type TaskFacts } from './task-list.ts';

const all = { change: true, leads: true, decide: true, go: true };
const commander = { change: false, leads: false, decide: true, go: true };
const { id } = good.operation;
const go = decided('go', null);
const briefed = new Map([[one.id, 'current' as const]]);
const team = good.members.map(({ memberId }) => memberId);

const factsOf = (plan: Plan, more: Partial<TaskFacts> = {}): TaskFacts => ({
  plan,
  advice: checkPlan(plan, now, noVisits),
  briefings: new Map(),
  briefingReaders: new Map([[one.id, team]]),
  briefingChanges: [],
  over: false,
  results: undefined,
  ...more,
});
const empty: Plan = {
  ...good,
  partners: good.partners.slice(0, 1),
  participants: good.participants.slice(0, 1),
  teams: [],
  members: [],
  premises: [],
  powers: [],
  visits: [],
  decisions: [],
};
const withPartners: Plan = { ...empty, partners: good.partners };
const withPeople: Plan = { ...withPartners, participants: good.participants };
const withTeam: Plan = { ...withPeople, teams: good.teams, members: good.members };
const withPremises: Plan = { ...withTeam, premises: good.premises, decisions: good.decisions };
const withPower: Plan = { ...withPremises, powers: good.powers };
const withVisit: Plan = { ...withPower, visits: good.visits };
const decidedPlan: Plan = { ...withVisit, decisions: [...good.decisions, go] };

const place = premises.id;
/** The plan, what else is known, and the step that a planner who may do everything takes next. */
const cases: readonly (readonly [string, Plan, Partial<TaskFacts>, string, string])[] = [
  ['an empty plan', empty, {}, 'Add a partner', operationPaths.addPartner(id)],
  ['partners', withPartners, {}, 'Add people', operationPaths.addPeopleOfAll(id)],
  ['people', withPeople, {}, 'Add a team', operationPaths.addTeam(id)],
  ['a team', withTeam, {}, 'Add the first premises', operationPaths.addPremises(id)],
  [
    'a team without partners',
    { ...withTeam, partners: empty.partners },
    {},
    'Add the first premises',
    operationPaths.addPremises(id),
  ],
  ['premises', withPremises, {}, 'Add a power of entry for Blue Door', premisesPaths.addPower(place)],
  ['a power', withPower, {}, 'Plan a visit to Blue Door', premisesPaths.addVisit(place)],
  ['a visit', withVisit, {}, 'Make the briefing of Team 1', teamPaths.briefing(one.id)],
  [
    'an old briefing',
    withVisit,
    { briefings: new Map([[one.id, 'out of date']]) },
    'Make a new briefing for Team 1',
    teamPaths.briefing(one.id),
  ],
  ['a briefing', withVisit, { briefings: briefed }, 'Decide whether it goes ahead', operationPaths.goDecision(id)],
  [
    'a power that was not granted',
    { ...withVisit, powers: [{ ...power, state: 'applied for' }] },
    { briefings: briefed },
    'Record the next step of the power for Blue Door',
    premisesPaths.nextPowerStep(place, power.id),
  ],
  [
    'a no-go',
    { ...withVisit, decisions: [...good.decisions, decided('no-go', null)] },
    { briefings: briefed },
    'Decide again whether it goes ahead',
    operationPaths.goDecision(id),
  ],
  [
    'a week that is over',
    decidedPlan,
    { over: true, results: 'not counted' },
    'Count the results',
    returnPaths.operation(id),
  ],
  ['counted results', decidedPlan, { over: true, results: 'counted' }, 'Sign the results', returnPaths.operation(id)],
];

test('the next step is the first open task that the reader may do', () => {
  for (const [name, plan, more, text, href] of cases)
    assert.deepEqual(findNextStep(factsOf(plan, more), all), { text, href }, name);
});

test('a finished plan has no next step, and an operation that is over asks for nothing but its results', () => {
  assert.equal(findNextStep(factsOf(decidedPlan, { briefings: briefed }), all), undefined);
  assert.equal(findNextStep(factsOf(empty, { over: true }), all), undefined);
  assert.equal(findNextStep(factsOf(decidedPlan, { over: true, results: 'signed' }), all), undefined);
});

test('a commander is offered the decision, once there is a visit to decide about', () => {
  assert.equal(findNextStep(factsOf(withPower), commander), undefined);
  assert.equal(findNextStep(factsOf(withVisit), commander)?.text, 'Decide whether it goes ahead');
});

const statesOf = (plan: Plan, more: Partial<TaskFacts> = {}) =>
  Object.fromEntries(listTasks(factsOf(plan, more)).map(({ name, state }) => [name, state]));

test('each task has its state, and progress counts what is done', () => {
  assert.equal(countDone(listTasks(factsOf(empty))), '1 of 8 done');
  assert.deepEqual(statesOf(empty), {
    details: 'done',
    partners: 'not started',
    people: 'not started',
    teams: 'not started',
    premises: 'not started',
    visits: 'not started',
    briefings: 'not started',
    decision: 'not started',
  });
  assert.equal(statesOf(withPremises).premises, 'in progress');
  assert.equal(statesOf({ ...withPower, premises: [{ ...premises, referrerId: null }] }).premises, 'in progress');
  assert.equal(countDone(listTasks(factsOf(decidedPlan, { briefings: briefed }))), '8 of 8 done');
});

test('what is wrong needs attention; what somebody acknowledged does not', () => {
  const refused = { ...withVisit, powers: [{ ...power, state: 'refused' as const }] };
  assert.equal(statesOf(refused).premises, 'needs attention');
  assert.equal(statesOf(withVisit, { briefings: new Map([[one.id, 'out of date']]) }).briefings, 'needs attention');
  const atNight: Plan = { ...withVisit, visits: [visitOf(one, { starts: '02:00' })] };
  assert.equal(statesOf(atNight).visits, 'needs attention');
  const known = checkPlan(atNight, now, noVisits).map((advice) => ({
    ...advice,
    acknowledged: { decidedBy: 'Supt Marlow', recordedAt: new Date(0), reason: 'By day it is empty' },
  }));
  assert.equal(statesOf(atNight, { advice: known }).visits, 'done');
});

test('a team that goes nowhere needs no briefing, and each that goes needs one', () => {
  const second = { ...one, id: newId<'team'>(), name: 'Team 2' };
  const two: Plan = { ...withVisit, teams: [one, second] };
  assert.equal(statesOf(two, { briefings: briefed }).briefings, 'done');
  const both: Plan = { ...two, visits: [...good.visits, visitOf(second, { day: '2026-09-17' })] };
  assert.equal(statesOf(both, { briefings: briefed }).briefings, 'in progress');
});

test('a briefing is done when everybody on the team who can open it has read it', () => {
  const [first = assert.fail()] = good.members;
  const second = { ...first, memberId: newId<'member'>() };
  const blind = { ...first, memberId: newId<'member'>(), roles: ['volunteer' as const] };
  const plan: Plan = { ...withVisit, members: [first, second, blind] };
  const facts = factsOf(plan, { briefings: briefed });
  assert.equal(statesOf(plan, { briefings: briefed, briefingReaders: new Map() }).briefings, 'in progress');
  assert.deepEqual(countBriefingReaders(facts), { read: 1, of: 2, cannot: 1 });
  const all = new Map([[one.id, [first.memberId, second.memberId]]]);
  const known = facts.advice.filter(({ rule }) => rule !== 'cannot read the briefing');
  assert.equal(statesOf(plan, { briefings: briefed, briefingReaders: all, advice: known }).briefings, 'done');
});

test('a legal problem comes before a risk, in whichever task the risk is', () => {
  const planner = { change: true, leads: true, decide: true, go: false };
  const alone = { ...withVisit, participants: withVisit.participants.map((person) => ({ ...person, roles: [] })) };
  assert.equal(findNextStep(factsOf(alone), planner)?.text, 'Add a safeguarding lead');
  const refused: Plan = { ...alone, powers: [{ ...power, state: 'refused' }] };
  assert.equal(findNextStep(factsOf(refused), planner)?.text, 'Fix a legal problem at Blue Door');
});

test('a commander is led to the legal problems before the decision', () => {
  const unlawful: Plan = { ...withVisit, powers: [{ ...power, state: 'refused' }] };
  assert.deepEqual(findNextStep(factsOf(unlawful, { briefings: briefed }), commander), {
    text: 'Read the legal problems of the plan',
    href: `${operationPaths.operation(id)}#advice`,
  });
});

test('results are a task for those who see returns, after the last day', () => {
  assert.equal(statesOf(decidedPlan, { results: 'counted' }).results, undefined);
  assert.equal(statesOf(decidedPlan, { over: true }).results, undefined);
  assert.equal(statesOf(decidedPlan, { over: true, results: 'counted' }).results, 'in progress');
});

test('a planner who may not decide is led to a commander, and a missing safeguarding lead is told at the people', () => {
  const planner = { change: true, leads: true, decide: true, go: false };
  const facts = factsOf(withVisit, { briefings: briefed });
  assert.deepEqual(findNextStep(facts, planner), {
    text: 'Ask a commander to decide',
    href: operationPaths.goDecision(id),
  });
  assert.equal(findNextStep(factsOf(decidedPlan, { briefings: briefed }), planner), undefined);
  const [one = assert.fail(), ...others] = withPeople.participants;
  const alone = [one, ...others].map((person) => ({ ...person, roles: [] }));
  const people = listTasks(factsOf({ ...withPeople, participants: alone })).find(({ name }) => name === 'people');
  assert.equal(people?.state, 'in progress');
  assert.equal(findNextStep(factsOf({ ...withPeople, participants: alone }), planner)?.text, 'Add a team');
});
