import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { historyOf, lookAgain, openElsewhere } from '../../../test/assurance/public/private-journey/leaving.ts';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { enterJourney } from './visitor.ts';

async function openWalk(t: TestContext) {
  const elsewhere = await openElsewhere();
  t.after(elsewhere.close);
  const { app } = await openAttended(t, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  return { browser: await openBrowser(t), base, elsewhere: elsewhere.address };
}

test('with script, leaving does not wait for the server: it works when nothing answers any more', async (t) => {
  const { browser, base, elsewhere } = await openWalk(t);
  const page = await browser.newPage(phone);
  await enterJourney(page, base, '/help', 'uk');
  await page.route(`${base}/**`, (route) => route.abort());
  await page.locator('#exit').click();
  await page.waitForURL(elsewhere);
});

test('on a small screen, without script, in Arabic: read, choose, leave, press Back', async (t) => {
  const { browser, base, elsewhere } = await openWalk(t);
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await enterJourney(page, base, undefined, 'ar');
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  assert.match(await page.locator('#exit').innerText(), /اخرج الآن\s+Exit now/, 'beside its English');
  await page.locator('main button[value="/help?who=me"]').click();
  await page.getByText('من يستطيع المساعدة الآن').waitFor();
  assert.equal(
    await page.locator('main [lang="en"]:not([dir="ltr"])').count(),
    0,
    'what is English only runs as English does',
  );
  await page.locator('#danger-yes').check();
  await page.getByRole('button', { name: 'أظهر من يستطيع المساعدة' }).click();
  await page.getByRole('heading', { name: 'اتصل الآن' }).waitFor();
  assert.equal(page.url(), base + privateEntrance, 'the address does not show the choices');
  await page.locator('#exit').click();
  await page.waitForURL(elsewhere);
  const texts = await lookAgain(page, base, 'Back and reload, to the start');
  assert.equal(texts.length, 8, 'three pages and the door, each by Back and by reload');
  for (const text of texts) assert.doesNotMatch(text, /Call now|اخرج|اتصل/);
  assert.ok(
    texts.some((text) => text.includes('Tiếng Việt')),
    'who sends again comes to the door',
  );
});

test('after exit the pages of the named site from before stay in the history, as the page about exit says', async (t) => {
  const { browser, base, elsewhere } = await openWalk(t);
  for (const way of ['Read this privately', 'Tell us'] as const) {
    const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${base}/help`);
    assert.match(
      await page.locator('footer').innerText(),
      /After you choose a language, its pages have an exit button/,
    );
    if (way === 'Tell us') {
      await page.locator('nav').getByRole('link', { name: way }).click();
      await page.locator('main button[value="short"]').click();
      await page.locator('#what').fill('Three people sleep in a shed.');
    } else {
      await page.locator('footer').getByRole('link', { name: way }).click();
      await page.locator('#door button[value="en"]').click();
      await page.locator('button[form="go"][value="/leaving"]').first().click();
      await page
        .getByText('The pages that you saw before you came here stay in the browser’s history, and Back can show them.')
        .waitFor();
    }
    await page.locator('#exit').click();
    await page.waitForURL(elsewhere);
    const { entries } = await historyOf(page);
    assert.ok(entries.some(({ url }) => url === `${base}/help`));
    const texts = await lookAgain(page, base, 'Back and reload, to the start');
    assert.ok(
      texts.some((text) => text.includes('Who can help now')),
      `${way}: Back shows the page from before`,
    );
    await context.close();
  }
});
