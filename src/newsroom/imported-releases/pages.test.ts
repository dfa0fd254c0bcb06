import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import {
  axeViolations,
  desktop,
  measureOverflow,
  narrowest,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { deceiving, written } from './examples.ts';

const model = readFileSync(new URL('../release-reading/fixtures/hertfordshire-2019-09-25.md', import.meta.url), 'utf8');
/** Uneven, crowded, and with words that do not break. */
const unwieldy = written({
  title: `Very long words ${'x'.repeat(120)}`,
  body: `* ### A point\n\n * ### Another\n\n# A heading\n\n<script>alert(1)</script> Visit www.${'long.'.repeat(30)}example.org for help.\n\n${'Unbroken'.repeat(60)}`,
});

async function openArchive(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-24', time: '10:00' });
  const member = await application.member(await application.agency(), ['press'], 'Wren Writer');
  const press = await application.signIn(member);
  const token = await openSession(application.db, member.id, application.clock.now(), {
    method: 'password',
    sharedWorkstation: false,
  });
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const page = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
    return context.newPage();
  };
  const read = async (text: string): Promise<string> =>
    String((await press.post('/staff/imported-releases/import', { text, fileName: 'release.md' })).headers.location);
  return { base, page, read };
}

test('every page of the archive is sound to axe, and none sticks out, at any width, by day and by night', async (t) => {
  const { page, base, read } = await openArchive(t);
  const addresses = ['/staff/imported-releases/import', '/staff/imported-releases?words=nowhere'];
  for (const text of [model, unwieldy, deceiving, written({ body: 'Nothing much.' })]) addresses.push(await read(text));
  for (let number = 0; number < 21; number += 1) await read(written({ title: `Week ${number}` }));
  addresses.push('/staff/imported-releases', '/staff/imported-releases?page=2', `${addresses[2]}/remove`);
  for (const look of [
    { ...narrowest, colorScheme: 'dark' },
    phone,
    { ...desktop, colorScheme: 'dark' },
    desktop,
  ] as const) {
    const looking = await page(look);
    for (const address of addresses) {
      await looking.goto(base + address);
      const name = `${address} at ${look.viewport?.width} px`;
      assert.deepEqual(await axeViolations(looking), [], name);
      assert.equal(await measureOverflow(looking), 0, name);
    }
    await looking.context().close();
  }
});

test('by keyboard and without script, a release is pasted, refused with its line, mended and read in', async (t) => {
  const { page, base } = await openArchive(t);
  const typing = await page({ ...phone, javaScriptEnabled: false });
  await typing.goto(`${base}/staff/imported-releases/import`);
  await typing.locator('#text').focus();
  await typing.keyboard.insertText('---\narea: Leashire\narea: Oakshire\n---\nText');
  const send = async (): Promise<void> => {
    await typing.getByRole('button', { name: 'Import it' }).focus();
    await Promise.all([typing.waitForNavigation(), typing.keyboard.press('Enter')]);
  };
  await send();
  const summary = typing.locator('.govuk-error-summary');
  assert.match(await summary.innerText(), /Line 3: a key of the front matter is given twice/);
  assert.equal(await summary.getByRole('link').getAttribute('href'), '#text');
  assert.match(await typing.locator('main').innerText(), /Line 3 stands in the way[\s\S]*area: Oakshire/);
  await typing.locator('#text').focus();
  await typing.keyboard.press('Control+A');
  await typing.keyboard.insertText(model);
  await send();
  assert.match(await typing.locator('h1').innerText(), /^Hertfordshire Constabulary joins/);
  await typing.getByRole('link', { name: 'What it claims' }).focus();
  await typing.keyboard.press('Enter');
  await typing.waitForURL(/#claims$/);
  const headings = await typing.locator('main h2, main caption').allInnerTexts();
  assert.deepEqual(
    headings.filter((text) => /^(?:What|The release)/.test(text)),
    ['What would not pass today', 'What is odd', 'What it claims', 'The release'],
  );
});

test('a phone at night without script shows what deceives, the figures not read, and links that dial what they show', async (t) => {
  const { page, base, read } = await openArchive(t);
  const looking = await page({
    ...phone,
    viewport: { width: 360, height: 780 },
    colorScheme: 'dark',
    javaScriptEnabled: false,
  });
  for (const [name, text] of [
    ['deceiving', deceiving],
    ['model', model],
  ] as const) {
    await looking.goto(base + (await read(text)));
    assert.equal(await measureOverflow(looking), 0, name);
    for (const link of await looking.locator('a[href^="tel:"]').all()) {
      const [address, shown] = [await link.getAttribute('href'), await link.innerText()];
      assert.equal(address, `tel:${shown.replaceAll(/\D/g, '')}`, 'the digits that it shows');
    }
  }
  await looking.goto(base + (await read(`${deceiving}\n`)));
  assert.equal(await looking.locator('a[href^="tel:"]').count(), 2);
  assert.match(await looking.locator('h1').innerText(), /Week\[U\+202E\] of action/);
  assert.match(await looking.locator('#unread').innerText(), /47[\s\S]*The choir sang 47 songs/);
  assert.match(await looking.locator('#odd').innerText(), /looks like northam\.police\.uk/);
  assert.deepEqual(await looking.getByRole('link', { name: 'Figures not read' }).getAttribute('href'), '#unread');
});
