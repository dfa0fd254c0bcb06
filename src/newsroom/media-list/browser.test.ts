import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { openMailServer } from '../../../test/fixtures/message-servers.ts';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { openPressMail, sendNextNotice } from './queue.ts';
import { openRounds } from './queue-store.ts';

test('a press officer keeps the media list, and sees on a release whether each newsroom got its e-mail', async (t) => {
  const mail = await openMailServer(t);
  const room = await openForBrowser(t, (environment) =>
    openNewsroom(t, { environment: { ...environment, ...mail.environment } }),
  );
  const { base, pageOf, writer, config, databases, clock } = room;
  const sending = openPressMail(config, { databases, clock });
  assert.ok(sending);
  t.after(() => sending.close());
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `media-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const page = await pageOf(writer.member, options);
    await page.goto(`${base}/staff/media-contacts`);
    await looked(page, '1-empty');
    for (const [newsroom, address] of [
      [`Observer, ${look}`, `news-${look}@observer.example`],
      [`Valley Radio, ${look}`, `desk-${look}@valley.example`],
    ] as const) {
      await page.getByRole('button', { name: 'Add a newsroom' }).click();
      await page.getByLabel('Newsroom').fill(newsroom);
      await page.getByLabel('E-mail address').fill(address);
      await looked(page, '2-add');
      await page.getByRole('button', { name: 'Add the newsroom' }).click();
    }
    await page.getByRole('link', { name: `Take off Observer, ${look}` }).waitFor();
    await looked(page, '3-list');
    const address = await draft(writer, room.signed.id);
    await publish(room, address);
    await runChore(databases, clock, { name: 'x', everySeconds: 1, run: openRounds });
    await sendNextNotice(sending);
    await page.goto(`${base}${address}`);
    await page.getByText('Accepted by the mail server').first().waitFor();
    await looked(page, '4-release');
    while (await sendNextNotice(sending));
    await page.goto(`${base}/staff/media-contacts`);
    await page.getByRole('link', { name: `Take off Observer, ${look}` }).click();
    await page.getByText('gets no more e-mails').waitFor();
    await looked(page, '5-remove');
    await page.getByRole('button', { name: 'Take it off' }).click();
    await page.getByRole('link', { name: `Take off Valley Radio, ${look}` }).waitFor();
    assert.equal(await page.getByText(`Observer, ${look}`).count(), 0);
    await page.context().close();
  }
  assert.equal(mail.mails.length, 5, 'the desk list has one of the phone’s newsrooms left');
  assert.deepEqual(faults, []);
});
