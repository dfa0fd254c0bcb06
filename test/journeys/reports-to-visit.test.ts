/** Three reports about one flat become intelligence, a proposal and a visit. Another instance plans the same address and is rung; the result returns to the intelligence. In a browser. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { addOperation, addTeam, letIn } from '../../src/operations/plan/examples.ts';
import { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { openAttended } from '../fixtures/attended-reports.ts';
import { addEachOther, checks, compare, day, force, instance } from '../fixtures/checked-forces.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../harness/browser.ts';
import { freePort } from '../harness/ports.ts';

const minutes = (count: number): number => count * 60_000;

/** Lea Vale: triage, a planner with an operation and a team, and a contact for other agencies. */
async function openLea(t: TestContext) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const application = await openAttended(t, {
    ...{ keys: UnitKeys.generate(), environment: { SAFELIGHT_ORIGIN: origin } },
  });
  await application.app.listen({ port, host: 'localhost' });
  const { police: agency } = application.agencies;
  const planning = await application.member(agency, ['planner'], 'Pat Planner');
  const operation = await addOperation(application.db, agency, planning, { codeName: 'Lantern' });
  await letIn(application.db, operation, planning);
  await addTeam(application.db, operation, { name: 'Team Red' });
  const planner = await application.signIn(planning);
  const contact = { name: 'Duty inspector of Lea Vale', telephone: '01632 960200', hours: 'Day and night' };
  assert.equal((await planner.post(`${checks}/contact`, contact)).statusCode, 303);
  return { ...application, origin, agency, operation, planning, planner };
}
type Lea = Awaited<ReturnType<typeof openLea>>;

async function openPage(
  browser: Browser,
  { origin, signIn }: Lea,
  member: Parameters<Lea['signIn']>[0],
): Promise<Page> {
  const { token } = await signIn(member);
  const context = await browser.newContext(phone);
  await context.addCookies([{ name: sessionCookie, value: token, url: `${origin}/staff` }]);
  return context.newPage();
}

/** Fit to be used on a phone. */
async function assertFit(page: Page): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], page.url());
  assert.equal(await measureOverflow(page), 0, page.url());
}

const said = (page: Page): Promise<string> => page.locator('main').innerText();
const press = async (page: Page, name: RegExp | string): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await page.waitForLoadState();
};
/** A link, which may look like a button. */
const follow = async (page: Page, name: RegExp | string): Promise<void> => {
  await page.locator('main a').filter({ hasText: name }).first().click();
  await page.waitForLoadState();
};

const reports = [
  { what: 'Women go in at night to Flat 2 and do not come out in the day.', place: 'Flat 2, 12 Mill Lane' },
  { what: 'A grey van waits outside number 12 every evening.', place: '12 Mill Lane, Watford' },
  { what: 'My colleague saw bars on the windows of the flat.', place: 'Mill Lane 12' },
] as const;

/** Each report becomes an item that names the premises; triage says that they are the same. */
async function recordIntelligence(lea: Lea): Promise<string> {
  const triage = await lea.signIn(lea.readers.police);
  const named: string[] = [];
  for (const [at, { what, place }] of reports.entries()) {
    const { id } = await lea.told('police', { answers: { who: 'worried', what, place } });
    const graded = { sourceEvaluation: '2', assessment: 'A', handling: 'P', conditions: '' };
    const from = { 'from-day': String(1 + at), 'from-month': '9', 'from-year': '2026' };
    const text = ['Women are kept in a flat on Mill Lane.', 'A grey van waits there.', 'Windows there have bars.'][at];
    const item = await triage.post(`/staff/intelligence/from-report/${id}`, { ...graded, ...from, text: text ?? '' });
    assert.equal(item.statusCode, 303, item.body);
    const address = ['Flat 2, 12 Mill Lane, Watford', '12 Mill Lane, Watford', '12 Mill Ln, Watford'][at] ?? '';
    const itemAt = String(item.headers.location).split('?')[0];
    const added = await triage.post(`${itemAt}/add-premises`, { address, postcode: 'WD17 1AA' });
    assert.equal(added.statusCode, 303, added.body);
    named.push((/\/staff\/intelligence\/named\/[0-9a-f-]+/.exec((await triage.get(String(itemAt))).body) ?? [''])[0]);
  }
  return named[0] ?? '';
}

