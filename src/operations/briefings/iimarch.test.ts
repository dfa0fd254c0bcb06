import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { tagsOfPdf, textOfPdf } from '../../../test/fixtures/pdf.ts';
import { setContext } from '../../platform/database/database.ts';
import type { PaperSection, StaffPaper } from '../../platform/paper/staff-paper.ts';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { addPlanFile } from '../plan-files/examples.ts';
import type { BriefedVisit, BriefingContent } from './briefing.ts';
import { iimarchPaper } from './iimarch.ts';
import { withoutKeptOutVisits } from './kept-out.ts';

const visit: BriefedVisit = {
  reference: 'V-1',
  day: '2026-09-18',
  hours: '10:00 to 11:30',
  turn: null,
  state: 'planned',
  reason: null,
  place: 'Blue Door',
  address: '14 Mill Lane',
  town: 'Watford',
  postcode: null,
  business: 'shop',
  dwelling: 'no',
  why: 'Two women never leave',
  risks: 'A dog',
  languages: ['Romanian'],
  interpreter: null,
  referrer: null,
  immigration: null,
  power: null,
  others: [],
};
const content: BriefingContent = {
  operation: 'Operation Lantern',
  unit: 'The unit',
  agency: 'Leashire Police',
  dates: '14 to 20 September 2026',
  team: 'Team 1',
  members: [],
  reception: [],
  visits: [visit],
  advice: [],
  codeB: 'PACE Code B (2023)',
  changes: [],
};
const find = <Kind extends PaperSection['kind']>(paper: StaffPaper, kind: Kind, title: string) => {
  const section = paper.sections.find((one) => one.title === title);
  assert.equal(section?.kind, kind, title);
  return section as Extract<PaperSection, { kind: Kind }>;
};
const cells = (more: Partial<BriefedVisit>, title: string) =>
  find(iimarchPaper({ ...content, visits: [{ ...visit, ...more }] }, undefined), 'table', title).rows[0];

test('has the seven parts in their order', () => {
  const titles = iimarchPaper(content, undefined).sections.map(({ title }) => title.split(':')[0]);
  assert.deepEqual(
    [...new Set(titles)],
    ['Information', 'Intention', 'Method', 'Administration', 'Risk assessment', 'Communications', 'Human rights'],
  );
});

for (const [name, more, title, expected] of [
  ['recorded risks, with room for what lowers them', {}, 'Risk assessment', ['Blue Door', 'A dog', null, null]],
  ['a line where no risk is recorded', { risks: null }, 'Risk assessment', ['Blue Door', null, null, null]],
  ['lines for interpreter and first responder', {}, 'Communications', ['Blue Door', null, null]],
  ['an interpreter who is named', { interpreter: 'Mira, 555' }, 'Communications', ['Blue Door', 'Mira, 555', null]],
  [
    'a visit that was called off, without its address',
    { state: 'called off', reason: 'The shop has closed' },
    'Information: premises',
    ['V-1', 'Blue Door', 'Called off', 'The shop has closed', '–', '–'],
  ],
] as const)
  test(`shows ${name}`, () => assert.deepEqual(cells(more, title), expected));

test('a visit that was called off has no method, no risk and no communications', () => {
  const paper = iimarchPaper({ ...content, visits: [{ ...visit, state: 'called off' }] }, undefined);
  for (const title of ['Method', 'Risk assessment', 'Communications'])
    assert.deepEqual(find(paper, 'table', title).rows, [], title);
});

const withFiles: BriefingContent = {
  ...content,
  riskFiles: [
    { reference: null, title: 'Risk assessment of the week' },
    { reference: 'V-1', title: 'Stairs and dogs' },
    { reference: 'V-2', title: 'Another place' },
  ],
  commanders: ['Superintendent Cy Commander'],
};

test('an uploaded risk assessment is named beside its place, and that of the operation above', () => {
  const table = find(iimarchPaper(withFiles, undefined), 'table', 'Risk assessment');
  assert.deepEqual(table.rows, [['Blue Door', 'A dog\nSee the risk assessment: Stairs and dogs', null, null]]);
  assert.match(String(table.lead), /in the files of the plan: Risk assessment of the week\./);
});

test('commanders are named, and one signed copy is kept', () => {
  const paper = iimarchPaper(withFiles, undefined);
  const { rows } = find(paper, 'rows', 'Communications: to agree before you go');
  assert.equal(rows[0]?.says, 'Superintendent Cy Commander');
  assert.match(paper.lead.join(' '), /keeps one signed copy.*1996\)\. Destroy every other copy/);
  assert.equal(find(paper, 'signatures', 'Human rights: approval').people.length, 1);
});

test('an immigration officer reads no title of a risk assessment of a place that is kept from them', () => {
  const other = { ...visit, reference: 'V-2', place: 'Red Gate', address: '2 High Street' };
  const open = withoutKeptOutVisits({ ...withFiles, visits: [visit, other] }, (reference) => reference === 'V-1');
  assert.deepEqual(
    open.riskFiles?.map(({ title }) => title),
    ['Risk assessment of the week', 'Stairs and dogs'],
  );
});

