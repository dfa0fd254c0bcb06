import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addPlannedVisit, addPremises, addTeam } from '../../operations/plan/examples.ts';
import { addSearch, addSeizure, addVisit } from '../examples.ts';

const kinds = ['search-record', 'notice-of-powers', 'consent-to-search', 'warrant-return'] as const;

/** A visit with a search and a seizure, and an officer of the team who is signed in. */
async function aSearchedPlace(t: TestContext) {
  const team = await aTeam(t);
  const { db, planned, officer, signIn } = team;
  const visit = await addVisit(db, planned, officer, { leftAt: new Date('2026-09-18T09:35:00Z') });
  await addSearch(db, visit, officer, {
    officerInCharge: 'Sergeant Ines Hart',
    roles: 'Olu Officer searched. Bram Lock kept the exhibits.',
  });
  await addSeizure(db, visit, officer, { foundWhere: 'Under the counter', foundBy: 'Bram Lock' });
  return { ...team, visit, at: await signIn(officer), of: `/staff/visits/${planned.id}` };
}

test('the search record shows what officers recorded, and lines where nobody recorded anything', async (t) => {
  const { at, of } = await aSearchedPlace(t);
  const { body, statusCode } = await at.get(`${of}/search-record`);
  assert.equal(statusCode, 200);
  for (const words of [
    /Search warrant \(PACE section 8\)/,
    /Sergeant Ines Hart/,
    /Bram Lock kept the exhibits/,
    /RT\/1/,
    /Under the counter/,
    /The frame of the back door/,
    /PACE Code B \(2023\) governs a search on this day/,
    /Search began<\/dt><dd[^>]*><span class="sl-hand">To complete by hand/,
    /Draft without a version number\. Printed by Olu Officer, Leashire Police/,
  ])
    assert.match(body, words);
  assert.match(body, /Force used, and why<\/dt><dd[^>]*><span class="sl-lines" dir="auto">None/);
});

test('a paper has a number after it is made, and the same records keep the number', async (t) => {
  const { at, of, db } = await aSearchedPlace(t);
  const paper = `${of}/search-record`;
  assert.match((await at.get(paper)).body, /No version yet[\s\S]*Make version 1/);
  assert.equal((await at.get(`${paper}/pdf`)).statusCode, 404);
  assert.equal((await at.post(paper, {})).statusCode, 303);
  const made = await at.get(paper);
  assert.match(made.body, /The records have not changed since/);
  assert.doesNotMatch(made.body, /Make version 2/);
  assert.equal((await at.post(paper, {})).statusCode, 303);
  const rows = await db.selectFrom('madePapers').select(['kind', 'version', 'changes']).execute();
  assert.deepEqual(rows, [{ kind: 'search record', version: 1, changes: [] }]);
});

test('of several who make a version at the same moment all are led to the one that exists', async (t) => {
  const { at, of, db } = await aSearchedPlace(t);
  const paper = `${of}/search-record`;
  const pressed = await Promise.all([1, 2, 3, 4].map(() => at.post(paper, {})));
  assert.deepEqual(
    pressed.map(({ statusCode, headers }) => [statusCode, String(headers.location).replace(/\?.*/, '')]),
    pressed.map(() => [303, paper]),
  );
  assert.equal((await db.selectFrom('madePapers').select('id').execute()).length, 1);
});

test('a change of the records asks for a new version, and says which part changed', async (t) => {
  const { at, of, visit, officer, db } = await aSearchedPlace(t);
  const paper = `${of}/search-record`;
  await at.post(paper, {});
  await addSeizure(db, visit, officer, { exhibitRef: 'RT/2', description: 'A phone' });
  const changed = await at.get(paper);
  assert.match(changed.body, /The records changed after version 1[\s\S]*Changed: Exhibits\.[\s\S]*Make version 2/);
  assert.match(changed.body, /Draft without a version number/);
  assert.equal((await at.get(`${paper}/pdf`)).statusCode, 404);
  await at.post(paper, {});
  assert.match((await at.get(paper)).body, /Version 2, [^<]*by Officer Olu Officer\. Changed: Exhibits\./);
});

test('the PDF is tagged, holds the words of the page, and is the same each time', async (t) => {
  const { at, of } = await aSearchedPlace(t);
  const paper = `${of}/search-record`;
  await at.post(paper, {});
  const get = async (): Promise<Buffer> => {
    const answer = await at.get(`${paper}/pdf`);
    assert.equal(answer.statusCode, 200);
    assert.equal(
      answer.headers['content-disposition'],
      'attachment; filename="search-record-version-1.official-sensitive-operational.pdf"',
    );
    return answer.rawPayload;
  };
  const file = await get();
  assert.ok(file.equals(await get()));
  assert.match(unpackedPdf(file), /<pdfuaid:part>1<\/pdfuaid:part>/);
  assert.ok(tagsOfPdf(file).includes('Table'));
  const pages = await textOfPdf(file);
  const text = pages.join('\n').replace(/\s+/g, ' ');
  for (const words of ['Sergeant Ines Hart', 'RT/1', 'Under the counter', 'To complete by hand', 'Sources'])
    assert.ok(text.includes(words), words);
  for (const [index, page] of pages.entries()) {
    assert.match(
      page,
      new RegExp(`Search record\\. Page ${index + 1} of ${pages.length}\\. OFFICIAL-SENSITIVE: OPERATIONAL`),
    );
    assert.match(page, /Version 1, made 10:40 on 18 September 2026\. Printed by Olu Officer, Leashire Police\./);
  }
});

