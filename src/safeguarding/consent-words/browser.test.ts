import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { home as notices, sidesIn } from '../../../test/fixtures/custody-notices.ts';
import { behind } from '../../../test/fixtures/information-requests.ts';
import { raise } from '../../../test/fixtures/nrm-draft-handover.ts';
import {
  axeViolations,
  countOverflowingCards,
  desktop,
  findFocusProblems,
  measureOverflow,
  phone,
} from '../../../test/harness/browser.ts';
import { addRequest } from '../information-requests/examples.ts';

const looks = [
  ['phone', { ...phone, javaScriptEnabled: false, colorScheme: 'light' }],
  ['desk', { ...desktop, colorScheme: 'dark' }],
] as const;
const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

/** The NRM words are those of the day. */
const open = (t: TestContext) =>
  openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: '2026-11-30', environment });
    return sidesIn(application, { language: 'Ukrainian' });
  });
type World = Awaited<ReturnType<typeof open>>;

/** Opens the words before an NRM referral, and picks the language on their page. */
async function showReferral(page: Page, { base }: World, name: string, at: string): Promise<void> {
  await page.goto(`${base}${at}/question`);
  await page.getByLabel('Language of the person').selectOption({ label: name });
  await press(page, 'Show the words in this language');
}

async function showNotice(page: Page, { base, person }: World, name: string): Promise<void> {
  await page.goto(`${base}${notices}/of/${person.id}`);
  await page.getByLabel('Lea Vale Constabulary').check();
  await page.getByLabel('May be a victim of modern slavery').check();
  await page.getByLabel('Custody reference').fill('WD/1234/26');
  await page.getByLabel('Language of the person').selectOption({ label: name });
  await press(page, 'Continue to the consent words');
}

async function showAnswer(page: Page, { base, person }: World, name: string, request: string): Promise<void> {
  await page.goto(`${base}${behind}/${request}/decide`);
  await page.getByLabel(person.called).check();
  for (const test of await page.locator('input[name="passed"]').all()) await test.check();
  await page.getByLabel('Agreed to the ticked items').check();
  await page.getByLabel('Give the ticked information').check();
  await page.locator('input[name="kinds"]').first().check();
  await page.getByLabel('In these words').fill('Shelter for two nights in May.');
  await page.getByLabel('Language of the person').selectOption({ label: name });
  await page.getByLabel('Why', { exact: true }).fill('She was asked alone and wants it known.');
  await press(page, 'Write it down');
}

/** The person’s language first on a phone, and beside the English at a desk. Nothing sticks out. */
async function assertTwoLanguages(page: Page, code: string, look: 'phone' | 'desk', at: string): Promise<void> {
  const places = await page.locator('.sl-two-languages > section').evaluateAll((sections) =>
    sections.map((section) => {
      const { top, left } = section.getBoundingClientRect();
      return { lang: section.lang, direction: section.matches(':dir(rtl)') ? 'rtl' : 'ltr', top, left };
    }),
  );
  await shoot(page, `${at}-${code}-${look}`);
  const [own, english] = places;
  assert.ok(own && english && places.length === 2, `${at}, ${code}`);
  assert.deepEqual([own.lang, own.direction, english.lang], [code, code === 'ar' ? 'rtl' : 'ltr', 'en'], at);
  assert.ok(look === 'desk' ? own.left < english.left && own.top === english.top : own.top < english.top, at);
  assert.ok(
    (await measureOverflow(page)) <= 0 && (await countOverflowingCards(page)) === 0,
    `${at}, ${code} sticks out`,
  );
  if (look === 'phone') return;
  assert.deepEqual(await axeViolations(page), [], `${at}, ${code}`);
  assert.deepEqual(await findFocusProblems(page), [], `${at}, ${code}`);
}

test('the words before a referral, an answer and a notice: in the person’s language first, on a phone without script and at a desk', async (t) => {
  const world = await open(t);
  const { db, keys, people, advisers, person, clock, pageOf } = world;
  const request = await addRequest(
    db,
    keys,
    { by: people.commander, to: advisers.id, at: clock.now() },
    { who: person.called },
  );
  const her = await world.signIn(people.lead);
  const referral = await raise(her, person);
  await her.post(`${referral}/question?of=doubt`, { answer: 'no' });
  for (const [code, name] of [
    ['ar', 'Arabic'],
    ['uk', 'Ukrainian'],
  ] as const)
    for (const [look, options] of looks) {
      const page = await pageOf(people.lead, options);
      await showReferral(page, world, name, referral);
      await assertTwoLanguages(page, code, look, 'referral');
      assert.equal(await page.getByLabel('Language of the explanation').inputValue(), code);
      await showNotice(page, world, name);
      await assertTwoLanguages(page, code, look, 'notice');
      await showAnswer(page, world, name, request.id);
      await assertTwoLanguages(page, code, look, 'answer');
      await page.context().close();
    }
});
