/** The search of the header: each member finds what they may open, and hidden and absent read alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addOperation, addPower, addPremises, addTeam, letIn } from '../../src/operations/plan/examples.ts';
import { type MemberKey, members } from '../../src/tour/index.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { referenceOf } from '../../src/vocabulary/reference.ts';
import { openApplication } from '../fixtures/application.ts';
import { openForBrowser, shoot } from '../fixtures/browser-pages.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { desktop, findPageProblems, narrowest } from '../harness/browser.ts';
import { logRows } from '../harness/log-rows.ts';

const mainIn = (html: string): string => /<main[\s\S]*?<\/main>/.exec(html)?.[0] ?? '';
/** Without what differs between any two answers: the form's token, and what was sought. */
const resultsIn = (html: string): string => mainIn(html).replaceAll(/(value|content)="[^"]*"/g, '');
const linksIn = (html: string): string[] =>
  [...mainIn(html).matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href);

test('every member opens every page that their search finds, and each search is logged', async (t) => {
  const demonstration = await openDemonstration(t);
  const { db, safeguardingDb } = demonstration;
  const idsOf = async (store: typeof db, table: string) =>
    (await store.selectFrom(table).select('id').execute()).map(({ id }) => String(id));
  const visits = await idsOf(db, 'plannedVisits');
  const encounters = await idsOf(db, 'encounters');
  const persons = await idsOf(safeguardingDb, 'persons');
  const referrals = await idsOf(safeguardingDb, 'referrals');
  const powers = await db.selectFrom('powers').select('reference').where('reference', 'is not', null).execute();
  const typed = [
    'Lantern',
    ...visits.slice(0, 1).map((id) => referenceOf('visit', id)),
    ...encounters.slice(0, 1).map((id) => referenceOf('encounter', id)),
    ...persons.slice(0, 1).map((id) => referenceOf('case', id)),
    ...referrals.slice(0, 1).map((id) => referenceOf('referral', id)),
    ...powers.slice(0, 1).map(({ reference }) => String(reference)),
  ];
  assert.equal(typed.length, 6, 'the demonstration has one of each');
  const faults: string[] = [];
  const found = new Map<string, number>();
  for (const { key } of members) {
    const visitor = await demonstration.as(key as MemberKey);
    for (const sought of typed) {
      const answer = await visitor.post('/staff/search', { sought });
      assert.equal(answer.statusCode, 200, `${key}: ${sought}`);
      const links = linksIn(answer.body);
      found.set(sought, (found.get(sought) ?? 0) + links.length);
      for (const path of links) {
        const { statusCode } = await visitor.get(path);
        if (statusCode !== 200) faults.push(`${key}: ${path} answers ${statusCode}`);
      }
    }
  }
  assert.deepEqual(faults, []);
  for (const sought of typed) assert.ok((found.get(sought) ?? 0) > 0, `somebody finds ${sought}`);
  const logged = await logRows(db, ['operations.searched'], ['event', 'returned']);
  assert.ok(logged.some(({ returned }) => (returned as string[]).length > 0));
});

test('a record that is hidden reads like one that is absent', async (t) => {
  const demonstration = await openDemonstration(t);
  const [person] = await demonstration.safeguardingDb.selectFrom('persons').select('id').execute();
  const [visit] = await demonstration.db.selectFrom('plannedVisits').select('id').execute();
  const press = await demonstration.as('press');
  const planner = await demonstration.as('planner');
  const absent = newTimelessId();
  for (const [visitor, kind, hidden] of [
    [planner, 'case', String(person?.id)],
    [press, 'visit', String(visit?.id)],
  ] as const) {
    const answers = [];
    for (const id of [hidden, absent]) {
      const { statusCode, body } = await visitor.post('/staff/search', { sought: referenceOf(kind, id) });
      answers.push([statusCode, resultsIn(body)]);
    }
    assert.deepEqual(answers[0], answers[1], kind);
    assert.match(String(answers[0]?.[1]), /Nothing matches that you may see/);
  }
});

test('finds a warrant by the court’s reference, for planners and commanders of its operation alone', async (t) => {
  const { db, signIn, agency, member, auditTrail } = await openApplication(t);
  const force = await agency('police force');
  const [planner, commander] = [await member(force, ['planner']), await member(force, ['commander'])];
  const operation = await addOperation(db, force, planner);
  for (const one of [planner, commander]) await letIn(db, operation, one);
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises, { reference: 'W/2026/117' });
  const team = await addTeam(db, operation);
  const [officer, nurse, stranger] = [
    await member(force, ['field', 'enforcement']),
    await member(await agency('health'), ['field', 'safeguarding lead']),
    await member(await agency('police force', { name: 'Elsewhere' }), ['planner', 'commander']),
  ];
  for (const one of [officer, nurse]) await letIn(db, operation, one, { team });
  for (const one of [planner, commander]) {
    const seeker = await signIn(one);
    for (const sought of ['W/2026/117', 'w/2026', ' 117 2026 ']) {
      const { body } = await seeker.post('/staff/search', { sought });
      assert.match(mainIn(body), /Powers of entry[\s\S]*Search warrant[\s\S]*W\/2026\/117/);
      assert.deepEqual(linksIn(body), [`/staff/premises/${premises.id}#powers`]);
    }
  }
  const [logged] = await logRows(db, ['powers.searched'], ['event', 'returned']);
  assert.deepEqual(logged?.returned, [power.id]);
  for (const one of [officer, nurse, stranger]) {
    const seeker = await signIn(one);
    const read = async (sought: string) => resultsIn((await seeker.post('/staff/search', { sought })).body);
    assert.equal(await read('W/2026/117'), await read('W/2026/118'), 'hidden and absent');
    assert.match(await read('W/2026/117'), /Nothing matches that you may see/);
  }
  assert.ok((await auditTrail()).includes('powers.searched'));
});

test('an empty search says what to enter and keeps nothing', async (t) => {
  const demonstration = await openDemonstration(t);
  const planner = await demonstration.as('planner');
  const { statusCode, body } = await planner.post('/staff/search', { sought: ' ' });
  assert.equal(statusCode, 200);
  assert.match(body, /Enter a name, a place or a reference/);
  assert.match((await planner.get('/staff/search')).body, /You can search for operations/);
});

test('in a browser: the header searches at a desk, a link leads there on a phone, with script and without', async (t) => {
  const world = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { base, pageOf } = world;
  const planner = await world.member(await world.agency('police force'), ['planner']);
  for (const [name, size, javaScriptEnabled] of [
    ['desk', desktop, true],
    ['phone', narrowest, true],
    ['phone without script', narrowest, false],
  ] as const) {
    const page = await pageOf(planner, { ...size, javaScriptEnabled });
    const faults = async () => (javaScriptEnabled ? findPageProblems(page) : []);
    await page.goto(`${base}/staff`);
    assert.deepEqual(await faults(), []);
    if (size === desktop) {
      await page.getByRole('searchbox', { name: 'Name, place or reference' }).fill('lantern');
      await page.keyboard.press('Enter');
    } else {
      await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
      assert.deepEqual(await faults(), []);
      await page.getByRole('textbox', { name: 'Name, place or reference' }).fill('lantern');
      await page.getByRole('button', { name: 'Search' }).click();
    }
    await page.getByText('Nothing matches that you may see').waitFor();
    await shoot(page, `search-${name}`);
    assert.deepEqual(await faults(), []);
    await page.context().close();
  }
});
