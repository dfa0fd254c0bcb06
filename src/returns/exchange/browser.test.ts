import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { countNow, signNow } from '../../../test/fixtures/counted-return.ts';
import { demonstrationDay, openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { axeViolations, measureOverflow } from '../../../test/harness/browser.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { rowOf } from '../../../test/harness/sql.ts';
import { addWeek } from '../../operations/weeks/examples.ts';
import { fingerprintOf, formatKeyLine, openExchangeKey } from '../../platform/crypto/exchange-key.ts';
import { exampleReturn, exampleTasking, keyNamed, toBytes } from './document/examples.ts';
import { readSignedReturn } from './document/reading.ts';

const stort = 'Stort Valley Police';

/** The demonstration's return, after its planner gave a visit the reference of another force. */
async function takeDemonstration(t: Parameters<typeof openDemonstration>[0]) {
  const demonstration = await openDemonstration(t);
  const { db, as } = demonstration;
  const operationId = await demonstration.mainOperation();
  const visit = await rowOf(db, 'visits', { operationId });
  const planned = await rowOf(db, 'plannedVisits', { id: visit.id });
  const planner = await as('planner');
  const form = `/staff/premises/${planned.premisesId}/visits/${planned.id}/joint`;
  const given = await planner.post(form, { how: 'new', reference: '' });
  assert.equal(given.statusCode, 303, given.body);
  const analyst = await as('analyst');
  const address = await countNow(analyst, operationId, 'For the coordinator');
  assert.equal((await signNow(analyst, address, 'open')).statusCode, 303);
  const file = await analyst.post(`${address}/export`, {
    ...{ why: 'another reason', words: 'the national coordinator asks', shape: 'signed' },
  });
  assert.equal(file.statusCode, 200, file.body);
  const read = readSignedReturn(Buffer.from(file.body));
  assert.ok(read.ok, JSON.stringify(read));
  const { weekId } = await rowOf(db, 'operations', { id: operationId });
  return {
    ...{ document: read.value, bytes: Buffer.from(file.body), key: openExchangeKey(demonstration.keys) },
    ...{ planner, weekId: String(weekId) },
  };
}

/** The planner of the demonstration imports what the coordinator's instance signed, and uses it for the week. */
async function takeTasking(
  { planner, weekId }: Pick<Awaited<ReturnType<typeof takeDemonstration>>, 'planner' | 'weekId'>,
  content: Buffer,
): Promise<void> {
  const came = await planner.upload('/staff/taskings/new', {}, { name: 'tasking.json', content });
  assert.equal(came.statusCode, 303, came.body);
  const at = String(came.headers.location);
  assert.equal((await planner.post(`${at}/key`, { compared: 'yes' })).statusCode, 303);
  const week = `/staff/weeks/${weekId}`;
  assert.doesNotMatch((await planner.get(week)).body, /Deadline of the return/);
  const used = await planner.post(`${at}/week?into=${weekId}`, { into: weekId });
  assert.equal(used.statusCode, 303, used.body);
  await reads(planner, week, /Deadline of the return 30 November 2026, 12:00/);
  await reads(planner, week, /Conflict [^.]* works in [^.]*\. The tasking names Essex\./);
}

test('a second instance takes the demonstration’s return, and the joint visit of two forces counts once', async (t) => {
  const { document, bytes, key, planner, weekId } = await takeDemonstration(t);
  const [joint] = document.jointVisits;
  assert.ok(joint, 'the visit travels with its reference');
  assert.equal(joint.counts['visits.made'], 1);
  const { definitions, week, reporter } = document;
  const counts = { 'premises.visited': 2, 'visits.made': 2, 'arrests.made': 0 };
  const line = { ...joint, counts: { 'premises.visited': 1, 'visits.made': 1 } };
  const other = exampleReturn({ reporter: { name: stort }, week, definitions, counts, jointVisits: [line] });
  const world = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: demonstrationDay, environment });
    const desk = await application.agency('coordinator', { name: 'Joint Desk' });
    return { ...application, coordinator: await application.member(desk, ['coordinator']) };
  });
  const { base, pageOf, coordinator } = world;
  const page = await pageOf(coordinator, looks[0][1]);
  await page.goto(`${base}/staff/returns/exchange`);
  await page.getByRole('button', { name: 'Add a week' }).click();
  await page.getByLabel('Name of the week').fill('The week of the demonstration');
  for (const [group, day] of [
    ['First day', week.window.from],
    ['Last day', week.window.until],
    ['Day of the deadline', '2026-11-30'],
  ] as const) {
    const [year = '', month = '', number = ''] = day.split('-');
    const fields = page.getByRole('group', { name: group, exact: true });
    await fields.getByLabel('Day', { exact: true }).fill(number);
    await fields.getByLabel('Month').fill(month);
    await fields.getByLabel('Year').fill(year);
  }
  await page.getByLabel('Time of the deadline').fill('12:00');
  await page.getByLabel('Editions of definitions').fill(definitions);
  await page.getByLabel('Area (optional)').fill('Essex');
  await page.getByLabel('Expected reporters').fill(`GB; force; ${reporter.name}\nGB; force; ${stort}`);
  await shoot(page, 'exchange-week-form');
  await page.getByRole('button', { name: 'Save' }).click();
  const inbox = page.url();
  for (const [name, publicKey] of [
    [reporter.name, key.publicKey],
    [stort, keyNamed(stort).publicKey],
  ] as const) {
    await page.goto(`${base}/staff/returns/exchange/keys/new`);
    await page.getByRole('textbox', { name: 'Reporter', exact: true }).fill(name);
    await page.getByRole('textbox', { name: 'Country' }).fill('GB');
    await page.getByRole('radio', { name: 'force' }).check();
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill(formatKeyLine(publicKey));
    await page.getByRole('button', { name: 'Show the fingerprint' }).click();
    await page.getByLabel(/We read the fingerprint/).check();
    await shoot(page, 'exchange-key-form');
    await page.getByRole('button', { name: 'Register the key' }).click();
  }
  await page.goto(`${inbox}/upload`);
  await page.getByLabel('Signed returns (JSON)').setInputFiles([
    { name: 'lea-vale.json', mimeType: 'application/json', buffer: bytes },
    { name: 'stort.json', mimeType: 'application/json', buffer: toBytes(other) },
    { name: 'changed.json', mimeType: 'application/json', buffer: toBytes({ ...document, version: 9 }) },
  ]);
  await page.getByRole('button', { name: 'Add the returns' }).click();
  assert.ok(await page.getByText('Three documents were added').isVisible());
  const own = document.figures['visits.made']?.total;
  assert.ok(own?.kind === 'number');
  for (const [name, options] of looks) {
    const looking = await pageOf(coordinator, options);
    for (const [what, to] of [
      ['week', inbox],
      ['documents', `${inbox}/documents`],
      ['totals', `${inbox}/totals`],
      ['breakdowns', `${inbox}/breakdowns`],
      ['map', `${inbox}/map`],
      ['districts', `${base}/staff/returns/exchange/districts`],
      ['joint-visits', `${inbox}/joint-visits`],
      ['keys', `${base}/staff/returns/exchange/keys`],
      ['own-key', `${base}/staff/returns/exchange/own-key`],
    ] as const) {
      await looking.goto(to);
      await shoot(looking, `exchange-${what}-${name}`);
      assert.equal(await measureOverflow(looking), 0, `${what} ${name}`);
      if (options.colorScheme) assert.deepEqual(await axeViolations(looking), [], `${what} ${name}`);
    }
    await looking.goto(`${inbox}/totals`);
    const row = looking.getByRole('row', { name: /^Visits at which a team arrived/ }).first();
    assert.match(
      await row.innerText(),
      new RegExp(`\\b${own.value + 1}$`),
      'two of the other force, one of them joint',
    );
    await looking.goto(`${inbox}/documents`);
    assert.ok(await looking.getByText('bad signature').first().isVisible());
  }
  const tasking = await page.request.get(`${inbox}/tasking`);
  await takeTasking({ planner, weekId }, await tasking.body());
});

