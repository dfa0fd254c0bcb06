import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shoot } from '../../../test/fixtures/browser-pages.ts';
import { change, draft, formOf, idOf, openNewsroom } from '../../../test/fixtures/releases.ts';
import { axeViolations, desktop, measureOverflow, openBrowser } from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { getRelease } from './store.ts';

const planted =
  'Officers rescued a 34-year-old Moldovan woman from Watford. An address in Hemel Hempstead was visited. Forty-eight people were met. Call 01632 960123. Or call 01632 960124.';

test('a press officer with a phone sees the worst first, and puts one right at a press, with script off', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const { body = '' } = await formOf(room.writer, address);
  await change(room.writer, address, { body: `${body}\n\n${planted}` });
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const by = { method: 'password', sharedWorkstation: false } as const;
  const token = await openSession(room.db, room.writer.member.id, room.clock.now(), by);
  const browser = await openBrowser(t);
  for (const [name, options] of [
    ['phone', { viewport: { width: 360, height: 740 } }],
    ['phone-night', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ['desk', desktop],
    ['phone-plain', { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }],
  ] as const) {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(`${base}${address}`);
    const harms = await page.locator('#in-the-way h3').allInnerTexts();
    assert.deepEqual(harms, [...new Set(harms)], 'each heading once');
    assert.equal(harms[0], 'Words that describe one person', name);
    assert.ok(harms.indexOf('An exact age') < harms.indexOf('A detail that the publication policy keeps in'), name);
    for (const item of await page.locator('#in-the-way li').all())
      assert.ok((await item.locator('.govuk-button-group .govuk-button').count()) <= 1, 'one step each');
    await shoot(page, `findings-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    if (name !== 'phone-plain') assert.deepEqual(await axeViolations(page), [], name);
    else await page.getByRole('button', { name: 'Write “helped”' }).click();
    await context.close();
  }
  assert.match((await getRelease(room.db, idOf(address))).body, /Officers helped a 34-year-old/);
});
