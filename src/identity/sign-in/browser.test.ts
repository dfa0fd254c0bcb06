import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { addAccount, password } from '../../../test/fixtures/sign-in.ts';
import { axeViolations, desktop, measureOverflow, narrowest, openBrowser } from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';

async function withAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

test('in a real browser a passkey is added, signs in, and does not when its holder does not unlock it', async (t) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const application = await openApplication(t, { environment: { SAFELIGHT_MODE: 'live', SAFELIGHT_ORIGIN: origin } });
  const member = await addAccount(application);
  await application.app.listen({ port, host: 'localhost' });
  const browser = await openBrowser(t);
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refusals.push(message.text());
  });
  const { cdp, authenticatorId } = await withAuthenticator(page);

  await page.goto(`${origin}/staff/sign-in`);
  await page.getByLabel('Email address').fill('asha@example.org');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name', { exact: true }).fill('test phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('link', { name: 'How you sign in' }).click();
  await page.getByText('test phone', { exact: true }).first().waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${origin}/staff/sign-in`);
  assert.equal(await page.getByText('To use a passkey, you need a browser').count(), 0, 'the island has taken over');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Nothing was unlocked in time').waitFor();
  assert.equal((await context.cookies()).find(({ name }) => name === 'safelight')?.value, undefined);

  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/\/staff\/?(signed-in.*)?$/);
  assert.match(await page.locator('header').innerText(), /Asha Test/);
  const sessions = await application.db
    .selectFrom('sessions')
    .select(['method', 'memberId'])
    .where('endedAt', 'is', null)
    .execute();
  assert.deepEqual(sessions, [{ method: 'passkey', memberId: member.id }]);
  assert.deepEqual(refusals, []);
});

test('the pages of signing in are sound, by day and by night, and say without script what to do', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  for (const look of [
    { ...desktop, colorScheme: 'light' as const },
    { ...narrowest, colorScheme: 'dark' as const },
  ]) {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const sound = async () => {
      assert.deepEqual(await axeViolations(page), [], page.url());
      assert.equal(await measureOverflow(page), 0, page.url());
    };
    await page.goto(`${base}/staff/sign-in`);
    await sound();
    await page.getByLabel('Email address').fill('asha@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByLabel('Others use this computer too').check();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Shared computer.').waitFor();
    for (const url of [
      'sessions',
      'credentials',
      'credentials/passkeys/new',
      'credentials/code/new',
      'credentials/recovery-codes',
      'credentials/password',
      'signed-in',
    ]) {
      await page.goto(`${base}/staff/${url}`);
      await sound();
    }
    await context.close();
  }
  const plain = await browser.newContext({ ...desktop, javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${base}/staff/sign-in`);
  assert.equal(
    await page
      .getByText('To use a passkey, you need a browser that supports passkeys and has JavaScript turned on')
      .isVisible(),
    true,
  );
  assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false);
  await plain.close();
});
