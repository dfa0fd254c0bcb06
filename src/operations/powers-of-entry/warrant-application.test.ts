import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { textOfPdf } from '../../../test/fixtures/pdf.ts';
import type { StaffPaper } from '../../platform/paper/staff-paper.ts';
import { addOperation, addPartner, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { findPower } from './load.ts';
import { warrantApplication } from './warrant-application.ts';

test('the text of an application says what the plan holds, and leaves the rest to complete by hand', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t, { today: '2026-09-15' });
  const force = await agency('police force', { name: 'Leashire Police' });
  const planner = await member(force, ['planner'], 'Asha Planner');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  await letIn(db, operation, planner);
  const premises = await addPremises(db, operation, { name: 'Blue Door', reason: 'Two women never leave' });
  const hidden = await addPremises(db, operation, { name: 'Far House' });
  const power = await addPower(db, premises, { purposes: ['search for evidence'] });
  const consent = await addPower(db, premises, { basis: 'consent' });
  await addPlannedVisit(db, premises, team, { powerId: power.id });
  await addPlannedVisit(db, hidden, team);
  const at = await signIn(planner);
  const of = `/staff/warrant-applications/${power.id}`;
  const { body } = await at.get(of);
  for (const words of [
    /Section 15 application, copy for the file/,
    /Made after the court decided, for the file/,
    /Two women never leave/,
    /Search for evidence/,
    /DC Morgan Vale/,
    /within three months of the day of issue/,
    /Granted: 2 September 2026/,
    /Indictable offence<\/dt><dd[^>]*><span class="sl-hand">To complete by hand/,
    /substantial value to the investigation<\/dt><dd[^>]*><span class="sl-hand">/,
    /Reasons against the application<\/dt><dd[^>]*><span class="sl-hand">/,
    /legislation\.gov\.uk[^>]*>Police and Criminal Evidence Act 1984, sections 8 to 16/,
  ])
    assert.match(body, words);
  assert.doesNotMatch(body, /Far House/);
  assert.match(body, /Some of the law is not verified[\s\S]*href="\/staff\/powers">Guide to powers of entry/);
  assert.doesNotMatch(body, /Terrorism/);
  assert.doesNotMatch(body, /general knowledge|inspector’s written authority|check it before relying/, 'unread law');
  assert.equal((await at.get(`/staff/warrant-applications/${consent.id}`)).statusCode, 404);
  assert.match((await at.get(`/staff/premises/${premises.id}`)).body, new RegExp(`${of}"`));

  await at.post(of, {});
  const text = (await textOfPdf((await at.get(`${of}/pdf`)).rawPayload)).join('\n');
  assert.match(text.replace(/\s+/g, ' '), /Some of the law is not verified/);
  assert.match(text, /Page 1 of \d\. OFFICIAL-SENSITIVE: OPERATIONAL\nVersion 1/);
  assert.doesNotMatch(text, /general knowledge/);
});

test('only planners and commanders of the operation, of an enforcement agency, read an application', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t, { today: '2026-09-15' });
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  await letIn(db, operation, planner);
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises);
  const council = await agency('council');
  const people = [
    [await member(force, ['commander']), 200],
    [await member(force, ['field', 'enforcement']), 403],
    [await member(council, ['planner']), 403],
  ] as const;
  for (const [who] of people) await letIn(db, operation, who, { team });
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  for (const [who, status] of [...people, [stranger, 404] as const])
    assert.equal((await (await signIn(who)).get(`/staff/warrant-applications/${power.id}`)).statusCode, status);
});

type Facts = Parameters<typeof warrantApplication>[0];
const applicationWith = (power: object, used = false): StaffPaper =>
  warrantApplication({
    operation: { codeName: 'Operation Lantern', unit: 'The unit' },
    premises: { name: 'Blue Door', business: 'shop', dwelling: 'no', reason: null },
    power: { purposes: [], entries: 'one', decidedOn: null, executedAt: null, returnedOn: null, ...power },
    rule: findPower('pace-s8', '2026-09-18'),
    holder: undefined,
    accompanying: [],
    visits: [],
    used,
  } as unknown as Facts);

for (const [name, power, used, mark] of [
  ['before the court', {}, false, null],
  ['after the grant', { decidedOn: '2026-09-02' }, false, 'after the court decided'],
  ['after a visit under it', { decidedOn: '2026-09-02' }, true, 'after the entry'],
  ['after its use was recorded', { decidedOn: '2026-09-02', executedAt: new Date(0) }, false, 'after the entry'],
  ['after it went back', { decidedOn: '2026-09-02', returnedOn: '2026-09-20' }, false, 'after the entry'],
] as const)
  test(`an application made ${name} says so`, () => {
    const { title, lead } = applicationWith(power, used);
    assert.equal(title.endsWith('copy for the file'), mark !== null);
    assert.equal(lead.includes(`Made ${mark}, for the file.`), mark !== null);
  });

test('the purpose of an application is one that the power has', () => {
  const { sections } = applicationWith({ purposes: ['speak with people and offer help', 'search for evidence'] });
  assert.doesNotMatch(JSON.stringify(sections), /offer help/);
  assert.match(JSON.stringify(sections), /Search for evidence/);
});

test('an application names no immigration officers where they are not present', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t, { today: '2026-09-15' });
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const operation = await addOperation(db, force, planner);
  await letIn(db, operation, planner);
  const border = await addPartner(db, operation, await agency('immigration', { name: 'Border East' }));
  const at = await signIn(planner);
  for (const [immigrationEntry, named] of [
    ['not present', false],
    ['with the team', true],
  ] as const) {
    const premises = await addPremises(db, operation, { immigrationEntry });
    const power = await addPower(db, premises, { accompanying: [border.id] });
    const { body } = await at.get(`/staff/warrant-applications/${power.id}`);
    assert.equal(body.includes('Border East'), named, immigrationEntry);
  }
});
