import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { draft, idOf, type Newsroom, openNewsroom } from '../../../test/fixtures/releases.ts';
import { axeViolations, desktop, measureOverflow, narrowest, openBrowser } from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { getRelease } from '../releases/store.ts';

const small: BrowserContextOptions = { ...narrowest, viewport: { width: 360, height: 740 } };

async function openEditor(t: Parameters<typeof openBrowser>[0], room: Newsroom) {
  const address = await draft(room.writer, room.signed.id);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const token = await openSession(room.db, room.writer.member.id, room.clock.now(), {
    method: 'password',
    sharedWorkstation: false,
  });
  const browser = await openBrowser(t);
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(`${base}${address}/edit`);
    return page;
  };
  const stored = () => getRelease(room.db, idOf(address));
  return { address, base, open, stored };
}

/** The button beside a bracket of the list. */
const insertButton = (page: Page, bracket: string) => page.locator(`[data-insert="${bracket}"]`);

test('without script a figure is copied by hand at 360 pixels, and saved as a figure', async (t) => {
  const room = await openNewsroom(t);
  const { open, stored } = await openEditor(t, room);
  const page = await open({ ...small, javaScriptEnabled: false });
  assert.ok(await page.getByText('Copy the words with their brackets into the text.', { exact: true }).isVisible());
  assert.equal(await insertButton(page, '{eight visits}').isVisible(), false);
  assert.equal(await page.getByText('{eight visits}', { exact: true }).first().isVisible(), true);
  await page.getByLabel('Description').fill('Teams made {eight visits} and {ten arrests}.');
  await page.getByRole('button', { name: 'Save' }).click();
  assert.match(
    (await page.locator('#description-error').textContent()) ?? '',
    /\{ten arrests\} is not a figure that Safelight knows\. It stands in “Teams made \{eight visits\} and \{ten arrests\}\.”/,
  );
  assert.equal(await page.getByLabel('Description').inputValue(), 'Teams made {eight visits} and {ten arrests}.');
  await page.getByLabel('Description').fill('Teams made {eight visits}.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Teams made eight visits.').first().waitFor();
  assert.equal((await stored()).description, 'Teams made {{visits.made|visit|visits}}.');
});

test('with script a figure goes where the cursor was, by keyboard too, and the page is sound', async (t) => {
  const room = await openNewsroom(t);
  const { open, stored } = await openEditor(t, room);
  for (const options of [small, desktop, { ...desktop, colorScheme: 'dark' as const }]) {
    const page = await open(options);
    assert.equal(await measureOverflow(page), 0);
    assert.deepEqual(await axeViolations(page), []);
    await page.context().close();
  }
  const page = await open(small);
  const description = page.getByLabel('Description');
  await description.fill('We made  this week.');
  await description.evaluate((field) =>
    (field as unknown as { setSelectionRange: (a: number, b: number) => void }).setSelectionRange(8, 8),
  );
  await insertButton(page, '{eight visits}').focus();
  await page.keyboard.press('Enter');
  assert.equal(await description.inputValue(), 'We made {eight visits} this week.');
  assert.equal(await description.evaluate((field) => field === field.ownerDocument.activeElement), true);
  await page.keyboard.type(',');
  assert.equal(await description.inputValue(), 'We made {eight visits}, this week.');
  assert.equal(
    await page.getByRole('status').filter({ hasText: 'inserted' }).textContent(),
    '{eight visits} inserted into “Description”',
  );
  const title = page.getByLabel('Title', { exact: true });
  await title.fill('A week: ');
  await insertButton(page, '{four people were}').click();
  await page.keyboard.type(' arrested');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('We made eight visits, this week.').first().waitFor();
  const saved = await stored();
  assert.equal(saved.description, 'We made {{visits.made|visit|visits}}, this week.');
  assert.equal(saved.title, 'A week: {{arrests.made|person was|people were|nobody was}} arrested');
});
