import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  type DemonstrationApplication,
  demonstrationDay,
  openDemonstration,
} from '../../test/fixtures/demonstration.ts';
import { desktop, openBrowser, phone } from '../../test/harness/browser.ts';
import { exampleEmail, type MemberKey, members } from '../tour/index.ts';

const day = { day: '24', month: '11', year: '2026' };

/** Signs a member in through the form. */
async function signIn(browser: Browser, base: string, who: MemberKey, options: object): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const member = members.find(({ key }) => key === who) ?? members[0];
  await page.goto(`${base}/staff`);
  await page.getByLabel('Email address').fill(exampleEmail(member));
  await page.getByLabel('Password').fill('only for tests');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Your work' }).waitFor();
  return page;
}

async function fillDay(page: Page, name: string): Promise<void> {
  for (const [part, value] of Object.entries(day)) await page.locator(`#${name}-${part}`).fill(value);
}

/** The link or button with this label. */
const click = (page: Page, words: string | RegExp): Promise<void> =>
  page.locator('main a, main button').filter({ hasText: words }).first().click();

/** Sends the form of the page; where one has several buttons, the first. */
const send = (page: Page): Promise<void> => page.locator('main form:last-of-type button').first().click();

const heading = (page: Page): Promise<string> => page.locator('h1').first().innerText();

async function planVisit(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/staff/operations`);
  await click(page, 'Operation Kestrel');
  await click(page, 'Premises and powers');
  await click(page, 'Add premises');
  await page.locator('#business').selectOption('car wash');
  await page.locator('#name').fill('Millpond Cars');
  await page.locator('#address').fill('1 Millpond Road');
  await page.locator('#town').fill('Watford');
  await page.locator('input[name=dwelling][value=no]').check();
  await page.locator('input[name=priority][value=low]').check();
  await page.locator('#reason').fill('A driver reported that nobody there is ever paid on a Friday.');
  await page.locator('#basis').selectOption('consent');
  await page.getByLabel('speak with people and offer help', { exact: false }).check();
  await page.locator('#teamId').selectOption({ label: 'Blue team' });
  await fillDay(page, 'day');
  await page.locator('#starts').fill('11:30');
  await send(page);
  assert.match(await heading(page), /Millpond Cars/);
  assert.match(await page.locator('main').innerText(), /Blue team/);
}

async function recordVisit(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/staff/visits`);
  await click(page, /Millpond Cars/);
  await click(page, 'We have arrived');
  await page.locator('input[name=answer][value="entered"]').check();
  await page.locator('#answeredBy').fill('the owner');
  await page.locator('#present').fill('3');
  await page.locator('#time').fill('11:35');
  await send(page);

  assert.match(page.url(), /entry$/, 'the power comes after what happened at the door');
  await page.locator('input[name=power][value="planned"]').check();
  await send(page);

  assert.match(page.url(), /encounters\/new$/, 'after the power comes the first person met');
  await page.locator('input[name=place][value="works there"]').check();
  await page.locator('input[name=spokenTo][value="spoken to"]').check();
  await page.locator('input[name=age][value="adult"]').check();
  await page.locator('input[name=interpreter][value="not needed"]').check();
  await send(page);

  assert.match(page.url(), /\/staff\/safeguarding\/encounters\/.+\/note/, 'what she says goes behind the wall at once');
  await page.locator('input[name=advice][value="rights at work"]').check();
  await page.locator('input[name=understood][value="yes"]').check();
  await page.locator('input[name=outcomes][value="took a card"]').check();
  await send(page);

  await page.goto(`${base}/staff/visits`);
  await click(page, /Millpond Cars/);
  await click(page, 'We have left');
  await page.locator('#time').fill('11:55');
  await send(page);
  await click(page, 'Finish the visit');
  await send(page);
  assert.match(await page.locator('main').innerText(), /finished/i);
}

async function countAndSign(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/staff/returns`);
  await click(page, /Operation Lantern/);
  await click(page, /Count/);
  await send(page);
  await page.waitForURL(/\/staff\/returns\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /Premises visited|premises at which a team arrived/i);
  await click(page, 'Sign this return');
  await page.locator('input[name=stage][value=final]').check();
  await send(page);
  assert.match(await page.locator('main').innerText(), /Waits for a second signature/);
}

async function countersign(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/staff`);
  await click(page, /Countersign/);
  await send(page);
  assert.match(await page.locator('main').innerText(), /Countersigned/);
}

async function draftRelease(page: Page, base: string): Promise<string> {
  await page.goto(`${base}/staff/newsroom`);
  await click(page, /[Dd]raft/);
  if (!/\/draft$/.test(page.url())) await click(page, /Draft/);
  await send(page);
  assert.match(page.url(), /\/staff\/releases\/[0-9a-f-]{36}$/);
  const release = page.url();
  await click(page, 'Edit');
  await page.locator('#title').fill('Eight addresses visited in a week against sexual exploitation');
  await send(page);
  await click(page, 'Submit for approval');
  return release;
}

async function approve(page: Page, release: string): Promise<void> {
  await page.goto(`${release}/approve`);
  await send(page);
  assert.match(await page.locator('main').innerText(), /approved/i);
}

async function publish(page: Page, release: string): Promise<void> {
  await page.goto(`${release}/publish`);
  await send(page);
  assert.match(await page.locator('main').innerText(), /published/i);
}

async function readAsPublic(browser: Browser, base: string, options: object): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${base}/news`);
  await click(page, 'Eight addresses visited in a week against sexual exploitation');
  const text = await page.locator('main').innerText();
  assert.match(text, /Four people were arrested at two addresses in Watford\./);
  assert.doesNotMatch(text, /immigration matters/, 'nobody decided to name the immigration agency');
  assert.doesNotMatch(text, /\{\{|undefined/);
  for (const [feed, type] of [
    ['atom', /atom/],
    ['rss', /rss/],
    ['json', /json/],
  ] as const) {
    const answer = await page.request.get(`${base}/news/feed.${feed}`);
    assert.match(answer.headers()['content-type'] ?? '', type);
    assert.match(await answer.text(), /Eight addresses visited/);
  }
  const markdown = await (await page.request.get(`${page.url()}.md`)).text();
  assert.match(markdown, /^```yaml\narea: Hertfordshire\nog:\n {2}description: /);
  assert.deepEqual(await context.cookies(), [], 'the public page sets no cookie');
  await context.close();
}

/** The clock is frozen, except for the minute in which a page is published. */
async function walk(application: DemonstrationApplication, browser: Browser, options: object): Promise<void> {
  await application.app.listen({ port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${(application.app.server.address() as { port: number }).port}`;
  await planVisit(await signIn(browser, base, 'planner', options), base);
  await recordVisit(await signIn(browser, base, 'officer', { ...options, ...phone }), base);
  await countAndSign(await signIn(browser, base, 'analyst', options), base);
  await countersign(await signIn(browser, base, 'commander', options), base);
  const press = await signIn(browser, base, 'press', options);
  const release = await draftRelease(press, base);
  await approve(await signIn(browser, base, 'press2', options), release);
  await publish(press, release);
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  await new Promise((done) => setTimeout(done, 1_100)); // The public cache is refreshed once a second.
  await readAsPublic(browser, base, options);
}

for (const [name, javaScriptEnabled] of [
  ['without script', false],
  ['with script', true],
] as const) {
  test(`from plan to published release, in a browser, ${name}`, async (t) => {
    const application = await openDemonstration(t);
    assert.equal(application.clock.today(), demonstrationDay);
    const browser = await openBrowser(t);
    await walk(application, browser, { ...desktop, javaScriptEnabled });
  });
}