test('without a power, the paper says that nobody enters', () => {
  assert.match(String(cells({}, 'Method')?.[2]), /^None chosen\. Nobody enters/);
});

const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

test('page and PDF name no premises that the plan keeps from the reader, and no other team’s', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:00' });
  const { db, agency, member, signIn } = application;
  const force = await agency('police force', { name: 'Leashire Police' });
  const planner = await member(force, ['planner'], 'Asha Planner');
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  const officer = await member(force, ['field', 'enforcement'], 'Olu Officer');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  const other = await addTeam(db, operation, { name: 'Team 2' });
  await letIn(db, operation, planner);
  await letIn(db, operation, border, { team });
  await letIn(db, operation, officer, { team, leads: true });
  const shut = await addPremises(db, operation, {
    name: 'Blue Door',
    address: '14 Mill Lane',
    risks: 'The dog of Blue Door bites',
    immigrationEntry: 'not present',
  });
  const open = await addPremises(db, operation, {
    name: 'Red Gate',
    address: '2 High Street',
    immigrationEntry: 'with the team',
  });
  const far = await addPremises(db, operation, { name: 'Far House' });
  const { id: powerId } = await addPower(db, open);
  await addPlannedVisit(db, shut, team, { day: '2026-09-19' });
  await addPlannedVisit(db, open, team, { day: '2026-09-20', powerId });
  await addPlannedVisit(db, far, other, { day: '2026-09-20' });
  const plans = await signIn(planner);
  await addPlanFile(db, application.keys, { operationId: operation.id, premisesId: null }, planner, {
    ...{ kind: 'risk assessment', title: 'Assessment of the week' },
  });
  await addPlanFile(db, application.keys, { operationId: operation.id, premisesId: shut.id }, planner, {
    ...{ kind: 'risk assessment', title: 'Assessment of the stairs' },
  });
  const of = `/staff/briefings/${idIn((await plans.post(`/staff/teams/${team.id}/briefing`)).headers.location)}`;
  const read = async (who: typeof plans) => {
    const page = await who.get(`${of}/iimarch`);
    const pdf = await who.get(`${of}/iimarch/pdf`);
    assert.deepEqual([page.statusCode, pdf.statusCode], [200, 200]);
    const text = (await textOfPdf(pdf.rawPayload)).join('\n');
    return { page: page.body, text, file: pdf.rawPayload };
  };
  const lena = await read(await signIn(border));
  for (const says of [lena.page, lena.text]) {
    assert.match(says, /Red Gate/);
    assert.doesNotMatch(says, /Blue Door|14 Mill Lane|Far House|Assessment of/);
    assert.match(says.replace(/\s+/g, ' '), /Briefings for immigration officers leave out visits/);
  }
  const olu = await read(await signIn(officer));
  for (const says of [olu.page, olu.text]) {
    assert.match(says, /Blue Door[\s\S]*Red Gate/);
    assert.match(says.replace(/\s+/g, ' '), /See the risk assessment: Assessment of the stairs/);
    assert.doesNotMatch(says, /Far House|Assessment of the week/);
  }
  assert.match((await read(plans)).page, /in the files of the plan: Assessment of the week\./);
  assert.match(olu.text, /Version 1, made 12:00 on 18 September 2026\. Printed by Olu Officer, Leashire Police\./);
  assert.ok(tagsOfPdf(olu.file).includes('TH'));
  assert.match((await plans.get(of)).body, new RegExp(`${of}/iimarch`));
  const tab = await plans.get(`/staff/operations/${operation.id}/briefings`);
  assert.match(tab.body, new RegExp(`${of}/iimarch[^>]*>IIMARCH briefing with risk assessment, Team 1`));
  const log = await db
    .selectFrom('accessLog')
    .select(['event', 'kind'])
    .where('event', '=', 'briefing.exported')
    .execute();
  assert.deepEqual(
    log.map(({ kind }) => kind),
    ['disclosure', 'disclosure', 'disclosure'],
  );
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: application.clock.now() });
    await sql`update premises set immigration_entry = 'not present' where id = ${open.id}`.execute(tx);
  });
  assert.doesNotMatch((await read(await signIn(border))).text, /Red Gate/);
});

test('a problem of several places is printed once, with the places', () => {
  const home = {
    kind: 'unwise',
    what: 'It is not known whether somebody lives here.',
    why: 'Some powers stop at a home.',
    cure: 'Ask',
  } as const;
  const advice = ['Blue Door', 'Red Gate', 'White Hut'].map((of) => ({ ...home, of }));
  const other = { ...home, of: 'Blue Door', what: 'Risks not recorded.' };
  const paper = iimarchPaper(
    { ...content, advice: [...advice, other, { ...home, of: 'Green Door', acknowledged: true }] },
    undefined,
  );
  const { items } = find(paper, 'list', 'Risk assessment: problems that the checks of the plan found');
  assert.deepEqual(items, [
    'Risk, Blue Door, Red Gate and White Hut: It is not known whether somebody lives here. Some powers stop at a home.',
    'Risk, Blue Door: Risks not recorded. Some powers stop at a home.',
    'Acknowledged warning, Green Door: It is not known whether somebody lives here. Some powers stop at a home.',
  ]);
});
