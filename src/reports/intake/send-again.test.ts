import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { findReceiptText, openReportForm, readFormValues, sendForm } from '../visitor.ts';
import { partIdOf } from './send-once.ts';
import { receiveReport, type SealedReport } from './store.ts';

const first = 'Six men sleep above the shop';
const changed = 'One has a knife';
const notSent = /Your first report was sent\. It went to: People who help[\s\S]*was not sent yet/;

type Attended = Awaited<ReturnType<typeof openAttended>>;
const toldTo = async (application: Attended, line: 'police' | 'help') =>
  (await opened(application, line)).map(({ told, report }) => [told.what, report.danger]);

test('other words, danger or receiver from a page that was sent: nothing is called kept, and the words go as a new report', async (t) => {
  for (const change of [
    { what: changed, now: 'yes', press: 'send police' },
    { now: 'yes' },
    { press: 'send police' },
  ]) {
    const application = await openAttended(t);
    const teller = await openReportForm(application.app);
    const form: Record<string, string> = {
      ...readFormValues(teller.page().body),
      what: first,
      press: 'send support',
    };
    const receipt = await sendForm(application.app, '/report', form);
    assert.match(receipt.body, /We have it/);
    assert.equal((await sendForm(application.app, '/report', form)).body, receipt.body, 'the same again');
    const again: Record<string, string> = { ...form, ...change };
    const page = await sendForm(application.app, '/report', again);
    assert.match(page.body, notSent);
    assert.doesNotMatch(page.body, /We have it/);
    const alert = /role="alert">(<p[\s\S]*?)<\/div>/.exec(page.body)?.[1] ?? '';
    assert.equal(/^<p[^>]*><strong>[^<]*<[^>]*tel:999/.test(alert), again.now === 'yes', alert);
    const values = readFormValues(page.body);
    assert.equal(values.what, again.what);
    assert.equal(values.now, again.now);
    assert.notEqual(values.draft, form.draft);
    const sent = await sendForm(application.app, '/report', { ...values, press: 'send police' });
    assert.match(sent.body, /We have it/);
    assert.deepEqual(await toldTo(application, 'help'), [[first, false]]);
    assert.deepEqual(await toldTo(application, 'police'), [[again.what, again.now === 'yes']]);
  }
});

test('two presses at once with other words or receivers: both are kept or one is said to be unsent', async (t) => {
  for (const press of ['send support', 'send police']) {
    const application = await openAttended(t);
    const form = {
      ...readFormValues((await openReportForm(application.app)).page().body),
      what: first,
      press: 'send support',
    };
    const both = await Promise.all(
      [form, { ...form, what: changed, press }].map((one) => sendForm(application.app, '/report', one)),
    );
    const unsent = both.filter(({ body }) => /was not sent yet/.test(body));
    assert.equal(unsent.length, 1);
    assert.equal(both.filter(({ body }) => /We have it/.test(body)).length, 1);
    await sendForm(application.app, '/report', { ...readFormValues(unsent[0]?.body ?? ''), press });
    const told = [...(await toldTo(application, 'help')), ...(await toldTo(application, 'police'))];
    assert.deepEqual(told.map(([what]) => what).sort(), [changed, first]);
  }
});

test('an earlier page of a report that was sent: its other words are not called kept', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const earlier = readFormValues(teller.page().body);
  await teller.press('more', { what: first });
  await teller.press('send support', { receipt: 'none' });
  const page = await sendForm(application.app, '/report', { ...earlier, what: changed, press: 'send support' });
  assert.match(page.body, /role="alert"><p[^>]*>If you saw no list and no digits, please tell us again/);
  assert.doesNotMatch(page.body, /We have it/);
  assert.equal(readFormValues(page.body).what, changed);
  await sendForm(application.app, '/report', { ...readFormValues(page.body), press: 'send support' });
  assert.deepEqual((await toldTo(application, 'help')).map(([what]) => what).sort(), [changed, first]);
});

test('two processes that send the same report: the store answers the same content as before, and refuses other content', async (t) => {
  const application = await openAttended(t);
  const last = await application.db
    .selectFrom('readingHours')
    .select('id')
    .orderBy('setAt', 'desc')
    .executeTakeFirstOrThrow();
  const lookUp = randomBytes(32);
  const report: SealedReport = {
    id: newTimelessId(),
    way: 'public form',
    sealedKey: Buffer.alloc(1),
    receiptKey: Buffer.alloc(1),
    lookUp,
    hour: floorToHour(application.clock.now()),
    hoursToWait: 8,
    danger: false,
    queue: 'first',
    partId: partIdOf('token', [first]),
    told: Buffer.alloc(1),
    contact: null,
    requestId: randomUUID(),
  };
  const send = (said: string) =>
    receiveReport(
      application.databases.for('main', 'public'),
      { ...report, partId: partIdOf('token', [said]) },
      last.id,
      null,
    );
  assert.equal(await send(first), true);
  assert.equal(await send(first), true);
  assert.equal(await send(changed), 'other content');
});

