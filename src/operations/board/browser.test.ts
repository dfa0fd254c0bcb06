import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { desktop, openBrowser } from '../../../test/harness/browser.ts';
import { sessionCookie } from '../../platform/http/sites.ts';

test('the board follows a visit without being reloaded', async (t) => {
  const { app, signIn, officer, planner, planned, operation } = await aTeam(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const context = await (await openBrowser(t)).newContext(desktop);
  const { token } = await signIn(planner);
  await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${base}/staff/operations/${operation.id}/board`);
  const board = page.locator('[data-module="sl-board"]');
  assert.match(await board.innerText(), /Not started/);
  await (await signIn(officer)).post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  await page.clock.runFor(30_000);
  await board.getByText('Inside', { exact: true }).waitFor();
  assert.match(await board.innerText(), /Team 1[\s\S]*Inside/);
  assert.match(
    await board.getByRole('alert').innerText(),
    /no commander has decided on this visit\. Call its team leader/,
  );
  await context.close();
});
