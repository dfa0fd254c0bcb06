import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSubjectRequest, answerAllRequests } from '../../src/oversight/examples.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { addPerson } from '../../src/safeguarding/people/examples.ts';
import { runRetentionChores } from '../../src/safeguarding/retention/examples.ts';
import { openApplication } from '../fixtures/application.ts';
import { desktop, findPageProblems, openBrowser, phone } from '../harness/browser.ts';
import { freePort } from '../harness/ports.ts';

/** Where somebody asks for pictures of the pages to look at. */
const pictures = process.env.PICTURES_IN;

test('who answers for data says a rule, sees what would go, holds one record and orders that another goes', async (t) => {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const application = await openApplication(t, { environment: { SAFELIGHT_ORIGIN: base } });
  const { safeguardingDb, keys, clock } = application;
  const council = await application.agency('council', { name: 'Lea Vale County Council' });
  const caseworker = await application.member(council, ['partner caseworker'], 'Cas Worker');
  const protection = await application.member(council, ['data-protection lead'], 'Dora Lead');
  await application.app.listen({ port, host: 'localhost' });
  const browser = await openBrowser(t);
  const faults: string[] = [];
  for (const [look, options] of [
    ['desk', { ...desktop, colorScheme: 'dark' as const }],
    ['phone', { ...phone, javaScriptEnabled: false }],
  ] as const) {
    const held = await addPerson(safeguardingDb, keys, caseworker, clock.now(), { called: `Held ${look}` });
    const gone = await addPerson(safeguardingDb, keys, caseworker, clock.now(), { called: `Gone ${look}` });
    await addSubjectRequest(safeguardingDb, protection, [gone.id], 'erasure', clock.now());
    const { token } = await application.signIn(protection);
    const context = await browser.newContext(options);
    await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
    const page = await context.newPage();
    // Without script axe cannot check a page: the other test checks it.
    const looked = async (name: string): Promise<void> => {
      if (pictures) await page.screenshot({ path: `${pictures}/${look}-${name}.png`, fullPage: true });
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
    };
    await page.goto(`${base}/staff`);
    await page.getByRole('link', { name: 'Retention', exact: true }).click();
    await page.getByRole('heading', { name: 'Retention of people’s records' }).waitFor();
    await looked('1-dry-run');
    await page.getByRole('button', { name: 'Set a retention rule' }).click();
    await page.getByRole('button', { name: 'Save the decision' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await looked('2-rule');
    await page.getByLabel('People who were helped').check();
    await page.getByLabel('Kept for how many months').fill('24');
    await page.getByLabel('Destroyed like the other records, at any age').check();
    await page.getByLabel('Law, agreement or notice').fill('Privacy notice of 1 September 2026');
    await page.getByRole('button', { name: 'Save the decision' }).click();
    await page.getByText('24 months after the last help').waitFor();
    for (const [id, saying] of [
      [held.id, 'It must not be destroyed'],
      [gone.id, 'The person asked for erasure'],
    ] as const) {
      await page.goto(`${base}/staff/safeguarding/retention/${id}`);
      await looked('3-record');
      await page.getByLabel(saying).check();
      await page.getByLabel('Why', { exact: true }).fill('Proceedings under the reference LV 7 of 2026');
      await page.getByLabel('Day').fill('1');
      await page.getByLabel('Month').fill('12');
      await page.getByLabel('Year').fill('2027');
      await page.getByRole('button', { name: 'Save the decision' }).click();
      await page.getByText('Proceedings under the reference').waitFor();
    }
    await looked('4-said');
    await page.goto(`${base}/staff/safeguarding/retention`);
    await looked('5-what-goes');
    await page.getByRole('link', { name: 'End' }).first().click();
    await looked('6-end');
    await answerAllRequests(safeguardingDb, protection, clock.now());
    clock.move(new Date(clock.now().getTime() + 86_400_000));
    await runRetentionChores(application);
    const after = await application.signIn(protection);
    await context.addCookies([{ name: sessionCookie, value: after.token, url: `${base}/staff` }]);
    await page.goto(`${base}/staff/safeguarding/retention/certificates`);
    await page.getByText('no backup of the database opens it').first().waitFor();
    await looked('7-certificates');
    await context.close();
  }
  assert.deepEqual(faults, []);
  assert.equal((await safeguardingDb.selectFrom('persons').select('id').execute()).length, 2);
});
