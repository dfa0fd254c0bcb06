import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, idIn } from '../../../test/fixtures/begun-visit.ts';
import { type LastYear, lastYear, readCopy } from '../../../test/fixtures/last-year.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addPlannedVisit, addPremises, addWeek, letIn } from '../plan/examples.ts';
import { insertBriefingTime } from '../premises-restriction/store.ts';
import type { Team } from '../weeks/operation.ts';

const all = ['partners', 'people and teams', 'briefing times'];
const answersOf = ({ lantern, next }: LastYear, more: Record<string, unknown> = {}) => ({
  weekId: next.id,
  ...{ codeName: 'Beacon', unit: '', area: '', copyOf: lantern.id, copied: all },
  ...more,
});

const countOf = async ({ db }: LastYear, table: string, operationId: string): Promise<number> =>
  (await db.selectFrom(table).select('operationId').where('operationId', '=', operationId).execute()).length;

test('copies partners, people with duties, teams and briefing times, with the dates moved', async (t) => {
  const world = await lastYear(t);
  const { planner, lantern, people } = world;
  const form = (await planner.get(`/staff/operations/new?week=${world.next.id}&copy=${lantern.id}`)).body;
  assert.match(form, /name="unit"[^>]*value="Lantern unit"/);
  assert.match(form, /name="starts-day"[^>]*value="16"[\s\S]*name="ends-day"[^>]*value="17"/);
  assert.match(form, /<details[^>]* open>[\s\S]*Copy an earlier operation/);
  const made = await planner.post('/staff/operations/new', answersOf(world));
  assert.equal(made.statusCode, 303);
  const id = idIn(made.headers.location);
  const { operation, partners, people: inside, teams, members, times } = await readCopy(world, id);
  assert.deepEqual(
    [operation.startsOn, operation.endsOn, operation.unit, operation.copiedFrom],
    ['2026-09-16', '2026-09-17', 'Lantern unit', lantern.id],
  );
  assert.deepEqual(partners, [
    { printedName: 'Lantern unit', leads: true, ownUnit: true, resources: [{ what: 'officers', count: 4 }] },
    { printedName: 'Border East', leads: false, ownUnit: false, resources: [{ what: 'officers', count: 4 }] },
    { printedName: 'Brook Nurses', leads: false, ownUnit: false, resources: [{ what: 'nurses', count: 2 }] },
  ]);
  assert.deepEqual(inside, [
    { name: 'Asha Planner', duty: 'plans', printedName: 'Lantern unit' },
    { name: 'Dee Officer', duty: 'enters', printedName: 'Lantern unit' },
    { name: 'Kit Nurse', duty: 'gives medical care', printedName: 'Brook Nurses' },
  ]);
  assert.deepEqual(
    teams.map(({ name, leadId }) => [name, leadId]),
    [['Blue team', people.officer.id]],
  );
  assert.deepEqual(new Set(members.map(({ memberId }) => memberId)), new Set([people.officer.id, people.nurse.id]));
  assert.deepEqual(times, [{ teamId: teams[0]?.id, day: '2026-09-14', time: '10:00', place: 'HQ' }]);
});

test('never copies premises, powers, visits or decisions', async (t) => {
  const world = await lastYear(t);
  const made = await world.planner.post('/staff/operations/new', answersOf(world));
  const id = idIn(made.headers.location);
  for (const table of ['premises', 'powers', 'plannedVisits', 'policyLog', 'briefings'])
    assert.equal(await countOf(world, table, id), 0, table);
  assert.equal(await countOf(world, 'premises', world.lantern.id), 1);
});

