import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aTeam } from '../../test/fixtures/visit.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam } from '../operations/plan/examples.ts';
import { addVisit } from './examples.ts';
import { listCurrentVisits, readPageOfVisits } from './visit-list-store.ts';

const today = '2026-09-18';
const towns = ['Watford', 'Élstow', 'Hertford'];
const days = ['2026-09-16', '2026-09-17', today, '2026-09-19'];
const stages = ['planned', 'postponed', 'called off', 'under way', 'finished'] as const;

/** Two of each stage on each day, in turn in each town, added out of order. */
async function addAll(t: TestContext) {
  const world = await aTeam(t);
  const { db, officer, operation, planned } = world;
  await db.deleteFrom('plannedVisits').where('id', '=', planned.id).execute();
  const team = await addTeam(db, operation, { name: 'Other team' });
  const rows: { id: string; day: string; starts: string; town: string; stage: string }[] = [];
  for (let number = 0; number < 40; number += 1) {
    const mixed = (number * 7) % 40;
    const [day, stage, town] = [days[mixed % 4], stages[mixed % 5], towns[mixed % 3]] as [string, string, string];
    const starts = `${String(8 + (mixed % 9)).padStart(2, '0')}:30`;
    const ended = new Date(`${day}T22:00:00Z`);
    const state = stage === 'postponed' || stage === 'called off' ? stage : 'planned';
    const premises = await addPremises(db, operation, { town, name: `Place ${mixed}` });
    const visit = await addPlannedVisit(db, premises, team, {
      ...{ day, starts, state },
      ...(state !== 'planned' && { reason: 'The dates moved' }),
    });
    if (stage === 'under way' || stage === 'finished')
      await addVisit(db, visit, officer, stage === 'finished' ? { leftAt: ended, finishedAt: ended } : {});
    rows.push({ id: visit.id, day, starts, town, stage });
  }
  return { ...world, rows, plans: { operations: [operation.id], teams: [], glassOperation: null } };
}

/** By other means than the database’s: today, then later, then earlier with the latest first; of today the open ones first. */
function inOrder(rows: Awaited<ReturnType<typeof addAll>>['rows']): string[] {
  const open = (stage: string) => stage === 'planned' || stage === 'under way';
  const part = (test: (row: (typeof rows)[number]) => boolean, back = false) =>
    rows.filter(test).toSorted((one, other) => {
      const [a, b] = [`${one.day} ${one.starts}`, `${other.day} ${other.starts}`];
      return (a < b ? -1 : a > b ? 1 : 0) * (back ? -1 : 1) || (one.id < other.id ? -1 : 1);
    });
  return [
    ...part(({ day, stage }) => day === today && open(stage)),
    ...part(({ day, stage }) => day === today && !open(stage)),
    ...part(({ day }) => day > today),
    ...part(({ day }) => day < today, true),
  ].map(({ id }) => id);
}

test('each page of the list has the visits that fit, in their order, whatever is asked', async (t) => {
  const { db, rows, plans } = await addAll(t);
  const fitting: Record<string, readonly string[]> = {
    all: stages,
    'to do': ['planned', 'under way'],
    finished: ['finished'],
    'not made': ['postponed', 'called off'],
  };
  for (const state of Object.keys(fitting))
    for (const town of ['', ...towns, 'Nowhere'])
      for (const day of ['', 'today']) {
        const expected = inOrder(
          rows.filter(
            (row) =>
              fitting[state]?.includes(row.stage) && (town === '' || row.town === town) && (!day || row.day === today),
          ),
        );
        for (const page of [1, 2, 3]) {
          const found = await readPageOfVisits(db, plans, { state, town, day, page }, today);
          const asked = JSON.stringify({ state, town, day, page });
          assert.deepEqual(
            found.visits.map(({ id }) => id),
            expected.slice(20 * (page - 1), 20 * page),
            asked,
          );
          assert.equal(found.total, expected.length, asked);
          assert.equal(found.any, true);
          assert.deepEqual(found.towns, ['Élstow', 'Hertford', 'Watford']);
          for (const { id, stage } of found.visits)
            assert.equal(stage, rows.find((row) => row.id === id)?.stage, asked);
        }
      }
});

test('what is under way and what is still to come is current, whatever the day it began', async (t) => {
  const { db, rows, plans } = await addAll(t);
  const current = await listCurrentVisits(db, plans, today);
  assert.deepEqual(
    current.map(({ id }) => id).toSorted(),
    rows
      .filter(({ day, stage }) => day >= today || stage === 'under way')
      .map(({ id }) => id)
      .toSorted(),
  );
  for (const { id, stage } of current) assert.equal(stage, rows.find((row) => row.id === id)?.stage);
});

test('visits are sought in own operations, in the one under emergency access, and of own teams', async (t) => {
  const { db, operation, team, planned } = await aTeam(t);
  const none = { operations: [], teams: [], glassOperation: null };
  for (const [plans, found] of [
    [{ ...none, operations: [operation.id] }, [planned.id]],
    [{ ...none, glassOperation: operation.id }, [planned.id]],
    [{ ...none, teams: [team.id] }, [planned.id]],
    [none, []],
  ] as const) {
    const page = await readPageOfVisits(db, plans, { state: '', town: '', day: '', page: 1 }, today);
    const current = await listCurrentVisits(db, plans, today);
    for (const visits of [page.visits, current])
      assert.deepEqual(
        visits.map(({ id }) => id),
        found,
        JSON.stringify(plans),
      );
  }
});

test('a member finds the visits of their own team alone, and no town of others', async (t) => {
  const { db, force, planner, signIn, officer } = await aTeam(t);
  const other = await addOperation(db, force, planner);
  const premises = await addPremises(db, other, { town: 'Ware', name: 'Red Door' });
  await addPlannedVisit(db, premises, await addTeam(db, other), { day: today });
  const list = await (await signIn(officer)).get('/staff/visits');
  assert.match(list.body, /Blue Door/);
  assert.doesNotMatch(list.body, /Red Door|Ware</);
});
