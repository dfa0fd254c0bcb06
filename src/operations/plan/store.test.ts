import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { openSession, resolveActor } from '../../identity/agencies/index.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { beginReading } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import { getOperationFacts } from '../weeks/store.ts';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, addWeek, letIn } from './examples.ts';
import { getPlannedVisit, listPlannedVisits, lookUpPremises } from './store.ts';

const as = async (application: TestApplication, role: DatabaseRole, memberId: string) => {
  const token = await openSession(application.db, memberId, application.clock.now(), {
    method: 'password',
    sharedWorkstation: false,
  });
  const tx = await beginReading(application.databases.for('main', role));
  await resolveActor(tx, token, application.clock.now());
  return tx;
};

test('a team member reads their own visit with its place and power, and no other team’s', async (t) => {
  const application = await openApplication(t);
  const { db, agency, member } = application;
  const force = await agency();
  const [planner, officer] = [await member(force, ['planner']), await member(force, ['enforcement'])];
  const operation = await addOperation(db, force, planner);
  const [ours, theirs] = [await addTeam(db, operation), await addTeam(db, operation, { name: 'Team 2' })];
  await letIn(db, operation, officer, { team: ours });
  const premises = await addPremises(db, operation, { languages: ['Romanian'], interpreter: 'By phone' });
  const power = await addPower(db, premises);
  const visit = await addPlannedVisit(db, premises, ours, { powerId: power.id });
  await addPlannedVisit(db, await addPremises(db, operation, { name: 'Hidden' }), theirs);

  const tx = await as(application, 'staff', officer.id);
  const found = await getPlannedVisit(tx, visit.id);
  const all = await listPlannedVisits(tx, { operationIds: [operation.id] });
  await tx.commit().execute();

  assert.equal(found.premises.name, 'Blue Door');
  assert.deepEqual(found.premises.languages, ['Romanian']);
  assert.equal(found.basis, 'pace-s8');
  assert.deepEqual(
    all.map(({ id }) => id),
    [visit.id],
  );
});

test('what surrounds the figures is read under the statistics role, the leading unit named once', async (t) => {
  const application = await openApplication(t);
  const { db, agency, member } = application;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const nurses = await agency('health', { name: 'Lea Vale nurses' });
  const analyst = await member(force, ['analyst']);
  const parent = await addWeek(db, force, { name: 'Europe together', countries: ['A', 'B', 'C'] });
  const week = await addWeek(db, force, { parentId: parent.id, countries: ['B'] });
  const operation = await addOperation(db, force, analyst, { week });
  await letIn(db, operation, await member(nurses, ['field']));

  const tx = await as(application, 'statistics', analyst.id);
  const facts = await getOperationFacts(tx, operation.id);
  await tx.commit().execute();

  assert.deepEqual(facts, {
    weekName: 'Operation Wayfarer',
    weekFocus: ['sexual exploitation'],
    officialDates: ['2026-09-14', '2026-09-20'],
    localDates: ['2026-09-14', '2026-09-20'],
    area: 'Leashire',
    leadAgency: 'Lea Vale Constabulary',
    codeName: 'Operation Lantern',
    unit: 'Lantern unit',
    ownUnits: [],
    partners: ['Lea Vale nurses'],
    participatingCountries: 3,
    parentWeekName: 'Europe together',
  });
});

test('premises are seen in full, limited to what is counted, or not at all, as if they did not exist', async (t) => {
  const application = await openApplication(t);
  const { db, agency, member } = application;
  const force = await agency();
  const [planner, analyst] = [await member(force, ['planner']), await member(force, ['analyst'])];
  const operation = await addOperation(db, force, planner);
  await letIn(db, operation, planner);
  const premises = await addPremises(db, operation);
  const { id, operationId, business, town } = premises;
  const sights = async (role: DatabaseRole, memberId: string, purpose: 'operation' | 'statistics', place: string) => {
    const tx = await as(application, role, memberId);
    const seen = await lookUpPremises(tx, place, purpose);
    await tx.commit().execute();
    return seen;
  };
  assert.deepEqual(await sights('staff', planner.id, 'operation', id), { sight: 'full', record: premises });
  const counted = { sight: 'restricted', record: { id, operationId, business, town } };
  assert.deepEqual(await sights('statistics', analyst.id, 'statistics', id), counted);
  assert.deepEqual(await sights('staff', analyst.id, 'operation', id), { sight: 'nothing' });
  assert.deepEqual(await sights('staff', planner.id, 'operation', newId()), { sight: 'nothing' });
});