test('step by step: who changes an answer after Send, whose answer was lost, sends a new report', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', { who: 'worried', what: first });
  const check = readFormValues(teller.page().body);
  await sendForm(application.app, '/report', { ...check, receipt: 'digits', press: 'send' });
  const wanted = await teller.press('what');
  assert.match(wanted.body, /It went to: Police[\s\S]*was not sent yet/);
  assert.match((await teller.press('next', { what: changed })).body, /was not sent yet/);
  assert.ok(findReceiptText((await teller.press('send', { receipt: 'digits' })).body));
  assert.deepEqual((await toldTo(application, 'police')).map(([what]) => what).sort(), [changed, first]);
});

test('who leaves after Send finds no words of the report by sending the page again', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const form = { ...readFormValues(teller.page().body), what: first, press: 'send support' };
  await sendForm(application.app, '/report', form);
  await sendForm(application.app, '/report/leave', { draft: teller.draft() });
  const page = await sendForm(application.app, '/report', { ...form, press: 'more' });
  assert.doesNotMatch(page.body, /Six men/);
});

for (const javaScriptEnabled of [false, true])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'}: the answer to Send is lost, words and danger are added, and police get them`, async (t) => {
    const application = await openAttended(t);
    const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
    const page = await (await (await openBrowser(t)).newContext({ ...phone, javaScriptEnabled })).newPage();
    await enterJourney(page, base, '/report');
    const next = nextOn(page);
    await page.getByLabel('What did you see').fill(first);
    const lost = Promise.withResolvers<void>();
    await page.route(base + privateEntrance, async (route) => {
      await route.fetch();
      // A browser without script stays on its page at 204, with what was typed.
      await (javaScriptEnabled ? route.abort() : route.fulfill({ status: 204 }));
      lost.resolve();
    });
    const support = page.getByRole('button', { name: 'Send to people who help, not to police' });
    // Before its script runs, the page sends its form as a browser without script does.
    if (javaScriptEnabled) await page.locator('[data-when="sealing"]:not([hidden])').first().waitFor();
    await support.click({ noWaitAfter: true });
    if (javaScriptEnabled) await page.getByText('It could not be sent').waitFor();
    for (let tries = 0; tries < 100 && (await toldTo(application, 'help')).length === 0; tries += 1) await sleep(50);
    await lost.promise;
    await page.unroute(base + privateEntrance);
    assert.deepEqual(await toldTo(application, 'help'), [[first, false]]);
    await page.getByLabel('What did you see').fill(changed);
    await page.locator('#now').check();
    await next('Send to police');
    assert.match(await page.locator('main [role="alert"]:not([hidden])').innerText(), /999[\s\S]*not sent yet/);
    assert.equal(await page.getByLabel('What did you see').inputValue(), changed);
    assert.ok(await page.locator('#now').isChecked());
    await next('Send to police');
    assert.match(
      await page.locator('main').innerText(),
      javaScriptEnabled ? /We have it[\s\S]*sealed in your browser/ : /We have it/,
    );
    assert.deepEqual(await toldTo(application, 'police'), [[changed, true]]);
    assert.deepEqual(await toldTo(application, 'help'), [[first, false]]);
  });

test('with script: the same words sent again after a lost answer get the same receipt, and are one report', async (t) => {
  const application = await openAttended(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await (await openBrowser(t)).newContext(phone)).newPage();
  await enterJourney(page, base, '/report');
  const next = nextOn(page);
  await next(stepByStep);
  while ((await page.getByRole('button', { name: 'Send', exact: true }).count()) === 0) {
    if ((await page.getByLabel('I noticed something').count()) > 0)
      await page.getByLabel('I noticed something').check();
    if ((await page.locator('[name="what"]').count()) > 0) await page.locator('[name="what"]').fill(first);
    await next();
  }
  await page.getByLabel('A row of digits').check();
  await page.route(base + privateEntrance, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('It could not be sent').waitFor();
  await page.unroute(base + privateEntrance);
  await next('Send');
  assert.match(await page.locator('main').innerText(), /We have it/);
  assert.deepEqual(await toldTo(application, 'police'), [[first, false]]);
});
