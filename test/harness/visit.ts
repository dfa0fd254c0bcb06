/** Stages a visit for tests: a team at a door, and the answers that its forms are given. */
import type { TestContext } from 'node:test';
import {
  addOperation,
  addPlannedVisit,
  addPower,
  addPremises,
  addTeam,
  letIn,
} from '../../src/operations/plan/examples.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import type { Role } from '../../src/vocabulary/people.ts';
import { openHouse } from './house.ts';

/** A team of an officer and an adviser, with one visit planned for now under a warrant. */
export async function aTeam(t: TestContext, { time = '10:40' } = {}) {
  const house = await openHouse(t, { today: '2026-09-18', time });
  const { agency, member, db, signIn } = house;
  const force = await agency('police force', { name: 'Leashire Police' });
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const planner = await member(force, ['planner'], 'Pat Planner');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement'], 'Olu Officer');
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  await letIn(db, operation, planner);
  for (const one of [officer, adviser]) await letIn(db, operation, one, { team });
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises);
  const planned = await addPlannedVisit(db, premises, team, { powerId: power.id });
  const on = async (roles: readonly Role[], at = force) => {
    const one = await member(at, roles);
    await letIn(db, operation, one, { team });
    return signIn(one);
  };
  return { ...house, force, advisers, operation, team, planner, officer, adviser, premises, planned, on };
}

/** As the forms of an arrival are filled in, where the team entered by the planned power; other forms take their time and day from it. */
export const arrival = (people: readonly { id: string }[]) => ({
  answer: 'entered',
  answeredBy: '',
  present: '',
  time: '10:30',
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  power: 'planned',
  ground: '',
  attendees: people.map(({ id }) => id),
});
export const person = () => ({
  id: newId(),
  place: 'works there',
  spokenTo: 'spoken to',
  age: 'not known',
  language: 'Romanian',
  interpreter: 'by phone',
});
