import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../src/identity/agencies/index.ts';
import { shoot } from '../fixtures/browser-pages.ts';
import { openNewsroom } from '../fixtures/releases.ts';
import { axeViolations, countOverflowingCards, measureOverflow, openBrowser } from '../harness/browser.ts';

test('on a phone every row of a list is a card: its action is in sight, and a screen reader still finds a table', async (t) => {
  const room = await openNewsroom(t);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const browser = await openBrowser(t);
  const open = async (memberId: string) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const token = await openSession(room.db, memberId as never, room.clock.now(), {
      method: 'password',
      sharedWorkstation: false,
    });
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    return context.newPage();
  };
  const press = await open(room.writer.member.id);
  const analyst = await open(room.analyst.id);
  for (const [page, path, action] of [
    [press, '/staff/newsroom/returns', /Draft a release/],
    [press, '/staff/newsroom', undefined],
    [analyst, '/staff/returns', /version 1/],
    [analyst, `/staff/returns/operations/${room.signed.operationId}`, undefined],
    [analyst, '/staff/published-numbers', undefined],
    [analyst, '/staff/returns/definitions/2026-11', undefined],
  ] as const) {
    const answer = await page.goto(base + path);
    assert.equal(answer?.status(), 200, path);
    await shoot(page, `phone-table-${path.split('/').slice(2, 4).join('-')}`);
    assert.equal(await measureOverflow(page), 0, path);
    const scrolls = await page
      .locator('.sl-scroll')
      .evaluateAll(
        (all) =>
          (all as unknown as { scrollWidth: number; clientWidth: number }[]).filter(
            ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
          ).length,
      );
    assert.equal(scrolls, 0, `${path}: nothing lies beyond the edge`);
    assert.equal(await countOverflowingCards(page), 0, path);
    assert.deepEqual(await axeViolations(page), [], path);
    if (action) {
      const link = await page.getByRole('table').getByRole('link', { name: action }).first().boundingBox();
      assert.ok(link && link.x + link.width <= 360, `${path}: its action is in sight`);
      assert.ok((await page.getByRole('columnheader').count()) > 2, path);
      assert.ok((await page.getByRole('cell').count()) > 2, path);
    }
  }
});

test('an error goes from the page when the form is sent again and a file arrives', async (t) => {
  const room = await openNewsroom(t);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const browser = await openBrowser(t);
  const context = await browser.newContext();
  const by = { method: 'password', sharedWorkstation: false } as const;
  const token = await openSession(room.db, room.analyst.id, room.clock.now(), by);
  await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
  const page = await context.newPage();
  await page.goto(`${base}/staff/returns/${room.signed.id}/export`);
  const make = page.getByRole('button', { name: 'Make the file' });
  await make.click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await page.getByLabel('A table as text (CSV)').check();
  await page.getByLabel('For a meeting, or our own file').check();
  await page.getByLabel('Who is it for, or what is the reference?').fill('Our own file');
  const arrives = page.waitForEvent('download');
  await make.click();
  await arrives;
  assert.equal(await page.getByRole('heading', { name: 'There is a problem' }).count(), 0);
  assert.equal(await page.locator('.govuk-error-message').count(), 0);
});
