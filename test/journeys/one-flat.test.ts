/** Three reports about one flat, by a neighbour, a caller and an officer, become one matter and intelligence, in a browser. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { sendReport } from '../../src/reports/visitor.ts';
import { dbOf, openAttended } from '../fixtures/attended-reports.ts';
import { openForBrowser, shoot } from '../fixtures/browser-pages.ts';
import { axeViolations, desktop, findFocusProblems, measureOverflow, phone } from '../harness/browser.ts';

const looks = [
  ['phone', phone],
  ['desk', { ...desktop, colorScheme: 'dark' }],
] as const;

const neighbour = {
  who: 'worried',
  now: 'no',
  what: 'Six men sleep in the flat and are fetched before light.',
  place: 'Flat 4, 12 Meadow Road',
  postcode: 'WD17 1AA',
  vehicles: 'A grey van, AB12 CDE',
};

async function assertSound(page: Page): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], page.url());
  assert.deepEqual(await findFocusProblems(page), [], page.url());
  assert.equal(await measureOverflow(page), 0, `${page.url()} sticks out`);
}

const mainOf = (page: Page): Promise<string> => page.locator('main').innerText();

/** The caller rings triage, and an officer writes an internal log. */
async function fillStaffForms(reader: Page, officer: Page, base: string): Promise<void> {
  await reader.goto(`${base}/staff/reports`);
  await reader.getByRole('button', { name: 'Take a report by phone' }).click();
  await reader.getByLabel('The report, in the words').fill('Men get into AB12 CDE outside 12 Meadow Rd, WD17 1AA.');
  await reader.getByLabel('No receipt').check();
  await reader.getByRole('button', { name: 'Send the report to the queue' }).click();
  await reader.getByRole('heading', { name: 'Sealed, and in the queue' }).waitFor();
  await officer.goto(`${base}/staff/more`);
  await officer.locator('main').getByRole('link', { name: 'Internal log' }).click();
  await assertSound(officer);
  await officer.getByLabel('I saw or heard it myself').check();
  await officer.getByLabel('The observation').fill('Mattresses were carried into 12 Meadow Road, wd171aa.');
  await officer.getByRole('button', { name: 'Send the log to the queue' }).click();
  await officer.getByRole('heading', { name: 'Sealed, and in the queue' }).waitFor();
}

/** Compares the report on this page with the first that is offered, and joins the two. */
async function joinFirst(reader: Page, address: string): Promise<void> {
  await reader.goto(address);
  await reader
    .getByRole('link', { name: /^Compare/ })
    .first()
    .click();
  assert.match(await mainOf(reader), /Both give the postcode WD17 1AA and number 12/);
  await assertSound(reader);
  await reader.getByLabel('Same matter').check();
  await reader.getByRole('button', { name: 'Save the decision' }).click();
}

/** In other words than the reporter's, with a grade and a day. */
async function recordIntelligence(reader: Page): Promise<void> {
  const form = reader.locator('main');
  await form
    .locator('[name=text]')
    .fill('Several men live at a flat on Meadow Road. A van takes them away before light.');
  for (const [part, value] of [
    ['day', '17'],
    ['month', '9'],
    ['year', '2026'],
  ] as const)
    await form.locator(`[name=from-${part}]`).fill(value);
  for (const [field, value] of [
    ['sourceEvaluation', '2'],
    ['assessment', 'A'],
    ['handling', 'P'],
  ] as const)
    await form.locator(`[name=${field}][value="${value}"]`).check();
  await reader.getByRole('button', { name: 'Record intelligence' }).click();
  await reader.waitForURL(/\/staff\/intelligence\/[0-9a-f-]{36}$/);
}

async function open(t: TestContext) {
  const world = await openForBrowser(t, (environment) => openAttended(t, { environment }));
  await sendReport(world.app, neighbour);
  const { id } = await dbOf(world, 'police').selectFrom('reports').select('id').executeTakeFirstOrThrow();
  const officer = await world.member(world.agencies.police, ['enforcement'], 'Eve Enforcement');
  return { ...world, officer, address: `${world.base}/staff/reports/${id}` };
}

for (const [name, options] of looks)
  test(`three reports about one flat are joined and one becomes intelligence, on a ${name}`, async (t) => {
    const { base, address, pageOf, officer, readers } = await open(t);
    const reader = await pageOf(readers.police, options);
    await fillStaffForms(reader, await pageOf(officer, options), base);
    await reader.goto(address);
    assert.equal(await reader.getByRole('link', { name: /^Compare/ }).count(), 2, 'both are offered');
    assert.match(await mainOf(reader), /Both give the registration AB12 CDE/);
    await assertSound(reader);
    await shoot(reader, `one-flat-offered-${name}`);
    await joinFirst(reader, address);
    await joinFirst(reader, address);
    await reader.goto(address);
    assert.match(await mainOf(reader), /About the same matter/);
    await assertSound(reader);
    await shoot(reader, `one-flat-joined-${name}`);

    await reader.getByRole('link', { name: 'Record intelligence' }).click();
    await recordIntelligence(reader);
    await reader.goto(`${base}/staff/reports`);
    const queue = await mainOf(reader);
    assert.equal(queue.match(/3 reports about the same/gi)?.length, 3);
    assert.match(queue, /Intelligence recorded, 3 reports about the same/);
    await assertSound(reader);
    await shoot(reader, `one-flat-queue-${name}`);
    await reader.getByRole('link', { name: 'Intelligence', exact: true }).last().click();
    assert.equal(new URL(reader.url()).search, '?show=intelligence');
    assert.doesNotMatch(await mainOf(reader), /By an internal log/);
  });
