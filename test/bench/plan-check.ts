/** The check of a plan as large as the largest week could make it: 1,000 visits to 1,000 premises, each with a warrant, by twenty teams. Nothing but the rules: no database, no page. */
import type { Plan } from '../../src/operations/plan-check/entry-check.ts';
import { checkPlan } from '../../src/operations/plan-check/plan-check.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { good, lead, memberOf, noVisits, now, one, power, premises, visitOf } from '../fixtures/plan.ts';
import { by, type Effort, type Line } from './effort.ts';
import { median } from './processes.ts';

const visitCount = 1_000;
const teamCount = 20;
const perHour = 10;

/** Each team goes from place to place for a week, so that many visits are under way at once; every tenth place is not known to be a home, and no risk is written down. */
export function largePlan(): Plan {
  const teams = Array.from({ length: teamCount }, (_, number) => ({
    ...one,
    id: newId<'team'>(),
    name: `Team ${number + 1}`,
  }));
  const numbers = Array.from({ length: visitCount }, (_, number) => number);
  const places = numbers.map((number) => ({
    ...premises,
    id: newId<'premises'>(),
    name: `Place ${number}`,
    ...(number % 10 === 0 && ({ dwelling: 'not known', risks: null } as const)),
  }));
  const powers = numbers.map((number) => ({
    ...power,
    id: newId<'power'>(),
    premisesId: places[number]?.id ?? premises.id,
  }));
  const visits = numbers.map((number) => {
    const at = places[number] ?? premises;
    const slot = Math.floor(number / perHour);
    return visitOf(teams[number % teamCount] ?? one, {
      premisesId: at.id,
      powerId: powers[number]?.id ?? null,
      day: `2026-09-${14 + (slot % 7)}`,
      starts: `${String(8 + (slot % 11)).padStart(2, '0')}:00`,
      premises: at,
    });
  });
  const members = teams.flatMap((team) => ['Ash', 'Bly', 'Cole', 'Dee'].map((name) => memberOf(team, lead, name)));
  const briefed = new Map(teams.map(({ id }) => [id, [...good.briefed.values()][0]] as const));
  return { ...good, teams, premises: places, powers, visits, members, briefed: briefed as Plan['briefed'] };
}

export function* measurePlanCheck(effort: Effort): Generator<Line> {
  const plan = largePlan();
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round <= by(effort, 9, 5, 1); round += 1) {
    const began = performance.now();
    found = checkPlan(plan, now, noVisits).length;
    times.push(performance.now() - began);
  }
  const [, ...warm] = times;
  const more = `${found} findings; the first ${Math.round(times[0] ?? 0)} ms`;
  yield { what: 'the check of a plan with 1,000 visits', value: median(warm), unit: 'ms', pass: 300, aim: 100, more };
}