test('a coordinator decides likely pairs in one list, and takes one back, on a phone without script', async (t) => {
  const [lea, wren] = ['Lea Vale Constabulary', 'Wren County Police'];
  const week = exampleReturn().week.window;
  const world = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: '2026-09-21', time: '12:00', environment });
    const desk = await application.agency('coordinator', { name: 'Joint Desk' });
    const coordinator = await application.member(desk, ['coordinator']);
    const by = await application.signIn(coordinator);
    const dated = (name: string, day: string) => {
      const [year, month, number] = day.split('-');
      return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
    };
    const made = await by.post('/staff/returns/exchange/weeks/new', {
      ...{ name: 'Week of action', definitions: '2026-11', deadlineTime: '12:00', reporters: `GB; force; ${lea}` },
      ...{ ...dated('startsOn', week.from), ...dated('endsOn', week.until), ...dated('deadline', '2026-09-22') },
    });
    const inbox = String(made.headers.location);
    const visits = ['nail bar', 'car wash', 'restaurant'].map((kind) => ({
      ...{ day: '2026-09-15', town: 'Ware', kind, visits: 1, premises: 1 },
    }));
    const counts = { 'premises.visited': 3, 'visits.made': 3, 'arrests.made': 2 };
    for (const name of [lea, wren]) {
      const { publicKey } = keyNamed(name);
      const key = { key: formatKeyLine(publicKey), shown: fingerprintOf(publicKey), compared: 'yes' };
      await by.post('/staff/returns/exchange/keys/new', { name, country: 'GB', level: 'force', ...key });
      const content = toBytes(exampleReturn({ reporter: { name }, visits, counts }));
      assert.equal((await by.upload(`${inbox}/upload`, {}, { name: `${name}.json`, content })).statusCode, 303);
    }
    return { ...application, coordinator, inbox };
  });
  const { base, pageOf, coordinator, inbox } = world;
  for (const [name, options] of looks) {
    const looking = await pageOf(coordinator, options);
    for (const [what, to] of [
      ['joint-pairs', `${inbox}/joint-visits`],
      ['coordinator-home', '/staff'],
    ] as const) {
      await looking.goto(`${base}${to}`);
      await shoot(looking, `exchange-${what}-${name}`);
      assert.equal(await measureOverflow(looking), 0, `${what} ${name}`);
      if (options.colorScheme) assert.deepEqual(await axeViolations(looking), [], `${what} ${name}`);
    }
  }
  const page = await pageOf(coordinator, looks[0][1]);
  await page.goto(`${base}${inbox}/joint-visits`);
  const pair = (number: number) => page.getByRole('group', { name: `Pair ${number}: are they the same visit?` });
  await pair(1).getByLabel('The same visit').check();
  await pair(2).getByLabel('Different visits').check();
  await page.getByRole('button', { name: 'Save decisions' }).click();
  assert.ok(await page.getByRole('heading', { name: 'Likely pairs to decide: 1' }).isVisible());
  assert.ok(await page.getByRole('heading', { name: 'Decided pairs: 2' }).isVisible());
  await shoot(page, 'exchange-joint-decided-phone');
  assert.ok(await pair(2).getByLabel('The same visit').isChecked());
  await pair(2).getByLabel('Not decided yet').check();
  await page.getByRole('button', { name: 'Save decisions' }).click();
  assert.ok(await page.getByRole('heading', { name: 'Likely pairs to decide: 2' }).isVisible());
});

