/** Example data of an identity request: a visit with a person whose name is held, and the members involved. People and places are invented. */

import type { Agency, Member } from '../../identity/agencies/index.ts';
import {
  addOperation,
  addPartner,
  addPlannedVisit,
  addPremises,
  addTeam,
  letIn,
} from '../../operations/plan/examples.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Role } from '../../vocabulary/people.ts';
import { addPersonMet, addVisit } from '../examples.ts';
import { saveName } from '../store.ts';

type ExampleBuilder = {
  readonly db: Db;
  readonly keys: UnitKeys;
  readonly agency: (kind: Agency['kind'], more?: Partial<Agency>) => Promise<Agency>;
  readonly member: (agency: Agency, roles: readonly Role[], name?: string) => Promise<Member>;
};

export const sealedName = 'Ilinca Petrescu-Moor';

/** An operation that the force leads, with a crime unit and advisers; one person of two met has a name. */
export async function addSealedName({ db, keys, agency, member }: ExampleBuilder) {
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const unit = await agency('regional crime unit', { name: 'Eastern Crime Unit' });
  const advisers = await agency('sexual violence advisers', { name: 'Harbour Advisers' });
  const people = {
    planner: await member(force, ['planner'], 'Ros Planner'),
    commander: await member(force, ['commander'], 'Bo Commander'),
    unitPlanner: await member(unit, ['planner'], 'Una Planner'),
    officer: await member(force, ['field', 'enforcement'], 'Olu Officer'),
    otherTeam: await member(force, ['enforcement'], 'Ted Elsewhere'),
    outside: await member(force, ['planner'], 'Oz Outside'),
    helper: await member(advisers, ['field'], 'Kit Adviser'),
    helpPlanner: await member(advisers, ['planner', 'commander'], 'Hana Planner'),
    custodian: await member(force, ['custodian'], 'Cass Custodian'),
    second: await member(force, ['custodian', 'planner'], 'Sol Second'),
    unitCustodian: await member(unit, ['custodian'], 'Uri Custodian'),
    lead: await member(force, ['data-protection lead'], 'Dee Lead'),
    unitLead: await member(unit, ['data-protection lead'], 'Una Lead'),
    press: await member(force, ['press'], 'Pia Press'),
  };
  const operation = await addOperation(db, force, people.planner);
  for (const partner of [unit, advisers]) await addPartner(db, operation, partner);
  const team = await addTeam(db, operation, { name: 'Blue team' });
  const other = await addTeam(db, operation, { name: 'Green team' });
  const { planner, commander, unitPlanner, helpPlanner, second } = people;
  for (const one of [planner, commander, unitPlanner, helpPlanner, second]) await letIn(db, operation, one);
  for (const one of [people.officer, people.helper]) await letIn(db, operation, one, { team });
  await letIn(db, operation, people.otherTeam, { team: other });
  const premises = await addPremises(db, operation);
  const visit = await addVisit(db, await addPlannedVisit(db, premises, team), people.officer);
  const met = await addPersonMet(db, visit, people.officer);
  const unnamed = await addPersonMet(db, visit, people.officer);
  const recorded = { recordedBy: people.officer.id, recordedAt: visit.arrivedAt };
  await saveName(db, keys, met.id, { name: sealedName, reason: 'A witness', ...recorded });
  return { force, unit, people, operation, visit, met, unnamed };
}
