/** What an officer or an adviser does with a thumb at the premises, counted on a phone without script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openForBrowser, shoot } from '../../test/fixtures/browser-pages.ts';
import { aTeam } from '../../test/fixtures/visit.ts';
import { findPageProblems, phone } from '../../test/harness/browser.ts';
import { addDecision } from '../operations/policy-log/examples.ts';
import { addPersonMet, addVisit } from './examples.ts';

/** Counts taps. A radio, a tick, a link and a button are one each. */
function countTaps(page: Page) {
  let taps = 0;
  const tap = async (what: Locator): Promise<void> => {
    taps += 1;
    await what.click();
  };
  return {
    tap,
    choose: (group: string, label: string) =>
      tap(page.getByRole('group', { name: group }).getByLabel(label, { exact: true })),
    press: (name: string | RegExp) => tap(page.getByRole('button', { name })),
    follow: (name: string | RegExp) => tap(page.getByRole('main').getByRole('link', { name }).first()),
    count: () => taps,
  };
}

test('a visit without a reply takes four taps at most, from the list of visits to “finished”', async (t) => {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment }));
  const page = await world.pageOf(world.officer, { ...phone, javaScriptEnabled: false });
  await page.goto(`${world.base}/staff/visits`);
  const { follow, choose, press, count } = countTaps(page);
  await follow(/Blue Door/);
  await press('We have arrived');
  await choose('What happened at the door?', 'No reply, nobody entered');
  await press(/^Save arrival$/);
  await shoot(page, 'visit-no-reply');
  assert.match(await page.getByRole('main').innerText(), /Finished at/);
  assert.ok(count() <= 4, `${count()} taps`);
  await page.context().close();
});

/** From the issue; the review counted 37. */
const mostTapsForTwo = 22;

test(`a visit with two encounters and their notes takes ${mostTapsForTwo} taps at most, from home to “finished”`, async (t) => {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment, languages: ['Romanian'] }));
  await addDecision(world.db, world.operation, { kind: 'go' });
  const page = await world.pageOf(world.officer, { ...phone, javaScriptEnabled: false });
  await page.goto(`${world.base}/staff`);
  const { follow, choose, press, count } = countTaps(page);
  await follow(/^Start/);
  await choose('What happened at the door?', 'Entered as planned: Search warrant (PACE section 8)');
  await press('Save arrival: everybody of the team is here');
  for (const person of [1, 2]) {
    await choose('Their place in the premises', 'Works there');
    await choose('Met', 'Spoken to in Romanian, interpreter by phone');
    await choose('Age', 'Adult');
    assert.equal(await page.getByLabel('Language', { exact: true }).isVisible(), false);
    if (person === 1) await shoot(page, 'visit-person-met');
    await press('Save and go on');
    await choose('What was the person advised about?', 'Rights at work');
    await choose('Was it understood?', 'Yes');
    await choose('What does the person need?', 'Shelter');
    await choose('Outcome', 'Wants help now');
    await press(person === 1 ? 'Save and add another person' : 'Save and finish the visit');
  }
  await press('Finish the visit');
  assert.match(await page.getByRole('main').innerText(), /Finished at/);
  const met = await world.db.selectFrom('encounters').select(['spokenTo', 'language', 'interpreter']).execute();
  assert.deepEqual(met, Array(2).fill({ spokenTo: true, language: 'Romanian', interpreter: 'by phone' }));
  const visit = await world.db.selectFrom('visits').select(['basis', 'attendees']).executeTakeFirstOrThrow();
  assert.equal(visit.basis, 'pace-s8');
  assert.equal((visit.attendees as string[]).length, 2, 'one press for the whole team');
  t.diagnostic(`${count()} taps`);
  assert.ok(count() <= mostTapsForTwo, `${count()} taps`);
  await page.context().close();
});

test('language and interpreter come into sight by the answer that leaves them open, without script and at no extra tap', async (t) => {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment, languages: ['Romanian'] }));
  const { id } = world.planned;
  await addVisit(world.db, world.planned, world.officer);
  const page = await world.pageOf(world.officer, { ...phone, javaScriptEnabled: false });
  await page.goto(`${world.base}/staff/visits/${id}/encounters/new`);
  const { choose, press } = countTaps(page);
  const language = page.getByLabel('Language', { exact: true });
  const inSight = async () => [
    await language.isVisible(),
    await page.getByRole('group', { name: 'Interpreter' }).isVisible(),
  ];
  assert.deepEqual(await inSight(), [false, false]);
  await choose('Met', 'Spoken to in Romanian, interpreter by phone');
  assert.deepEqual(await inSight(), [false, false], 'one press answered both');
  await shoot(page, 'visit-language-hidden');
  await choose('Met', 'Spoken to in another way');
  assert.deepEqual(await inSight(), [true, true]);
  await shoot(page, 'visit-language-asked');
  await language.fill('Polish');
  await choose('Met', 'Only seen');
  assert.deepEqual(await inSight(), [false, false]);

  // What was typed before another answer is chosen is neither lost nor sent unseen.
  await choose('Met', 'Spoken to in Romanian, interpreter by phone');
  await press('Save and go on');
  assert.deepEqual(await inSight(), [true, true], 'the error is about them');
  assert.equal(await language.inputValue(), 'Polish');
  await shoot(page, 'visit-language-twice');
  await choose('Their place in the premises', 'Works there');
  await choose('Age', 'Adult');
  await choose('Met', 'Spoken to in another way');
  await choose('Interpreter', 'In person');
  await press('Save and go on');
  const met = await world.db.selectFrom('encounters').select(['language', 'interpreter']).execute();
  assert.deepEqual(met, [{ language: 'Polish', interpreter: 'in person' }]);
  await page.context().close();
});

test('on a phone the next step of a visit stays in sight above the menu, and hides nothing that has the focus', async (t) => {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment }));
  await addPersonMet(world.db, await addVisit(world.db, world.planned, world.officer), world.officer);
  const page = await world.pageOf(world.officer, phone);
  await page.goto(`${world.base}/staff/visits/${world.planned.id}`);
  await shoot(page, 'visit-next-step');
  const step = page.getByRole('button', { name: 'Add a person met' });
  for (const to of [0, 1_000, 100_000]) {
    await page.evaluate(`scrollTo(0, ${to})`);
    assert.ok(await step.isVisible());
    const [box, bar] = [await step.boundingBox(), await page.locator('.sl-nav').boundingBox()];
    assert.ok(box && bar && box.y + box.height <= bar.y && box.y > 0, `scrolled to ${to}`);
  }
  const last = await page.locator('.sl-footer li:last-child').boundingBox();
  assert.ok(last && last.y + last.height <= ((await step.boundingBox())?.y ?? 0), 'the end of the page is above it');
  assert.deepEqual(await findPageProblems(page), []);
  const links = await page.locator('main a, footer a').count();
  await page.evaluate('scrollTo(0, 0)');
  await page.locator('main a').first().focus();
  for (let press = 1; press < links; press += 1) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(`(() => {
      const [focus, step] = [document.activeElement, document.querySelector('.sl-stays')];
      return focus !== step && focus.closest('main, footer') !== null && focus.getBoundingClientRect().bottom > step.getBoundingClientRect().top + 1;
    })()`);
    assert.equal(hidden, false, `link ${press} is behind the next step`);
  }
  await page.context().close();
});
