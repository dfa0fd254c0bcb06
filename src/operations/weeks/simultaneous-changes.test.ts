import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { findFormBase } from '../../../test/harness/edit.ts';
import { addOperation, addPartner, addTeam, letIn } from '../plan/examples.ts';

const date = (name: string, day: number) => ({
  [`${name}-day`]: String(day),
  [`${name}-month`]: '9',
  [`${name}-year`]: '2026',
});
const dates = { ...date('starts', 14), ...date('ends', 20) };

/** Two planners of one force, with an operation, a partner and a team before them. */
async function twoPlanners(t: TestContext) {
  const application = await openApplication(t);
  const { db, agency, member, signIn } = application;
  const force = await agency();
  const [ada, bea] = [await member(force, ['planner'], 'Ada Early'), await member(force, ['planner'], 'Bea Late')];
  const operation = await addOperation(db, force, ada);
  const partner = await addPartner(db, operation, await agency('council', { name: 'The council' }));
  const team = await addTeam(db, operation);
  for (const planner of [ada, bea]) await letIn(db, operation, planner);
  return { ...application, operation, partner, team, ada, bea, early: await signIn(ada), late: await signIn(bea) };
}

test('the second of two planners sees what the first changed, keeps their own text, and chooses to save again', async (t) => {
  const { operation, partner, team, ada, bea, early, late, db } = await twoPlanners(t);
  const week = {
    name: 'A week',
    lead: 'Austria',
    focus: 'labour exploitation',
    ...dates,
    countries: 'Austria',
    note: '',
  };
  const plan = { weekId: operation.weekId, codeName: 'Operation Lantern', unit: 'A unit', area: 'Leashire', ...dates };
  const part = { printedName: 'Council', officialName: 'The county council', 'resources-others': '2' };
  const group = { name: 'Team 1', members: [ada.id], leadId: '' };
  const cases: readonly [string, Record<string, unknown>, Record<string, unknown>, RegExp, string][] = [
    [
      `/staff/weeks/${operation.weekId}/edit`,
      { ...week, lead: 'Latvia', note: 'Told on 1 June' },
      { ...week, lead: 'Malta <2>' },
      /Lead country or agency: Latvia\. Before: [^<]+\.<[\s\S]*Note: Told on 1 June\. Before: not recorded\./,
      'Malta &lt;2&gt;',
    ],
    [
      `/staff/operations/${operation.id}/edit`,
      { ...plan, area: 'Northmark' },
      { ...plan, area: 'Southmark' },
      /Area: Northmark\. Before: /,
      'Southmark',
    ],
    [
      `/staff/operations/${operation.id}/partners/${partner.id}/edit`,
      part,
      { ...part, 'resources-others': '7' },
      /Resources: 2 others\. Before: 4 officers\./,
      '"7"',
    ],
    [
      `/staff/teams/${team.id}/edit`,
      { ...group, leadId: ada.id },
      { ...group, name: 'Team late', members: [bea.id] },
      /Members: Ada Early\. Before: nobody\.[\s\S]*Team leader: Ada Early\. Before: nobody\./,
      'Team late',
    ],
  ];
  for (const [address, first, second, changed, typed] of cases) {
    const [hers, theirs] = [findFormBase(await early.get(address)), findFormBase(await late.get(address))];
    assert.equal(hers, theirs);
    assert.equal((await early.post(address, { ...first, base: hers })).statusCode, 303, address);
    const refused = await late.post(address, { ...second, base: theirs });
    assert.equal(refused.statusCode, 422, address);
    assert.match(refused.body, /Somebody else changed this while you were writing/);
    assert.match(refused.body, changed, address);
    assert.ok(refused.body.includes(typed), `${address} keeps what was typed`);
    assert.equal((await late.post(address, { ...second, base: findFormBase(refused) })).statusCode, 303, 'by choice');
    assert.equal((await late.post(address, { ...second, base: theirs })).statusCode, 422, 'and not by the same form');
    assert.equal((await late.post(address, second)).statusCode, 422, 'nor by one that says nothing');
  }
  const { lead } = await db.selectFrom('weeks').select('lead').executeTakeFirstOrThrow();
  assert.equal(lead, 'Malta <2>');
});

test('a form with other errors keeps the version it was opened on, so that correcting it overwrites nothing', async (t) => {
  const { operation, early, late } = await twoPlanners(t);
  const address = `/staff/operations/${operation.id}/edit`;
  const plan = { weekId: operation.weekId, codeName: 'Operation Lantern', unit: 'A unit', area: 'Leashire', ...dates };
  const opened = findFormBase(await late.get(address));
  await early.post(address, { ...plan, area: 'Northmark', base: opened });
  const wrong = await late.post(address, { ...plan, codeName: '', base: opened });
  assert.match(wrong.body, /Enter the code name/);
  assert.equal(findFormBase(wrong), opened);
  assert.match((await late.post(address, { ...plan, base: findFormBase(wrong) })).body, /Area: Northmark/);
});

test('of two saves in the same moment one succeeds and the other gets a warning', async (t) => {
  const { operation, early, late } = await twoPlanners(t);
  const address = `/staff/operations/${operation.id}/edit`;
  const plan = { weekId: operation.weekId, codeName: 'Operation Lantern', unit: 'A unit', ...dates };
  const base = findFormBase(await early.get(address));
  const both = await Promise.all([
    early.post(address, { ...plan, area: 'Northmark', base }),
    late.post(address, { ...plan, area: 'Southmark', base }),
  ]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  const [told] = both.filter(({ statusCode }) => statusCode === 422);
  assert.match(told?.body ?? '', /Area: (North|South)mark\. Before: /);
});
