import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { shoot } from '../../../test/fixtures/browser-pages.ts';
import { draft, idOf, type Newsroom, openNewsroom } from '../../../test/fixtures/releases.ts';
import { axeViolations, desktop, measureOverflow, openBrowser } from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { getRelease } from '../releases/store.ts';

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 } };

async function openEditor(t: Parameters<typeof openBrowser>[0], room: Newsroom) {
  const address = await draft(room.writer, room.signed.id);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const by = { method: 'password', sharedWorkstation: false } as const;
  const token = await openSession(room.db, room.writer.member.id, room.clock.now(), by);
  const browser = await openBrowser(t);
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(`${base}${address}/edit`);
    return page;
  };
  return { address, open, stored: () => getRelease(room.db, idOf(address)) };
}

const preview = (page: Page) => page.locator('#preview');
const typed = 'Teams made {eight visits}. They met 17 people.';

test('while somebody types, the preview beside shows the figures filled in and what the check finds, and nothing is saved', async (t) => {
  const room = await openNewsroom(t);
  const { open, stored, address } = await openEditor(t, room);
  const before = await stored();
  for (const [name, options] of [
    ['desk', desktop],
    ['desk-night', { ...desktop, colorScheme: 'dark' }],
    ['phone', phone],
  ] as const) {
    const page = await open(options);
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.getByLabel('Description').fill(typed);
    await preview(page).getByText('Teams made eight visits. They met').waitFor();
    assert.match(await preview(page).innerText(), /What to correct[\s\S]*Description: 17/, name);
    assert.doesNotMatch(await preview(page).innerText(), /[{}]/, 'no brackets and no placeholders');
    assert.equal(await page.getByLabel('Description').inputValue(), typed);
    await page.getByLabel('Description').fill('Teams made {eight visits}.');
    await preview(page).getByText('Teams made eight visits.', { exact: false }).waitFor();
    await preview(page).getByText('They met').waitFor({ state: 'detached' });
    await shoot(page, `live-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    assert.deepEqual(await axeViolations(page), [], name);
    assert.deepEqual(faults, [], 'the policy of the page allows all of it');
    await page.context().close();
  }
  assert.deepEqual(await stored(), before);

  const page = await open(desktop);
  await page.route(`**${address}/preview`, (route) => route.abort());
  await page.getByLabel('Description').fill(typed);
  await page.getByText('The preview is not up to date').waitFor();
  assert.equal(await page.getByLabel('Description').inputValue(), typed, 'no text is lost');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Teams made eight visits. They met').first().waitFor();
  assert.equal((await stored()).description, 'Teams made {{visits.made|visit|visits}}. They met 17 people.');
});

test('without script the button “Preview” shows the same at 360 pixels, keeps what was typed, and saves nothing', async (t) => {
  const room = await openNewsroom(t);
  const { open, stored } = await openEditor(t, room);
  const before = await stored();
  const page = await open({ ...phone, javaScriptEnabled: false });
  assert.ok(await page.getByText('This is the saved text.').isVisible());
  await page.getByLabel('Description').fill(`${typed} {ten arrests}`);
  await page.getByLabel('Area', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Preview' }).click();
  await shoot(page, 'live-without-script');
  assert.ok(await page.getByText('This is what you typed. It is not saved yet.').isVisible());
  assert.match(await preview(page).innerText(), /Teams made eight visits\. They met 17 people\./);
  assert.match(await preview(page).innerText(), /\{ten arrests\} is not a figure that Safelight knows/);
  assert.equal(await page.getByLabel('Description').inputValue(), `${typed} {ten arrests}`);
  assert.equal(await page.getByLabel('Area', { exact: true }).inputValue(), '');
  assert.equal(await measureOverflow(page), 0);
  assert.deepEqual(await stored(), before);
  await page.getByLabel('Description').fill('Teams made {eight visits}.');
  await page.getByLabel('Area', { exact: true }).fill('Leashire');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Teams made eight visits.').first().waitFor();
  assert.equal((await stored()).revision, before.revision + 1);
});
