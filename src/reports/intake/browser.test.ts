import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import {
  axeViolations,
  findFocusProblems,
  measureOverflow,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

/** Whether script runs, axe needs it: its own page is looked at, not the walk's. */
async function lookedAt(page: Page, where: string): Promise<void> {
  assert.equal(await measureOverflow(page), 0, `${where} sticks out`);
}

for (const javaScriptEnabled of [false, true])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'}, on a phone: tell, keep a list, be asked, answer, and nothing stays behind`, async (t) => {
    const port = await freePort();
    const application = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: `http://localhost:${port}` } });
    await application.app.listen({ port, host: 'localhost' });
    const browser = await openBrowser(t);
    const context = await browser.newContext({ ...phone, javaScriptEnabled });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    const addresses = new Set<string>();
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.port !== String(port)) elsewhere.push(request.url());
      addresses.add(url.pathname + url.search);
    });
    const next = nextOn(page);

    await enterJourney(page, `http://localhost:${port}`, '/report');
    await lookedAt(page, 'the first page');
    await next(stepByStep);
    await page.getByLabel('I noticed something about somebody else').check();
    await lookedAt(page, 'who');
    await next();
    await page.getByLabel('No', { exact: true }).check();
    await next();
    await page.getByLabel('What did you see, or what happens?').fill('Six men sleep above the shop');
    await lookedAt(page, 'what');
    await next();
    await page.getByLabel('Where', { exact: true }).fill('Above the bakery');
    await next('Back');
    assert.equal(await page.locator('textarea').inputValue(), 'Six men sleep above the shop');
    await next();
    assert.equal(await page.getByLabel('Where', { exact: true }).inputValue(), 'Above the bakery');
    for (
      let step = 0;
      step < 12 && (await page.getByRole('button', { name: 'Send', exact: true }).count()) === 0;
      step += 1
    )
      await next();
    await lookedAt(page, 'check');
    assert.match(await page.locator('main').innerText(), /Six men[\s\S]*Above the bakery/);
    await next('Send');
    const list = (await page.locator('.sl-receipt li').allInnerTexts()).join('\n');
    assert.equal(list.split('\n').length, 8);
    await lookedAt(page, 'sent');

    const reader = await application.signIn(application.readers.police);
    const [, id = ''] = /\/staff\/reports\/([0-9a-f-]{36})/.exec((await reader.get('/staff/reports')).body) ?? [];
    await reader.post(`/staff/reports/${id}/write`, {
      kind: 'asked',
      message: 'How many floors are there?',
      base: '0',
    });

    await enterJourney(page, `http://localhost:${port}`, '/report/return');
    await next('Go on');
    await page.getByLabel('Your list, or your digits').fill(list);
    await next('Open');
    await lookedAt(page, 'mailbox');
    assert.match(await page.locator('main').innerText(), /How many floors are there\?/);
    await page.getByLabel('Answer, or write more').fill('Three');
    await next('Send');
    assert.match(await page.locator('main').innerText(), /It was added/);
    await next('Close');
    assert.match(await page.locator('main').innerText(), /Closed\. Your report stays as it is/);
    assert.match((await reader.get(`/staff/reports/${id}`)).body, /Three/);

    assert.deepEqual(elsewhere, []);
    assert.deepEqual(await context.cookies(), []);
    for (const address of addresses) assert.doesNotMatch(address, /Six|bakery|Three|\?/, address);
    if (!javaScriptEnabled) return;
    const stored = await page.evaluate('JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])');
    assert.equal(stored, '[[],[]]');
  });

test('every page of the journey is legible, marked in focus and clean by axe, on a phone by day and by night', async (t) => {
  const port = await freePort();
  const application = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: `http://localhost:${port}` } });
  await application.app.listen({ port, host: 'localhost' });
  const browser = await openBrowser(t);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ ...phone, colorScheme })).newPage();
    const seen: string[] = [];
    const look = async () => {
      const title = await page.locator('h1').first().innerText();
      seen.push(title);
      await page.keyboard.press('Tab'); // Where somebody pressed with a finger, a browser marks no focus.
      assert.deepEqual(await axeViolations(page), [], title);
      assert.deepEqual(await findFocusProblems(page), [], title);
      assert.equal(await measureOverflow(page), 0, title);
    };
    const next = nextOn(page);
    await enterJourney(page, `http://localhost:${port}`, '/report');
    await look();
    await next(stepByStep);
    for (let step = 0; step < 16; step += 1) {
      await look();
      if ((await page.getByRole('button', { name: 'Send', exact: true }).count()) > 0) break;
      const first = page.getByRole('radio');
      const title = seen.at(-1) ?? '';
      if (/about/.test(title)) await page.getByLabel('It is happening to me').check();
      else if (/left? a way|danger/.test(title)) await page.getByLabel(/^Yes/).check();
      else if ((await first.count()) > 0) await first.first().check();
      await next((await page.getByRole('button', { name: 'Go on' }).count()) > 0 ? 'Go on' : 'Continue');
    }
    await next('Send');
    await look();
    assert.match(seen.at(-1) ?? '', /What happens to you/, 'without a sentence it is asked for');
    await page.locator('textarea').fill('They keep my passport');
    await next('To the end');
    await next('Send');
    await look();
    await enterJourney(page, `http://localhost:${port}`, '/report/return');
    await look();
    await next('Go on');
    await look();
    await page.getByLabel('Your list, or your digits').fill('three onions');
    await next('Open');
    await look();
    await next('Close');
    await look();
    assert.ok(new Set(seen).size >= 11, seen.join(' | '));
  }
});

test('with script, the browser works while its reader types; pressing Continue does not wait for it, and leaving ends it', async (t) => {
  const port = await freePort();
  const application = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: `http://localhost:${port}` } });
  await application.app.listen({ port, host: 'localhost' });
  const browser = await openBrowser(t);
  const page = await browser.newPage(phone);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (said) => said.type() === 'error' && wrong.push(said.text()));
  // The work may be done in a moment, on the first page too, so its script waits until Continue was pressed without it.
  const pressed = Promise.withResolvers<void>();
  await page.route('**/work.js', async (route) => {
    await pressed.promise;
    // The page that first asked for it may be gone.
    await route.continue().catch(() => {});
  });
  await enterJourney(page, `http://localhost:${port}`, '/report');
  await page.getByRole('button', { name: stepByStep, exact: true }).click();
  const work = page.locator('input[name="work"]');
  assert.equal(await work.inputValue(), '');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.locator('input[name="question"][value="now"]').waitFor({ state: 'attached' });
  pressed.resolve();
  await page.locator('input[name="work"]:not([value=""])[value]').waitFor({ state: 'attached', timeout: 90_000 });
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.locator('input[name="question"][value="what"]').waitFor({ state: 'attached' });
  assert.equal(await work.count(), 0, 'what was done was found good, and is not asked for again');
  assert.deepEqual(wrong, []);
});
