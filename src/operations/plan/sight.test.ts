import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { begun, shown } from '../../../test/fixtures/begun-visit.ts';
import { newId } from '../../vocabulary/ids.ts';
import {
  addDecision,
  addOperation,
  addPartner,
  addPlannedVisit,
  addPower,
  addPremises,
  addTeam,
  letIn,
} from './examples.ts';

test('who sees what of a plan, role by role', async (t) => {
  const application = await begun(t);
  const { db, operation, force, agency, member, signIn, of, clock } = application;
  clock.move(new Date('2026-09-15T09:00:00Z'));
  const [ours, theirs] = [await addTeam(db, operation), await addTeam(db, operation, { name: 'Team 2' })];
  const blue = await addPremises(db, operation, { name: 'Blue Door', risks: 'A dog' });
  const red = await addPremises(db, operation, { name: 'Red Door' });
  await addPlannedVisit(db, blue, ours);
  await addPlannedVisit(db, red, theirs);
  await addDecision(db, operation, { words: 'Kept in the log' });
  const help = await agency('health', { name: 'Nurses' });
  await addPartner(db, operation, help);
  const person = async (
    roles: Parameters<typeof member>[1],
    at = force,
    more: Parameters<typeof letIn>[3] | false = {},
  ) => {
    const made = await member(at, roles, `Some ${roles.join(' ')}`);
    if (more) await letIn(db, operation, made, more);
    return signIn(made);
  };
  const page = {
    plan: of,
    place: `/staff/premises/${blue.id}`,
    other: `/staff/premises/${red.id}`,
    log: `${of}/decisions`,
    go: `${of}/proceed`,
    add: `${of}/premises/new`,
    premises: `${of}/premises`,
    schedule: `${of}/schedule`,
    people: `${of}/people`,
    briefings: `${of}/briefings`,
    board: `${of}/board`,
  };
  const sees = { blue: /Blue Door/, red: /Red Door/, advice: /Checks of this plan/, log: /Kept in the log/ };
  // The statuses stand in the order of the pages.
  const cases: readonly (readonly [string, Visitor, readonly number[], readonly (keyof typeof sees)[]])[] = [
    [
      'planner by name',
      await signIn(application.lead),
      [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
      ['blue', 'red', 'advice', 'log'],
    ],
    [
      'commander by name',
      await person(['commander']),
      [200, 200, 200, 200, 200, 403, 200, 200, 200, 200, 200],
      ['blue', 'red', 'advice', 'log'],
    ],
    [
      'planner of a partner, by name',
      await person(['planner'], help),
      [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
      ['blue', 'red', 'advice', 'log'],
    ],
    [
      'planner of the lead, not by name',
      await person(['planner'], force, false),
      [200, 404, 404, 404, 404, 404, 404, 404, 200, 200, 404],
      [],
    ],
    [
      'field member of a team',
      await person(['field'], help, { team: ours }),
      [200, 403, 404, 403, 403, 403, 404, 200, 200, 200, 403],
      ['blue'],
    ],
    ['officer on no team', await person(['enforcement']), [200, 404, 404, 403, 403, 403, 404, 200, 200, 200, 403], []],
    [
      'nurse of a partner, not by name',
      await person(['field'], help, false),
      [200, 404, 404, 403, 403, 403, 404, 404, 200, 200, 403],
      [],
    ],
    ['analyst', await person(['analyst'], force, false), [404, 403, 403, 403, 403, 403, 403, 404, 404, 404, 403], []],
    ['press', await person(['press'], help, false), [404, 403, 403, 403, 403, 403, 403, 404, 404, 404, 403], []],
    [
      'administrator',
      await person(['administrator'], force, false),
      [403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
      [],
    ],
    [
      'planner of another agency',
      await signIn(await member(await agency('police force', { name: 'Elsewhere' }), ['planner'])),
      [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
      [],
    ],
  ];
  for (const [who, visitor, statuses, seen] of cases) {
    for (const [index, address] of Object.values(page).entries())
      assert.equal((await visitor.get(address)).statusCode, statuses[index], `${who}: ${address}`);
    const parts = ['', '/premises', '/schedule', '/decisions'].map((part) => visitor.get(of + part));
    const body = (await Promise.all(parts)).map((answer) => (answer.statusCode === 200 ? answer.body : '')).join();
    const shown = Object.entries(sees).flatMap(([name, pattern]) => (pattern.test(body) ? [name] : []));
    assert.deepEqual(shown, seen, `${who} sees`);
  }
});

test('a team sees its targets from its briefing until its records are finished, and no minute longer', async (t) => {
  const { db, operation, force, member, signIn, of, clock } = await begun(t);
  const team = await addTeam(db, operation);
  await addPlannedVisit(db, await addPremises(db, operation), team);
  const officer = await member(force, ['enforcement']);
  await letIn(db, operation, officer, { team });
  for (const [now, sees] of [
    ['2026-09-13T14:59:00Z', false],
    ['2026-09-13T15:00:00Z', true],
    ['2026-10-04T22:59:00Z', true],
    ['2026-10-04T23:01:00Z', false],
  ] as const) {
    clock.move(new Date(now));
    const { body } = await (await signIn(officer)).get(of);
    assert.equal(/Blue Door/.test(body), sees, now);
  }
});

test('gives the same answer for another agency’s place, a missing place and a place of another operation', async (t) => {
  const { db, planner, operation, agency, member } = await begun(t);
  const elsewhere = await agency('police force', { name: 'Elsewhere' });
  const other = await addOperation(db, elsewhere, await member(elsewhere, ['planner']));
  const hidden = await addPremises(db, other);
  const hiddenPower = await addPower(db, hidden);
  const hiddenVisit = await addPlannedVisit(db, hidden, await addTeam(db, other));
  const mine = await addPremises(db, operation);
  const pairs: readonly (readonly [string, string])[] = [
    [`/staff/premises/${hidden.id}`, `/staff/premises/${newId()}`],
    [`/staff/premises/${hidden.id}/edit`, `/staff/premises/${newId()}/edit`],
    [`/staff/premises/${mine.id}/powers/${hiddenPower.id}`, `/staff/premises/${mine.id}/powers/${newId()}`],
    [`/staff/premises/${mine.id}/visits/${hiddenVisit.id}/move`, `/staff/premises/${mine.id}/visits/${newId()}/move`],
    [`/staff/operations/${other.id}`, `/staff/operations/${newId()}`],
  ];
  for (const [there, nowhere] of pairs) {
    const [one, two] = [await planner.get(there), await planner.get(nowhere)];
    assert.deepEqual([one.statusCode, two.statusCode], [404, 404], there);
    assert.equal(shown(one), shown(two), there);
  }
  for (const address of [`/staff/premises/${hidden.id}/visits/new`, `/staff/premises/${hidden.id}/powers/new`])
    assert.equal((await planner.post(address, {})).statusCode, 404);
});
