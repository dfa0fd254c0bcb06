/** For tests of this room: a person whom an adviser met and wrote a note of, a council and nurses who may be asked to help, and others who stand near. */
import type { TestContext } from 'node:test';
import type { Member } from '../../../../src/identity/agencies/index.ts';
import {
  addOperation,
  addPlannedVisit,
  addPremises,
  addTeam,
  letIn as letInto,
} from '../../../../src/operations/plan/examples.ts';
import { addNote } from '../../../../src/safeguarding/referrals/examples.ts';
import { addMet, addVisit } from '../../../../src/visits/examples.ts';
import { openHouse, type TestHouse } from '../../house.ts';

export const aHelpedPerson = async (t: TestContext) =>
  helpedIn(await openHouse(t, { today: '2026-09-18', time: '10:47' }));

export async function helpedIn(house: TestHouse) {
  const { agency, member, db, safeguardingDb, keys, clock } = house;
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const council = await agency('council', { name: 'Lea Council' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  const other = await member(advisers, ['field'], 'Otto Other');
  for (const one of [adviser, other]) await letInto(db, operation, one, { team });
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  const letIn = (who: Member) => letInto(db, operation, who, { team });
  await letInto(db, operation, lead);
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const met = await addMet(db, visit, adviser);
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, metAt, adviser, { wants: 'a quiet room' });
  return {
    ...house,
    force,
    advisers,
    council,
    nurses,
    operation,
    team,
    adviser,
    other,
    lead,
    letIn,
    caseworker,
    nurse,
    visit,
    metAt,
    note,
  };
}