test('names who has no account any more, and the team does not see premises before its briefing', async (t) => {
  const world = await lastYear(t);
  const { planner, people, signIn, db } = world;
  const made = await planner.post('/staff/operations/new', answersOf(world));
  const id = idIn(made.headers.location);
  assert.equal(made.headers.location, `/staff/operations/${id}/people`);
  const page = (await planner.get(String(made.headers.location))).body;
  assert.match(page, /Took part in Lantern and no longer has an account: [^<]*Gone Officer\./);
  const team = (await readCopy(world, id)).teams[0];
  const operation = { id: id as typeof world.lantern.id };
  const premises = await addPremises(db, operation, { name: 'New Door' });
  await addPlannedVisit(db, premises, { id: team?.id as Team['id'] }, { day: '2026-09-16' });
  const officer = await signIn(people.officer);
  assert.doesNotMatch((await officer.get(`/staff/operations/${id}`)).body, /New Door/);
  assert.equal((await officer.get(`/staff/premises/${premises.id}`)).statusCode, 404);
});

test('copies only what is ticked', async (t) => {
  const world = await lastYear(t);
  const made = await world.planner.post('/staff/operations/new', answersOf(world, { copied: 'partners' }));
  const { partners, people, teams, times } = await readCopy(world, idIn(made.headers.location));
  assert.deepEqual([partners.length, people.length, teams.length, times.length], [3, 1, 0, 0]);
  const alone = await world.planner.post('/staff/operations/new', answersOf(world, { copied: 'people and teams' }));
  assert.equal(alone.statusCode, 422);
  assert.match(alone.body, /Select “Partners” too/);
  const none = await world.planner.post('/staff/operations/new', answersOf(world, { copied: [] }));
  assert.match(none.body, /Select what to copy/);
  const without = await world.planner.post('/staff/operations/new', answersOf(world, { copyOf: '' }));
  assert.match(without.body, /Enter the unit that leads it[\s\S]*Enter the area/);
});

test('days that were typed stay, and a plan that does not fit into the new week gets its days', async (t) => {
  const world = await lastYear(t);
  const { planner, db, force } = world;
  const typed = answersOf(world, { ...day('starts', '2026-09-18'), ...day('ends', '2026-09-19') });
  const made = await readCopy(world, idIn((await planner.post('/staff/operations/new', typed)).headers.location));
  assert.deepEqual([made.operation.startsOn, made.operation.endsOn], ['2026-09-18', '2026-09-19']);
  const short = await addWeek(db, force, { startsOn: '2026-10-05', endsOn: '2026-10-06', name: 'Two days' });
  const fitted = answersOf(world, { weekId: short.id });
  const { operation } = await readCopy(
    world,
    idIn((await planner.post('/staff/operations/new', fitted)).headers.location),
  );
  assert.deepEqual([operation.startsOn, operation.endsOn], ['2026-10-05', '2026-10-06']);
});

test('a planner of a partner copies what they took part in, and nobody copies what they may not read', async (t) => {
  const world = await lastYear(t);
  const { db, nurses, lantern, member, signIn } = world;
  const theirs = await member(nurses, ['planner'], 'Nell Nurse');
  const nell = await signIn(theirs);
  const address = `/staff/operations/new?copy=${lantern.id}`;
  assert.equal((await nell.get(address)).statusCode, 404);
  assert.doesNotMatch((await nell.get('/staff/operations/new')).body, /Lantern/);
  assert.equal((await nell.post('/staff/operations/new', answersOf(world))).statusCode, 404);
  await letIn(db, lantern, theirs);
  const again = await signIn(theirs);
  assert.match((await again.get(`/staff/operations/${lantern.id}`)).body, /new\?copy=/);
  const made = await again.post('/staff/operations/new', answersOf(world, { unit: 'Nurse unit' }));
  assert.equal(made.statusCode, 303);
  const { partners, people } = await readCopy(world, idIn(made.headers.location));
  assert.deepEqual(
    partners.map(({ printedName, leads, ownUnit }) => [printedName, leads, ownUnit]),
    [
      ['Nurse unit', true, true],
      ['Border East', false, false],
      ['Brook Nurses', false, true],
      ['Lantern unit', false, false],
    ],
  );
  assert.deepEqual(
    people.map(({ name }) => name),
    ['Asha Planner', 'Dee Officer', 'Kit Nurse', 'Nell Nurse'],
  );
});

