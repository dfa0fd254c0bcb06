import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openNewsroom } from '../../../test/fixtures/releases.ts';
import { openBrowser } from '../../../test/harness/browser.ts';
import { addPublished } from '../releases/examples.ts';

const title = 'Eleven addresses visited and six people safeguarded in a week of action against modern slavery';
const note = 'An earlier text gave another number of addresses, because two of them were counted twice. '.repeat(4);

test('on a phone without script the emergency number is on the first screen, and languages can be chosen', async (t) => {
  const { app, db, force, analyst, signed } = await openNewsroom(t);
  const corrections = [1, 2, 3].map(() => ({ at: '2026-09-19T09:00:00Z', note }));
  const from = { agency: force, member: analyst, from: signed };
  const slug = await addPublished(db, from, { title, corrections });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/news/${slug}`);
  const link = page.getByRole('main').getByRole('link', { name: '999' }).first();
  const box = await link.boundingBox();
  assert.ok(box && box.y + box.height <= 640, `at ${box?.y}`);
  const languages = page.locator('.sl-languages');
  await languages.getByText('Languages').click();
  await languages.getByRole('link', { name: 'Cymraeg' }).click();
  assert.match(page.url(), /\?language=cy$/);
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /Eleven addresses visited/);
  const translated = page.locator('#emergency');
  assert.match(await translated.innerText(), /999/);
  assert.doesNotMatch(await translated.innerText(), /In an emergency/, 'in the language of the reader');
  await context.close();
});
