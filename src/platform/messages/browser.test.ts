import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { openMailServer, openTextServer } from '../../../test/fixtures/message-servers.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { newId } from '../../vocabulary/ids.ts';
import { notify } from '../notifications/store.ts';

test('without script one press opens a notification and marks it as read, and Back marks nothing', async (t) => {
  const { base, pageOf, db, agency, member, clock } = await openForBrowser(t, (environment) =>
    openApplication(t, { environment }),
  );
  const council = await agency('council');
  const lead = await member(council, ['analyst'], 'Ines Lead');
  const news = { subject: null, ownerId: council.id, to: { member: lead.id }, madeAt: clock.now() } as const;
  await notify(db, [
    { ...news, kind: 'return to sign' },
    { ...news, kind: 'case news' },
  ]);
  const page = await pageOf(lead, { javaScriptEnabled: false });
  await page.goto(`${base}/staff/notifications`);
  await page.getByRole('button', { name: 'A return is ready to sign' }).press('Enter');
  await page.waitForURL(/staff.returns/);
  await page.getByRole('link', { name: 'Notifications (1)' }).waitFor();
  await page.goBack();
  await page.reload();
  await page.getByRole('link', { name: 'Notifications (1)' }).waitFor();
});

test('a member opens a notification from the header, confirms an e-mail address and sets quiet hours', async (t) => {
  const [mail, gateway] = [await openMailServer(t), await openTextServer(t)];
  const world = await openForBrowser(t, (environment) =>
    openApplication(t, { environment: { ...environment, ...mail.environment, ...gateway.environment } }),
  );
  const { base, pageOf, db, agency, member, clock } = world;
  const council = await agency('council');
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const lead = await member(council, ['safeguarding lead', 'administrator'], 'Ines Lead');
    const to = { member: lead.id };
    const news = { subject: null, ownerId: council.id, to, madeAt: clock.now() } as const;
    await notify(db, [
      { ...news, kind: 'case news' },
      { ...news, kind: 'urgent case news' },
      { ...news, kind: 'return to sign' },
      { ...news, kind: 'not opened' },
    ]);
    const page = await pageOf(lead, options);
    const looked = async (name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
    };
    await page.goto(`${base}/staff`);
    await looked('1-home');
    await page.getByRole('button', { name: 'Urgent: nobody has opened an urgent notification' }).press('Enter');
    await page.getByRole('link', { name: 'Notifications (3)' }).click();
    await looked('2-list');
    await page.getByRole('button', { name: 'Urgent: there is something new in your cases' }).click();
    await page.getByRole('link', { name: 'Notifications (2)' }).click();
    await page.getByRole('link', { name: 'Get an e-mail or text when something is new' }).click();
    await page.getByRole('heading', { name: 'Messages outside Safelight' }).waitFor();
    await looked('3-none');
    await page.getByRole('link', { name: 'Add your e-mail address' }).click();
    await page.getByLabel('E-mail address').fill('ines@council.example');
    await looked('4-address');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
    await looked('5-code');
    await page.getByLabel('Code').fill(/\b(\d{6})\. It works/.exec(mail.mails.at(-1)?.source ?? '')?.[1] ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('ines@council.example').waitFor();
    await page.getByRole('link', { name: 'Change your quiet hours' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No messages from 20:00 to 07:00.').waitFor();
    await looked('6-set');
    await page.getByRole('link', { name: 'Change your e-mail address' }).click();
    await page.getByLabel('E-mail address').fill('ines.lead@council.example');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('until you confirm ines.lead@council.example').waitFor();
    await looked('6-changed-code');
    await page.getByRole('link', { name: 'Messages outside Safelight' }).first().click();
    await page.getByText('Messages go to ines@council.example until you confirm').waitFor();
    await page.getByRole('link', { name: 'Enter the code' }).waitFor();
    await looked('6-changed');
    const of = { memberId: lead.id, agencyId: council.id, urgent: false, dueAt: clock.now(), madeAt: clock.now() };
    const messages = [
      { channel: 'email', state: 'refused', reason: 'EENVELOPE_550', settledAt: clock.now() },
      { channel: 'email', state: 'unknown', reason: 'ETIMEDOUT', settledAt: clock.now() },
      { channel: 'text', state: 'again', reason: 'HTTP_401', settledAt: null },
      { channel: 'text', state: 'refused', reason: 'HTTP_400', settledAt: clock.now() },
    ].map((one) => ({ ...of, ...one, id: newId(), notices: [newId()] }));
    await db.insertInto('notificationMessages').values(messages).execute();
    await page.goto(`${base}/staff/notifications/delivery`);
    await page.getByText('does not accept the settings of this site').first().waitFor();
    await looked('7-delivery');
    await page.getByRole('link', { name: 'Notifications (2)' }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Notifications', exact: true }).waitFor();
  }
  assert.deepEqual(faults, []);
});
