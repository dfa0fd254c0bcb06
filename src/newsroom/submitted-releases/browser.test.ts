import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shoot } from '../../../test/fixtures/browser-pages.ts';
import { draft, idOf, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { axeViolations, desktop, measureOverflow, openBrowser } from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';

test('a lead reads a release that waits on a phone, and stops it with script off', async (t) => {
  const room = await openNewsroom(t);
  const lead = await room.member(room.council, ['safeguarding lead'], 'Lee Lead');
  const address = await draft(room.writer, room.signed.id);
  assert.equal((await room.writer.post(`${address}/submit`, { revision: 1 })).statusCode, 303);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const by = { method: 'password', sharedWorkstation: false } as const;
  const browser = await openBrowser(t);
  for (const [name, options] of [
    ['phone-night', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ['desk', desktop],
    ['phone-plain', { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }],
  ] as const) {
    const context = await browser.newContext(options);
    const token = await openSession(room.db, lead.id, room.clock.now(), by);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(`${base}/staff/more`);
    await page.getByRole('link', { name: 'Releases that you can stop' }).click();
    await page.getByRole('link', { name: /Eight business addresses/ }).click();
    await shoot(page, `submitted-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    if (name !== 'phone-plain') assert.deepEqual(await axeViolations(page), [], name);
    else {
      await page.getByLabel('A person could be recognised').check();
      await page.getByRole('button', { name: 'Stop this release' }).click();
      await page.getByText('This text was stopped').waitFor();
      await shoot(page, 'submitted-stopped');
    }
    await context.close();
  }
  const writer = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const token = await openSession(room.db, room.partner.member.id, room.clock.now(), by);
  await writer.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
  const page = await writer.newPage();
  await page.goto(`${base}/staff/releases/${idOf(address)}/approve`);
  await page.getByText('A person could be recognised').waitFor();
  await shoot(page, 'submitted-approver');
  assert.equal(await measureOverflow(page), 0);
  await writer.close();
});

test('a lead withdraws a published release on a phone, with script off', async (t) => {
  const room = await openNewsroom(t);
  const lead = await room.member(room.council, ['safeguarding lead'], 'Lee Lead');
  const address = await draft(room.writer, room.signed.id);
  await publish(room, address);
  await room.app.listen({ port: 0 });
  const base = `http://localhost:${(room.app.server.address() as { port: number }).port}`;
  const browser = await openBrowser(t);
  const by = { method: 'password', sharedWorkstation: false } as const;
  const token = await openSession(room.db, lead.id, room.clock.now(), by);
  const plain = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };
  for (const [name, options] of [
    ['desk', desktop],
    ['phone-plain', plain],
  ] as const) {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    await page.goto(`${base}/staff/submitted-releases/${idOf(address)}`);
    await page.getByText('Everybody can read it now').waitFor();
    await shoot(page, `published-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    if (name === 'desk') assert.deepEqual(await axeViolations(page), []);
    else {
      await page.getByLabel('A person could be in danger').check();
      await page.getByLabel('Withdraw this release now').check();
      await page.getByRole('button', { name: 'Stop and withdraw this release' }).click();
      await page.getByText('Copies in feed readers, e-mails and on other sites stay').waitFor();
      await shoot(page, 'published-withdrawn');
    }
    await context.close();
  }
});