test('a button that is pressed twice makes one operation', async (t) => {
  const world = await lastYear(t);
  const { planner, db } = world;
  const form = (await planner.get('/staff/operations/new')).body;
  const id = /name="id" value="([^"]+)"/.exec(form)?.[1];
  const pressed = await Promise.all([1, 2].map(() => planner.post('/staff/operations/new', answersOf(world, { id }))));
  assert.deepEqual(
    pressed.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.equal((await db.selectFrom('operations').select('id').where('codeName', '=', 'Beacon').execute()).length, 1);
  assert.equal((await readCopy(world, String(id))).people.length, 3);
});

for (const [now, own, all] of [
  ['2026-09-15T08:00:00Z', '2026-09-15', '2026-09-15'],
  ['2026-09-15T09:30:00Z', '2026-09-16', '2026-09-15'],
  ['2026-09-16T16:00:00Z', '2026-09-17', '2026-09-17'],
] as const)
  test(`copied at ${now}, a time that would be over keeps hour and room on the next day, and no team sees premises at once`, async (t) => {
    const world = await lastYear(t);
    const { db, lantern, people } = world;
    const set = { setBy: people.asha.id, setAt: new Date('2025-09-01T10:00:00Z'), reason: 'For all' };
    const evening = { day: '2025-09-15', time: '16:30', opensAt: new Date('2025-09-15T15:30:00Z') };
    await insertBriefingTime(db, {
      id: newId(),
      operationId: lantern.id,
      teamId: null,
      place: 'Room 2',
      ...evening,
      ...set,
    });
    world.clock.move(new Date(now));
    const planner = await world.signIn(people.asha);
    const made = await planner.post('/staff/operations/new', answersOf(world));
    const { times, teams } = await readCopy(world, idIn(made.headers.location));
    assert.deepEqual(
      times.toSorted((one, other) => one.time.localeCompare(other.time)),
      [
        { teamId: teams[0]?.id, day: own, time: '10:00', place: 'HQ' },
        { teamId: null, day: all, time: '16:30', place: 'Room 2' },
      ],
    );
    const premises = await addPremises(db, { id: idIn(made.headers.location) as typeof lantern.id });
    await addPlannedVisit(db, premises, { id: teams[0]?.id as Team['id'] }, { day: '2026-09-17' });
    assert.doesNotMatch(
      (await planner.get(String(made.headers.location).replace('/people', ''))).body,
      /Nobody has set a briefing time/,
    );
  });

test('a briefing time after the last day of the copy is left out', async (t) => {
  const world = await lastYear(t);
  world.clock.move(new Date('2026-09-17T18:00:00Z'));
  const planner = await world.signIn(world.people.asha);
  const made = await planner.post('/staff/operations/new', answersOf(world));
  assert.equal((await readCopy(world, idIn(made.headers.location))).times.length, 0);
});

test('a plan with many people is copied with as many queries as a small one', async (t) => {
  const world = await lastYear(t);
  const { db, force, member, lantern, planner, countQueries } = world;
  const address = `/staff/operations/new?copy=${lantern.id}`;
  const costs = async () => {
    const found: number[] = [];
    for (const act of [() => planner.get(address), () => planner.post('/staff/operations/new', answersOf(world))]) {
      countQueries();
      const { headers } = await act();
      found.push(countQueries());
      if (!headers.location) continue;
      await planner.get(String(headers.location));
      found.push(countQueries());
    }
    return found;
  };
  await costs();
  const few = await costs();
  for (let number = 1; number <= 20; number += 1)
    await letIn(db, lantern, await member(force, ['field'], `Officer ${number}`), { team: world.team });
  assert.deepEqual(await costs(), few);
});
