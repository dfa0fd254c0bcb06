import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import {
  axeViolations,
  countOverflowingCards,
  desktop,
  findFocusProblems,
  ignoreResubmitPage,
  measureOverflow,
  phone,
} from '../../../test/harness/browser.ts';
import { addReferral } from '../referrals/examples.ts';
import { addConsent, addDisclosure, addGrant } from './examples.ts';

const open = (t: TestContext) =>
  openForBrowser(t, async (environment) =>
    helpedIn(await openApplication(t, { today: '2026-09-18', time: '10:47', environment })),
  );

const withoutScript = { ...phone, javaScriptEnabled: false };
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) => page.locator('a', { hasText: name }).first().click();

/** Asks, and fills in who gave the answer and how it was explained. */
async function asksForConsent(page: Page, base: string, note: string): Promise<void> {
  await page.goto(`${base}/staff/safeguarding/notes/${note}`);
  await follow(page, 'Consent and disclosures');
  await follow(page, 'Ask for consent');
  await follow(page, /asked to help/);
  await page.getByLabel('Lea Council').check();
  await page.getByLabel('What is it for?').selectOption('safe place');
  await page.getByLabel('The person’s wishes').check();
  await page.getByLabel('Language of the person').selectOption('other');
  await press(page, 'Show the words');
  assert.match(await page.content(), /We would like to ask this agency to help you:/);
  await page.getByLabel('The person, to me').check();
  await page.getByLabel('Language of the explanation').selectOption('ro');
  await page.getByLabel('An interpreter by telephone or video').check();
  await page.getByLabel('The interpreter’s name or number').fill('Interpreter 4471');
}

/** Starts from the note: the person consents, and the council is asked to help. Without script, on a phone. */
async function asksForHelp(page: Page, base: string, note: string): Promise<void> {
  await asksForConsent(page, base, note);
  await press(page, 'The person agrees');
  await page.goto(`${base}/staff/safeguarding/notes/${note}/refer`);
  await page.getByLabel(/Yes: Lea Council/).check();
  await page.getByLabel('Information they need to help').fill('A room from Monday');
  await press(page, 'Preview the referral');
  assert.match(await page.content(), /They will see exactly this, and nothing else/);
  await press(page, 'Send to Lea Council');
}

test('a withdrawal, without script on a phone: consent, referral, withdrawal, end of access and confirmation', async (t) => {
  const { base, pageOf, adviser, caseworker, note } = await open(t);
  const helper = await pageOf(adviser, withoutScript);
  await asksForHelp(helper, base, note.id);
  const worker = await pageOf(caseworker, withoutScript);
  await worker.goto(`${base}/staff`);
  await follow(worker, 'Answer a referral');
  assert.match(await worker.content(), /a quiet room/);
  const shown = worker.url();

  await helper.goto(`${base}/staff/safeguarding/people/${note.encounterId}/consents`);
  await follow(helper, 'Withdraw consent');
  await helper.getByLabel('The person, to me').check();
  await press(helper, 'Withdraw it');
  assert.match(await helper.content(), /Withdrawn, in the hour after 10:00/);

  const gone = await worker.goto(shown);
  assert.equal(gone?.status(), 404);
  assert.doesNotMatch(await worker.content(), /quiet room|Monday/);
  await worker.goBack().catch(ignoreResubmitPage);
  await worker.reload();
  assert.doesNotMatch(await worker.content(), /quiet room|Monday/, 'nor by going back');
  await worker.goto(`${base}/staff`);
  await follow(worker, 'Confirm a withdrawal of consent');
  await follow(worker, 'We know, and have stopped using it');
  await press(worker, 'We know, and have stopped using it');
  assert.match(await worker.content(), /Your agency (has )?confirmed it/);
  await helper.reload();
  assert.match(await helper.content(), /They confirmed it/);
});

/** How the sections of the words stand: the language, its direction, and the place on the page. */
const placesOf = (page: Page) =>
  page.locator('.sl-two-languages > section').evaluateAll((sections) =>
    sections.map((section) => {
      const { top, left } = section.getBoundingClientRect();
      return { lang: section.lang, direction: section.matches(':dir(rtl)') ? 'rtl' : 'ltr', top, left };
    }),
  );