test('papers for the person at the premises do not name the operation or the member who printed them', async (t) => {
  const { at, of } = await aSearchedPlace(t);
  for (const kind of ['notice-of-powers', 'consent-to-search']) {
    await at.post(`${of}/${kind}`, {});
    const file = (await at.get(`${of}/${kind}/pdf`)).rawPayload;
    const text = (await textOfPdf(file)).join('\n');
    assert.match(text, /^OFFICIAL$/m, kind);
    assert.doesNotMatch(text, /SENSITIVE|Printed by|Operation |general knowledge/, kind);
    assert.match(text.replace(/\s+/g, ' '), /Some of the law is not verified/, kind);
    assert.match(text.replace(/\s+/g, ' '), /You can get help whether/);
  }
});

test('what nobody read in a source is no sentence of the notice, and consent can be refused and taken back', async (t) => {
  const { at, of } = await aSearchedPlace(t);
  const notice = (await at.get(`${of}/notice-of-powers`)).body;
  assert.match(notice, /Entry and search must be within three months of the day of issue/);
  assert.match(notice, /Things that the officers can search for and take<\/dt><dd[^>]*><span class="sl-hand">/);
  const consent = (await at.get(`${of}/consent-to-search`)).body;
  assert.match(consent, /You can say no\.[\s\S]*you can change your mind at any time/);
});

test('papers can be taken to the premises before the visit', async (t) => {
  const { signIn, officer, planned } = await aTeam(t);
  const at = await signIn(officer);
  for (const kind of kinds) {
    const { statusCode, body } = await at.get(`/staff/visits/${planned.id}/${kind}`);
    assert.equal(statusCode, 200, kind);
    assert.match(body, /To complete by hand/);
  }
});

test('the visit page leads officers to its papers, and helpers see none of them', async (t) => {
  const { at, of, adviser, signIn, on } = await aSearchedPlace(t);
  const { body } = await at.get(of);
  for (const kind of kinds) assert.ok(body.includes(`${of}/${kind}`), kind);
  const helper = await signIn(adviser);
  assert.doesNotMatch((await helper.get(of)).body, /Papers to print|search-record/);
  for (const kind of kinds) assert.equal((await helper.get(`${of}/${kind}`)).statusCode, 403, kind);
  const commander = await on(['commander']);
  assert.equal((await commander.get(`${of}/search-record`)).statusCode, 200);
});

test('an officer of another team finds no paper of this visit', async (t) => {
  const { db, operation, force, member, signIn, of } = await aSearchedPlace(t);
  const other = await addTeam(db, operation, { name: 'Team Two' });
  const stranger = await member(force, ['field', 'enforcement'], 'Sam Stranger');
  const { letIn } = await import('../../operations/plan/examples.ts');
  await letIn(db, operation, stranger, { team: other });
  const at = await signIn(stranger);
  for (const kind of kinds) {
    assert.equal((await at.get(`${of}/${kind}`)).statusCode, 404, kind);
    assert.equal((await at.post(`${of}/${kind}`, {})).statusCode, 404, kind);
    assert.equal((await at.get(`${of}/${kind}/pdf`)).statusCode, 404, kind);
  }
});

test('a visit by consent has no warrant return', async (t) => {
  const { db, operation, officer, signIn, planned } = await aTeam(t);
  const place = await addPremises(db, operation, { name: 'Open Door' });
  const open = await addPlannedVisit(db, place, { id: planned.teamId } as never);
  const at = await signIn(officer);
  assert.equal((await at.get(`/staff/visits/${open.id}/warrant-return`)).statusCode, 404);
  assert.doesNotMatch((await at.get(`/staff/visits/${open.id}`)).body, /Warrant return/);
});

test('the debrief counts every planned visit once, and only planners and commanders of the operation read it', async (t) => {
  const { db, operation, planned, planner, signIn, on, at } = await aSearchedPlace(t);
  const place = await addPremises(db, operation, { name: 'Quiet Door' });
  await addPlannedVisit(db, place, { id: planned.teamId } as never, { state: 'called off', reason: 'The owner moved' });
  const paper = `/staff/operations/${operation.id}/debrief`;
  const plans = await signIn(planner);
  const { body } = await plans.get(paper);
  const row = (label: string): RegExp => new RegExp(`${label}</span></td><td[^>]*><span[^>]*>(\\d+)<`);
  const count = (label: string): string | undefined => row(label).exec(body)?.[1];
  assert.deepEqual(
    ['Planned', 'Entered', 'Called off', 'Seizures', 'Visits with damage', 'Visits with force'].map(count),
    ['2', '1', '1', '1', '1', '0'],
  );
  assert.match(body, /The owner moved/);
  assert.doesNotMatch(body, /Blue Door|Quiet Door/);
  assert.match((await plans.get(`/staff/operations/${operation.id}/briefings`)).body, new RegExp(paper));
  assert.equal((await plans.post(paper, {})).statusCode, 303);
  assert.equal((await plans.get(`${paper}/pdf`)).statusCode, 200);
  assert.equal((await at.get(paper)).statusCode, 403);
  assert.equal((await (await on(['commander'])).get(paper)).statusCode, 200);
});

test('each look and each PDF is in the access log', async (t) => {
  const { at, of, db, planned } = await aSearchedPlace(t);
  await at.get(`${of}/search-record`);
  await at.post(`${of}/search-record`, {});
  await at.get(`${of}/search-record/pdf`);
  const rows = await db
    .selectFrom('accessLog')
    .select(['event', 'kind'])
    .where('event', 'like', 'visit paper%')
    .execute();
  assert.ok(rows.some(({ event }) => event === 'visit paper.shown'));
  assert.ok(rows.some(({ event }) => event === 'visit paper.made'));
  assert.ok(rows.some(({ event, kind }) => event === 'visit paper.exported' && kind === 'disclosure'));
  assert.ok(planned.id);
});