/** Triage joins what is the same and proposes a visit. */
async function propose(page: Page, { origin }: Lea, entity: string): Promise<void> {
  for (let joined = 0; joined < 2; joined += 1) {
    await page.goto(`${origin}${entity}`);
    await page
      .locator('main td a')
      .filter({ hasText: /Compare|Decide/ })
      .first()
      .click();
    await page.waitForLoadState();
    await page.getByLabel('The same', { exact: true }).check();
    await page.getByLabel(/Why|Reason/).fill('One house, one postcode, one kind of sign.');
    await press(page, /Save/);
  }
  await page.goto(`${origin}${entity}`);
  assert.match(await said(page), /items of intelligence name it/);
  await assertFit(page);
  await follow(page, 'Propose a visit');
  await assertFit(page);
  await press(page, 'Propose the visit');
}

/** The planner accepts it into the operation and plans the visit. */
async function planVisit(page: Page, { origin }: Lea): Promise<void> {
  await page.goto(`${origin}/staff`);
  await follow(page, /Decide a proposal/);
  await follow(page, /12 Mill/);
  await follow(page, 'Accept it into an operation');
  await assertFit(page);
  await page.getByLabel('Operation', { exact: true }).selectOption({ label: 'Lantern' });
  await page.getByLabel('Kind of business').selectOption('residential business');
  await page.getByLabel('Name of the premises').fill('Flat 2');
  await page.getByLabel('Town').fill('Watford');
  await page
    .getByRole('group', { name: /live or sleep/ })
    .getByLabel('Yes')
    .check();
  await page.getByRole('group', { name: 'Priority' }).getByLabel('High').check();
  await page.getByLabel('Reason for the visit').fill('Women go in at night and do not come out in the day.');
  await press(page, 'Accept and add the premises');
  await page.locator('main a').filter({ hasText: 'Open the premises' }).first().click();
  await page.waitForLoadState();
  await page.goto(`${page.url().split('#')[0]}/visits/new`);
  await page.getByLabel('Team').selectOption({ label: 'Team Red' });
  await page.getByLabel('Day', { exact: true }).fill(day.slice(-2));
  await page.getByLabel('Month', { exact: true }).fill(day.slice(5, 7));
  await page.getByLabel('Year', { exact: true }).fill(day.slice(0, 4));
  await page
    .getByLabel(/Start|Time/)
    .first()
    .fill('06:00');
  await page.getByLabel(/minutes/i).fill('60');
  await press(page, /Save|Add|Plan/);
}

test('three reports about one flat lead to a visit; another instance plans the same address and is rung', async (t) => {
  const lea = await openLea(t);
  const there = await instance(t);
  const stort = await force(there, 'Stort', { address: '12 Mill Ln', town: 'Watford', postcode: 'WD17 1AA' });
  await addEachOther(lea, stort);
  const browser = await openBrowser(t);
  const entity = await recordIntelligence(lea);
  const triage = await openPage(browser, lea, lea.readers.police);
  await propose(triage, lea, entity);
  const planner = await openPage(browser, lea, lea.planning);
  await planVisit(planner, lea);

  // Each asks the other's instance, and again when the other has its list.
  for (let round = 0; round < 3; round += 1)
    for (const application of [lea, there]) {
      await compare(application);
      application.clock.move(new Date(application.clock.now().getTime() + minutes(5)));
    }
  await planner.goto(`${lea.origin}/staff`);
  await follow(planner, 'Ring another agency before a visit');
  await assertFit(planner);
  await follow(planner, 'Flat 2');
  const match = await said(planner);
  assert.match(match, /Ring Duty inspector of Stort on 01632 960100 before you go/);
  assert.doesNotMatch(match, /Plan of Stort|Mill Ln/);
  await assertFit(planner);
  await press(planner, 'We have spoken');
  assert.match(await said(planner), /recorded by .*Pat Planner/);
  const theirs = (await stort.planner.get(checks)).body;
  assert.match(theirs, /Lea: Duty inspector of Lea Vale, 01632 960200|Duty inspector of Lea Vale, 01632 960200/);
  assert.doesNotMatch(theirs, /Flat 2|Lantern/);

  await planner.goto(`${lea.origin}/staff/intelligence/proposals`);
  await follow(planner, /12 Mill/);
  await follow(planner, 'Record what the visit found');
  await planner.getByLabel('Confirmed').check();
  await press(planner, 'Save');
  await triage.goto(`${lea.origin}${entity}`);
  assert.match(await said(triage), /Accepted\. The visit: confirmed/);
});