test('the words in the language of the person come first on a phone without script, and beside the English at a desk', async (t) => {
  const { base, pageOf, adviser, note } = await open(t);
  for (const [code, name, direction, help] of [
    ['ar', 'Arabic', 'rtl', 'فستظل المساعدة متاحة لك'],
    ['uk', 'Ukrainian', 'ltr', 'ви все одно отримаєте допомогу'],
    ['ti', 'Tigrinya', 'ltr', 'ሓገዝ ሕጂ'],
    ['zh', 'Chinese', 'ltr', '您仍然会得到帮助'],
  ] as const)
    for (const [options, scheme] of [
      [withoutScript, 'light'],
      [desktop, 'dark'],
    ] as const) {
      const page = await pageOf(adviser, { ...options, colorScheme: scheme });
      await page.goto(`${base}/staff/safeguarding/people/${note.encounterId}/consents/ask?act=refer`);
      await page.getByLabel('Lea Council').check();
      await page.getByLabel('What is it for?').selectOption('safe place');
      await page.getByLabel('Language of the person').selectOption({ label: name });
      await press(page, 'Show the words');
      const [own, english, ...more] = await placesOf(page);
      assert.deepEqual([own?.lang, own?.direction, english?.lang, english?.direction], [code, direction, 'en', 'ltr']);
      assert.deepEqual(more, []);
      assert.ok(
        own &&
          english &&
          (options === desktop ? own.left < english.left && own.top === english.top : own.top < english.top),
      );
      assert.match(await page.locator(`section[lang="${code}"]`).innerText(), new RegExp(help));
      assert.equal(await page.getByLabel('Language of the explanation').inputValue(), code);
      await shoot(page, `words-${code}-${scheme}`);
      assert.ok((await measureOverflow(page)) <= 0 && (await countOverflowingCards(page)) === 0, `${code} sticks out`);
      if (options === desktop) {
        assert.deepEqual(await axeViolations(page), [], code);
        assert.deepEqual(await findFocusProblems(page), [], code);
        continue;
      }
      await page.getByLabel('The person, to me').check();
      await page.getByLabel('An interpreter by telephone or video').check();
      await page.getByLabel('The interpreter’s name or number').fill('Interpreter 4471');
      await press(page, 'The person agrees');
      const kept = page.locator('details', { has: page.locator(`[lang="${code}"]`) });
      await kept.locator('summary').click();
      assert.ok(await kept.locator(`[lang="${code}"][dir="${direction}"]`).isVisible());
      await shoot(page, `account-${code}`);
      assert.ok((await measureOverflow(page)) <= 0, `${code} sticks out of the account`);
    }
});

test('the Enter key gives no consent, with script or without; each button saves its own answer', async (t) => {
  const { base, pageOf, adviser, note, safeguardingDb } = await open(t);
  const kept = () => safeguardingDb.selectFrom('consents').select('refused').execute();
  for (const [times, how] of [phone, withoutScript].entries()) {
    const page = await pageOf(adviser, how);
    await asksForConsent(page, base, note.id);
    await shoot(page, `consent-words-${times}`);
    for (const field of ['The interpreter’s name or number', 'The person, to me']) {
      const errors = page.locator('.govuk-error-summary');
      await Promise.all([page.waitForNavigation(), page.getByLabel(field).press('Enter')]);
      assert.match(await errors.innerText(), /Select “The person agrees” or “The person says no”/);
      assert.equal(await page.getByLabel('The interpreter’s name or number').inputValue(), 'Interpreter 4471');
      assert.equal((await kept()).length, times);
    }
    await press(page, 'The person says no');
    await page.getByText('The no is saved').first().waitFor();
  }
  assert.deepEqual(await kept(), [{ refused: true }, { refused: true }]);
});

test('a partner who declines, without script on a phone: gives a reason, loses access, and another agency is asked', async (t) => {
  const { base, pageOf, adviser, caseworker, note } = await open(t);
  const helper = await pageOf(adviser, withoutScript);
  await asksForHelp(helper, base, note.id);
  const worker = await pageOf(caseworker, withoutScript);
  await worker.goto(`${base}/staff/safeguarding/referrals`);
  await follow(worker, /R-/);
  const shown = worker.url();
  await follow(worker, 'Ask a question');
  await worker.getByLabel('Your question').fill('Is there a child?');
  await press(worker, 'Send');
  await helper.goto(shown);
  await follow(helper, 'Answer a question');
  await helper.getByLabel('The help requested').check();
  await helper.getByLabel('Your answer').fill('A room for one');
  await press(helper, 'Send');
  await worker.reload();
  assert.match(await worker.content(), /A room for one/);
  await follow(worker, 'Accept or decline');
  await worker.getByLabel('We decline it').check();
  await worker.getByLabel('If you decline it, why?').fill('No room is free before October');
  await press(worker, 'Save');
  assert.equal((await worker.goto(shown))?.status(), 404);
  await helper.goto(shown);
  assert.match(await helper.content(), /No room is free before October/);
  await helper.goto(`${base}/staff/safeguarding/notes/${note.id}/refer`);
  assert.equal(await helper.getByLabel('Lea Nurses').count(), 1, 'and another can be asked');
});