test('the pages of a tasking are legible on a phone and by night', async (t) => {
  const world = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: '2026-09-07', time: '12:00', environment });
    const force = await application.agency('police force', { name: 'Lea Vale Constabulary' });
    const planner = await application.member(force, ['planner']);
    const week = await addWeek(application.db, force, { name: 'Local week', endsOn: '2026-09-18' });
    return { ...application, planner, week };
  });
  const { base, pageOf, planner, week } = world;
  const page = await pageOf(planner, looks[0][1]);
  await page.goto(`${base}/staff/taskings/new`);
  await shoot(page, 'tasking-import');
  const file = { name: 'tasking.json', mimeType: 'application/json', buffer: toBytes(exampleTasking()) };
  await page.getByLabel('Tasking (JSON)').setInputFiles([file]);
  await page.getByRole('button', { name: 'Import the tasking' }).click();
  const tasking = page.url();
  await shoot(page, 'tasking-before');
  await page.getByRole('button', { name: 'Compare the key' }).click();
  await page.getByLabel(/We read the fingerprint/).check();
  await page.getByRole('button', { name: 'The key is the same' }).click();
  await page.getByRole('link', { name: /Compare with Local week/ }).click();
  await page.getByRole('checkbox', { name: /Name: Week against/ }).check();
  await shoot(page, 'tasking-use');
  await page.getByRole('button', { name: 'Save' }).click();
  assert.ok(await page.getByText('Your week has 14 to 18 September 2026').isVisible());
  for (const [name, options] of looks) {
    const looking = await pageOf(planner, options);
    for (const [what, to] of [
      ['list', `${base}/staff/taskings`],
      ['tasking', tasking],
      ['key', `${tasking}/key`],
      ['new-week', `${tasking}/new-week`],
      ['use-week', `${tasking}/week?into=${week.id}`],
      ['week', `${base}/staff/weeks/${week.id}`],
      ['home', `${base}/staff`],
    ] as const) {
      await looking.goto(to);
      await shoot(looking, `tasking-${what}-${name}`);
      assert.equal(await measureOverflow(looking), 0, `${what} ${name}`);
      if (options.colorScheme) assert.deepEqual(await axeViolations(looking), [], `${what} ${name}`);
    }
  }
});
