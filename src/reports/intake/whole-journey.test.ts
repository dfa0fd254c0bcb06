import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { lookAgain, openElsewhere } from '../../../test/assurance/public/private-journey/leaving.ts';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { commentOf, exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { movedOn } from '../../../test/fixtures/report-browser.ts';
import { measureOverflow, openBrowser, phone } from '../../../test/harness/browser.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

const [told, more] = ['ستة رجال ينامون فوق المتجر', 'كل ليلة منذ مايو'];
const asked = 'Which floor do they sleep on?';

const press = (page: Page, value: string): Promise<void> =>
  movedOn(page, () => page.locator(`main button[name="press"][value="${value}"]`).first().click());
const question = async (page: Page): Promise<string> =>
  (await page.locator('main input[name="question"]').first().getAttribute('value')) ?? '';

test('from the right, on a phone without script: tell with a photo, keep the receipt, be asked, answer, leave, press Back', async (t) => {
  const elsewhere = await openElsewhere();
  t.after(elsewhere.close);
  const application = await openAttended(t, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const folder = await mkdtemp(join(tmpdir(), 'safelight-whole-way-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const photo = join(folder, 'IMG_0044.jpg');
  const exif = exifOf({ make: 'Kiln Row 44', place: [51.75, 0.34], at: '2026:09:17 22:10:00' });
  await writeFile(photo, withParts(await plainJpeg(320, 240), exif, commentOf('Kiln Row 44')));
  const browser = await openBrowser(t);
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  const shows = async (name: string): Promise<void> => {
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl', name);
    assert.equal(await measureOverflow(page), 0, name);
    assert.ok(await page.locator('#exit').isVisible(), name);
  };

  await enterJourney(page, base, '/report', 'ar');
  await shows('before');
  await press(page, 'begin');
  for (let pages = 0; (await question(page)) !== 'check'; pages += 1) {
    assert.ok(pages < 20, 'it leads nowhere');
    const step = await question(page);
    if (step === 'who') await page.locator('input[name="who"][value="me"]').check();
    if (step === 'reader') await page.locator('input[name="reader"][value="support"]').check();
    if (step === 'what') await page.locator('#what').fill(told);
    if (step === 'files') {
      await page.locator('#files').setInputFiles(photo);
      await press(page, 'files');
      assert.match(await page.locator('main').innerText(), /IMG_0044\.jpg/);
    }
    await shows(step);
    await press(page, 'next');
  }
  assert.ok((await page.locator('main').innerText()).includes(told));
  await shows('check');
  await page.locator('input[name="receipt"][value="digits"]').check();
  await press(page, 'send');
  await page.locator('.sl-receipt').waitFor();
  await shows('receipt');
  const lines = await page.locator('.sl-receipt li').allInnerTexts();
  const receipt = lines.length > 0 ? lines.join('\n') : await page.locator('.sl-receipt').innerText();
  await page.locator('#exit').click();
  await page.waitForURL(elsewhere.address);

  const adviser = await application.signIn(application.readers.help);
  const queue = await adviser.get('/staff/safeguarding/reports');
  const [, report = ''] = /\/staff\/safeguarding\/reports\/([\da-f-]{36})/.exec(queue.body) ?? [];
  const shown = await adviser.get(`/staff/safeguarding/reports/${report}`);
  assert.ok(shown.body.includes(told), 'an adviser reads it');
  assert.match(shown.body, /photo 1/);
  const written = await adviser.post(`/staff/safeguarding/reports/${report}/write`, {
    kind: 'asked',
    message: asked,
    base: '0',
  });
  assert.equal(written.statusCode, 303, written.body);

  await enterJourney(page, base, '/report/return', 'ar');
  await press(page, 'begin');
  await page.locator('#list').fill(receipt);
  await shows('come-back');
  await press(page, 'open');
  const mailbox = await page.locator('main').innerText();
  assert.ok(mailbox.includes(asked), mailbox);
  assert.equal(mailbox.includes(told), false, 'never what was told');
  await shows('asked');
  await page.locator('#words').fill(more);
  await press(page, 'add');
  await page.locator('main [role="status"]').waitFor();
  await shows('answered');
  await page.locator('#exit').click();
  await page.waitForURL(elsewhere.address);
  for (const text of await lookAgain(page, base, 'Back to the start'))
    for (const word of [told, more, asked, ...lines]) assert.equal(text.includes(word), false, `Back shows ${word}`);
  const { cookies, origins } = await context.storageState();
  assert.deepEqual([cookies, origins], [[], []]);
  assert.match((await adviser.get(`/staff/safeguarding/reports/${report}`)).body, new RegExp(more), 'the answer came');
});