test('every page is legible, marked in focus and clean by axe, on a phone by day and at a desk by night', async (t) => {
  const { base, pageOf, adviser, lead, caseworker, note, council, nurses, safeguardingDb, keys, signIn } =
    await open(t);
  const known = { personId: note.encounterId, operationId: note.operationId, at: note.writtenAt };
  const kept = await addReferral(safeguardingDb, keys, note, council);
  const consent = await addConsent(safeguardingDb, keys, known, nurses.id, lead, { how: 'reported by worker' });
  const disclosure = await addDisclosure(safeguardingDb, keys, known, nurses.id, adviser);
  const waits = await addDisclosure(safeguardingDb, keys, known, nurses.id, adviser, {
    ...{ basis: 'court order', approvedBy: null, approvedAt: null },
    plan: { shown: [{ item: 'essential information', words: 'Ask for Ana' }], noteId: note.id, form: {} },
  });
  const shared = await addConsent(safeguardingDb, keys, known, council.id, lead, {
    act: 'share',
    items: ['when we met'],
  });
  const refers = await addConsent(safeguardingDb, keys, known, council.id, lead);
  const told = await addGrant(
    safeguardingDb,
    keys,
    { consent: shared },
    [{ item: 'when we met', words: '2026-09-18' }],
    lead,
  );
  await addReferral(safeguardingDb, keys, note, council);
  const granted = await safeguardingDb.selectFrom('personGrants').select(['consentId', 'referralId']).execute();
  const gone = granted.find(({ referralId }) => referralId && referralId !== kept.id);
  const helper = await signIn(adviser);
  await helper.post(`/staff/safeguarding/consents/${gone?.consentId}/withdraw`, { how: 'the person themself' });
  const [end] = await safeguardingDb.selectFrom('withdrawnGrants').select('id').execute();
  const at = '/staff/safeguarding';
  const pages = [
    [
      lead,
      [
        `${at}/people/${note.encounterId}/consents`,
        `${at}/people/${note.encounterId}/consents?view=person`,
        `${at}/people/${note.encounterId}/consents/ask`,
        ...['examine', 'share', 'refer'].map((act) => `${at}/people/${note.encounterId}/consents/ask?act=${act}`),
        `${at}/consents/${consent.id}/withdraw`,
        `${at}/disclosures`,
        ...[disclosure, waits].flatMap(({ id }) => ['', '/answer'].map((path) => `${at}/disclosures/${id}${path}`)),
        `${at}/consents/${shared.id}/share`,
        `${at}/people/${note.encounterId}/refer?consent=${refers.id}`,
        ...['letter', 'file'].map((path) => `${at}/grants/${told.id}/${path}`),
        `${at}/notes/${note.id}/refer`,
        `${at}/referrals/${gone?.referralId}`,
        `${at}/referrals`,
      ],
    ],
    [
      caseworker,
      [
        ...['', '/decide', '/ask'].map((path) => `${at}/referrals/${kept.id}${path}`),
        `${at}/referrals`,
        `${at}/ended-grants`,
        `${at}/ended-grants/${end?.id}`,
        `${at}/received-information`,
        `${at}/received-information/${told.id}`,
      ],
    ],
  ] as const;
  for (const [options, light] of [
    [phone, 'light'],
    [desktop, 'dark'],
  ] as const)
    for (const [who, urls] of pages) {
      const page = await pageOf(who, { ...options, colorScheme: light });
      for (const url of urls) {
        const answer = await page.goto(`${base}${url}`);
        assert.equal(answer?.status(), 200, url);
        await shoot(page, `${light}-${url.replaceAll(/\W+/g, '-').slice(20)}`);
        assert.deepEqual(await axeViolations(page), [], url);
        assert.ok((await measureOverflow(page)) <= 0 && (await countOverflowingCards(page)) === 0, `${url} sticks out`);
        assert.deepEqual(await findFocusProblems(page), [], url);
      }
    }
});
