import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, idIn } from '../../../test/fixtures/begun-visit.ts';
import { type LastYear, lastYear, readCopy } from '../../../test/fixtures/last-year.ts';
import { addOperation, addWeek } from '../plan/examples.ts';

/** A European week of last year with the local week that Lantern belongs to. */
async function europeanWeek(t: Parameters<typeof lastYear>[0]) {
  const world = await lastYear(t);
  const { db, force } = world;
  const parent = await addWeek(db, force, { startsOn: '2025-09-08', endsOn: '2025-09-21', name: 'European week' });
  await db.updateTable('weeks').set({ parentId: parent.id }).where('id', '=', world.week.id).execute();
  const form = `/staff/weeks/${parent.id}/copy`;
  return { ...world, parent, form };
}
const answersOf = ({ week, lantern }: LastYear, more: Record<string, unknown> = {}) => ({
  ...{ name: 'European week 2026', ...day('starts', '2026-09-07'), inside: week.id },
  ...{ [`codeName-${lantern.id}`]: 'Beacon', copied: ['partners', 'people and teams'] },
  ...more,
});
const listCopies = ({ db, week }: LastYear) =>
  db
    .selectFrom('weeks')
    .select(['id', 'name', 'startsOn', 'endsOn', 'parentId', 'lead', 'note'])
    .where('startsOn', '>=', '2026-09-01')
    .where('id', '!=', week.id)
    .orderBy('startsOn')
    .execute();

test('a week is copied with its local weeks, its operations and their partners and people', async (t) => {
  const world = await europeanWeek(t);
  const { planner, form, lantern, parent } = world;
  assert.match((await planner.get(`/staff/weeks/${parent.id}`)).body, /Copy this week/);
  const { body } = await planner.get(form);
  assert.match(body, /value="[^"]+" checked[\s\S]*Wayfarer 2025[\s\S]*New code name for the copy of Lantern/);
  const made = await planner.post(form, answersOf(world));
  assert.equal(made.statusCode, 303);
  const id = idIn(made.headers.location);
  assert.equal(made.headers.location, `/staff/operations/${id}/people`, 'somebody was left out');
  const [whole, local] = (await listCopies(world)).filter(({ name }) => name !== 'Wayfarer 2026');
  assert.deepEqual([whole?.name, whole?.startsOn, whole?.endsOn], ['European week 2026', '2026-09-07', '2026-09-20']);
  assert.deepEqual([local?.name, local?.startsOn, local?.endsOn], ['Wayfarer 2025', '2026-09-14', '2026-09-20']);
  assert.equal(local?.parentId, whole?.id);
  const { operation, people, teams } = await readCopy(world, id);
  assert.deepEqual(
    [operation.codeName, operation.weekId, operation.startsOn, operation.endsOn, operation.copiedFrom],
    ['Beacon', local?.id, '2026-09-16', '2026-09-17', lantern.id],
  );
  assert.deepEqual([people.length, teams.length], [3, 1]);
});

test('an operation without a new code name is left out', async (t) => {
  const world = await europeanWeek(t);
  const { planner, form, lantern, db } = world;
  const made = await planner.post(form, answersOf(world, { [`codeName-${lantern.id}`]: ' ' }));
  assert.match(String(made.headers.location), /^\/staff\/weeks\//);
  assert.equal((await db.selectFrom('operations').select('id').execute()).length, 1);
});

test('refuses wrong dates, a local week that is left out, and people without partners', async (t) => {
  const world = await europeanWeek(t);
  const { planner, form, lantern } = world;
  for (const [more, says] of [
    [day('starts', ''), /Enter the first day/],
    [day('ends', '2026-09-01'), /The last day must be the first day or after it/],
    [day('ends', '2026-12-01'), /at most 31 days/],
    [{ inside: [] }, /Select “Wayfarer 2025” above too: Lantern belongs to it/],
    [{ copied: 'people and teams' }, /Select “Partners” too/],
    [{ [`codeName-${lantern.id}`]: 'x'.repeat(121) }, /Use 120 characters or fewer/],
  ] as const) {
    const refused = await planner.post(form, answersOf(world, more));
    assert.equal(refused.statusCode, 422, String(says));
    assert.match(refused.body, says);
  }
});

test('a button that is pressed twice makes one week and one operation', async (t) => {
  const world = await europeanWeek(t);
  const { planner, form, db } = world;
  const id = /name="id" value="([^"]+)"/.exec((await planner.get(form)).body)?.[1];
  const pressed = await Promise.all([1, 2].map(() => planner.post(form, answersOf(world, { id }))));
  assert.deepEqual(
    pressed.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.equal((await db.selectFrom('operations').select('id').execute()).length, 2);
  for (const { headers } of pressed) assert.equal((await planner.get(String(headers.location))).statusCode, 200);
});

test('operations of other agencies are not offered or copied', async (t) => {
  const world = await europeanWeek(t);
  const { db, agency, member, form, planner, week, signIn } = world;
  const other = await agency('police force', { name: 'Another force' });
  const theirs = await addOperation(db, other, await member(other, ['planner']), { week, codeName: 'Hidden Heron' });
  assert.doesNotMatch((await planner.get(form)).body, /Hidden Heron/);
  const refused = await planner.post(form, answersOf(world, { [`codeName-${theirs.id}`]: 'Stolen' }));
  assert.equal(refused.statusCode, 422);
  const coordinator = await signIn(await member(world.force, ['coordinator']));
  assert.doesNotMatch((await coordinator.get(form)).body, /Lantern/);
  assert.equal((await (await signIn(world.people.officer)).get(form)).statusCode, 403);
});

test('a week with many operations is copied with as many queries', async (t) => {
  const world = await europeanWeek(t);
  const { db, force, people, planner, form, week, countQueries } = world;
  const cost = async () => {
    countQueries();
    await planner.get(form);
    return countQueries();
  };
  await cost();
  const few = await cost();
  for (let number = 1; number <= 20; number += 1)
    await addOperation(db, force, people.asha, { week, codeName: `Lamp ${number}` });
  assert.equal(await cost(), few);
});
