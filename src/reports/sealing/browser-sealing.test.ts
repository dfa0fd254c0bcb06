import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { lookAgain, openElsewhere } from '../../../test/assurance/public/private-journey/leaving.ts';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { chooseReceipt, movedOn, nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';
import { findReceiptText, openReportForm, type ReportVisitor } from '../visitor.ts';
import { sealInBrowser, toBase64Url } from './browser-sealing.ts';
import { browserSealContext } from './envelope.ts';
import { currentKeyPair } from './sealed-report.ts';
import { openSealed, openSealing } from './sealing.ts';

await openSealing();

const canaries = {
  what: 'Quagmire lantern above the shop',
  place: 'Behind Zephyrwood bakery',
  people: 'Ossifrage twins',
  name: 'Ira Velleity',
  channel: '01632 960 007',
} as const;
const words = /Quagmire|Zephyrwood|Ossifrage|Velleity|960\D*007/;
const sealedWords = /What you wrote was sealed in your browser/;
const arrivalWords = /What you wrote was sealed when it reached us/;
const partWords = /Part of what you wrote was sealed in your browser, and the rest when it reached us/;

/** All that a page sends is written down. */
async function openPage(t: TestContext, javaScriptEnabled = true, prepare?: (page: Page) => Promise<unknown>) {
  const elsewhere = await openElsewhere();
  t.after(elsewhere.close);
  const application = await openAttended(t, { environment: { SAFELIGHT_EXIT_TO: elsewhere.address } });
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const context = await (await openBrowser(t)).newContext({ ...phone, javaScriptEnabled });
  const page = await context.newPage();
  const wire: string[] = [];
  page.on('request', (request) => {
    const body = (request.postData() ?? '').replaceAll('+', ' ');
    wire.push(`${request.url()} ${JSON.stringify(request.headers())} ${decodeURIComponent(body)}`);
  });
  await prepare?.(page);
  await enterJourney(page, base, '/report');
  return { application, base, page, wire, elsewhere: elsewhere.address, next: nextOn(page) };
}

/** To the last page, answering what is asked. */
async function tellOn(page: Page, next: (name?: string) => Promise<void>): Promise<void> {
  if ((await page.getByRole('button', { name: stepByStep }).count()) > 0) await next(stepByStep);
  for (let pages = 0; (await page.getByRole('button', { name: 'Send', exact: true }).count()) === 0; pages += 1) {
    assert.ok(pages < 20, 'the form leads nowhere');
    if ((await page.getByLabel('I noticed something').count()) > 0)
      await page.getByLabel('I noticed something').check();
    if (/left? a way|leave a way/.test(await page.locator('main').innerText())) await page.getByLabel('Yes').check();
    for (const [field, text] of Object.entries(canaries)) {
      const place = page.locator(`[name="${field}"]`);
      if ((await place.count()) > 0) await place.fill(text);
    }
    await next();
  }
}

test('with script no word that was written goes over the wire, and staff read it all', async (t) => {
  const { application, page, wire, next } = await openPage(t);
  await tellOn(page, next);
  const check = await page.locator('main').innerText();
  for (const text of Object.values(canaries)) assert.ok(check.includes(text), text);
  assert.match(
    check,
    new RegExp(`to the key ${currentKeyPair(application.keys, 'police').id} of those who read it, in force since`),
  );
  await next('Send');
  const sent = await page.locator('main').innerText();
  assert.match(sent, sealedWords);
  assert.doesNotMatch(sent, arrivalWords);
  assert.ok(wire.length > 12);
  for (const one of wire) assert.doesNotMatch(one, words);
  const [report, ...others] = await opened(application, 'police');
  assert.equal(others.length, 0);
  assert.equal(report?.inBrowser, 'yes');
  const { what, place, people, name, channel } = canaries;
  assert.deepEqual(report?.told, { who: 'worried', reach: 'yes', what, place, people, language: 'en' });
  assert.deepEqual(report?.contact, { name, channel });

  const reader = await application.signIn(application.readers.police);
  const { body } = await reader.get(`/staff/reports/${report?.report.id}`);
  assert.match(body, /Quagmire lantern[\s\S]*in the reporter’s browser/);
  assert.doesNotMatch(body, /Velleity/);
});

test('with script a short report is sealed to the readers of its button, with all that was added, and counted here', async (t) => {
  for (const [button, line] of [
    ['Send to people who help, not to police', 'help'],
    ['Send to police', 'police'],
  ] as const) {
    const { application, page, wire, next } = await openPage(t);
    await page.getByLabel('What did you see').fill(canaries.what);
    await page.getByLabel('Where is it?').fill(canaries.place);
    await next('Add more');
    assert.match(await page.locator('#extras').innerText(), /Added: 0 of 7/);
    await next('Who is in it?');
    await page.locator('[name="people"]').fill(canaries.people);
    await next();
    assert.match(await page.locator('#extras').innerText(), /Added: 1 of 7/);
    assert.match(await page.locator('main').innerText(), /Who is in it\? \(Added\)/);
    await next('Back');
    assert.equal(await page.getByLabel('Where is it?').inputValue(), canaries.place);
    await next(button);
    assert.match(await page.locator('main').innerText(), sealedWords);
    for (const one of wire) assert.doesNotMatch(one, words);
    const [report] = await opened(application, line);
    assert.equal(report?.inBrowser, 'yes');
    const { what, place, people } = canaries;
    assert.deepEqual(report?.told, { what, place, people, language: 'en' });
  }
});

test('the last page says in one sentence where a report with a map point was sealed', async (t) => {
  const { application, page, next } = await openPage(t);
  await page.getByLabel('What did you see').fill(canaries.what);
  await next('Add more');
  await next('Show the place on a map');
  await movedOn(page, () => page.locator('input.sl-map').click({ position: { x: 190, y: 214 } }));
  await next('Use this point');
  assert.match(await page.locator('main').innerText(), /Part of what you wrote has reached us and was sealed here\./);
  await next('Send to police');
  const sent = await page.locator('main').innerText();
  assert.match(sent, partWords);
  assert.doesNotMatch(sent, /sealed when it arrives|It was sealed/);
  assert.equal((await opened(application, 'police'))[0]?.told.what, canaries.what);
});

test('without script the same form is sealed when it arrives, and says so', async (t) => {
  const { application, page, wire, next } = await openPage(t, false);
  await tellOn(page, next);
  assert.match(await page.locator('main').innerText(), /Your words are sealed when they arrive here/);
  await next('Send');
  assert.match(await page.locator('main').innerText(), arrivalWords);
  assert.ok(wire.some((one) => words.test(one)));
  const [report] = await opened(application, 'police');
  assert.equal(report?.inBrowser, 'no');
  assert.equal(report?.told.what, canaries.what);
});

test('a script that does not come, or comes where nothing can be drawn by chance, leaves a plain form', async (t) => {
  for (const broken of ['no file', 'no chance'] as const) {
    const { application, page, next } = await openPage(t, true, (opened) =>
      broken === 'no file'
        ? opened.route('**/seal.js', (route) => route.abort())
        : opened.addInitScript('Object.defineProperty(globalThis, "crypto", { value: undefined })'),
    );
    await tellOn(page, next);
    await next('Send');
    assert.match(await page.locator('main').innerText(), arrivalWords, broken);
    assert.equal((await opened(application, 'police'))[0]?.told.what, canaries.what);
  }
});

test('a script that comes late says that we had some of it before, and loses none', async (t) => {
  const { application, page, next } = await openPage(t, true, (opened) =>
    opened.route('**/seal.js', (route) => route.abort()),
  );
  await next(stepByStep);
  while ((await page.locator('[name="what"]').count()) === 0) await next();
  await page.locator('[name="what"]').fill(canaries.what);
  await next();
  await page.unroute('**/seal.js');
  await next();
  await tellOn(page, next);
  await next('Send');
  assert.match(await page.locator('main').innerText(), partWords);
  const [report] = await opened(application, 'help');
  assert.equal(report?.told.what, canaries.what);
  assert.equal(report?.told.people, canaries.people);
});

test('where the server does not answer, all that was written is still there and can be sent again', async (t) => {
  const { application, base, page, next } = await openPage(t);
  await tellOn(page, next);
  await page.route(base + privateEntrance, (route) => route.abort());
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('It could not be sent').waitFor();
  await page.unroute(base + privateEntrance);
  await next('Send');
  assert.equal((await opened(application, 'police')).length, 1);
});

test('where the database was away, what was sent goes on from there, however much later', async (t) => {
  const { application, page, next } = await openPage(t);
  await tellOn(page, next);
  await chooseReceipt(page);
  await sql`create function ctx.away() returns trigger language plpgsql as $$
    begin raise exception 'no space left on device' using errcode = '53100'; end $$`.execute(application.db);
  await sql`create trigger away before insert on reports for each row execute function ctx.away()`.execute(
    application.db,
  );
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('It could not be sent').waitFor();
  await sql`drop trigger away on reports`.execute(application.db);
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  await next('Send');
  assert.equal((await opened(application, 'police')).length, 1);
});

test('who leaves by the button leaves no word behind, wherever Back leads', async (t) => {
  const { application, base, page, elsewhere, next } = await openPage(t);
  await tellOn(page, next);
  await page.locator('#exit').click();
  await page.waitForURL(elsewhere);
  for (const text of await lookAgain(page, base, 'Back and reload, to the start')) assert.doesNotMatch(text, words);
  assert.deepEqual(await opened(application, 'police'), []);
});

type Sealing = { readonly report: string; readonly line: string; readonly key: string; readonly publicKey: string };
const sealingOn = (html: string): Sealing => {
  const said = (name: string): string => new RegExp(`data-${name}="([^"]*)"`).exec(html)?.[1] ?? '';
  return { report: said('report'), line: said('line'), key: said('key'), publicKey: said('public-key') };
};

async function atTheLastPage(teller: ReportVisitor, answers: Readonly<Record<string, string>>): Promise<Sealing> {
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', answers);
  return sealingOn(teller.page().body);
}

const boxOf = ({ report, line, key, publicKey }: Sealing, said: unknown, part: 'words' | 'contact' = 'words') =>
  sealInBrowser(
    { id: key, publicKey: Buffer.from(publicKey, 'base64url') },
    browserSealContext(line, report, part),
    JSON.stringify(said),
  );

test('what a browser seals, the staff’s libsodium opens, of every length, and elsewhere it does not', async () => {
  const pair = (await import('./sealing.ts')).intakeKeyPair(Buffer.alloc(32, 5));
  for (const length of [0, 1, 255, 256, 1_023, 1_024, 4_095, 4_096, 16_383, 16_384, 32_767]) {
    const place = browserSealContext('help', 'a report', 'words');
    const box = sealInBrowser(pair, place, 'ж'.repeat(length / 2));
    assert.equal(openSealed(pair, place, box).toString(), 'ж'.repeat(length / 2), `${length}`);
    for (const other of [
      browserSealContext('police', 'a report', 'words'),
      browserSealContext('help', 'another', 'words'),
      browserSealContext('help', 'a report', 'contact'),
    ])
      assert.throws(() => openSealed(pair, other, box));
  }
});

test('a box that is not for this line is refused in words and nothing is taken in; sent again as it was, it is', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const sealing = await atTheLastPage(teller, { who: 'worried' });
  const box = boxOf(sealing, { what: canaries.what });
  const help = currentKeyPair(application.keys, 'help');
  const otherKey = boxOf({ ...sealing, key: help.id, publicKey: toBase64Url(help.publicKey) }, { what: 'x' });
  const unfit = {
    'another version': Buffer.concat([Buffer.of(2), box.subarray(1)]),
    'another line’s key': otherKey,
    'cut short': box.subarray(0, 60),
    'no letters': Buffer.alloc(0),
  };
  for (const [how, bytes] of Object.entries(unfit)) {
    const refused = await teller.press('send', { words: how === 'no letters' ? '%%%' : toBase64Url(bytes) });
    assert.equal(refused.statusCode, 422, how);
    assert.match(refused.body, /did not arrive as it was sealed, and nothing was taken in/, how);
    assert.deepEqual(await opened(application, 'police'), [], how);
  }
  assert.match((await teller.press('send', { words: toBase64Url(box), receipt: 'none' })).body, sealedWords);
  assert.equal((await opened(application, 'police'))[0]?.told.what, canaries.what);
});

test('staff see in words that a box was changed on its way, next to the chosen answers', async (t) => {
  const application = await openAttended(t);
  for (const change of ['a bit', 'of another report', 'no answers'] as const) {
    const teller = await openReportForm(application.app);
    const sealing = await atTheLastPage(teller, { who: 'worried', now: 'yes' });
    const box = boxOf(
      change === 'of another report' ? { ...sealing, report: 'another' } : sealing,
      change === 'no answers' ? 7 : { what: canaries.what },
    );
    if (change === 'a bit') box.set([(box.at(-1) ?? 0) ^ 1], box.length - 1);
    await teller.press('send', { words: toBase64Url(box), receipt: 'none' });
  }
  const reader = await application.signIn(application.readers.police);
  const reports = await opened(application, 'police');
  assert.deepEqual(
    reports.map(({ inBrowser }) => inBrowser),
    Array(3).fill('does not open'),
    'what holds no answers, too',
  );
  for (const { report } of reports) {
    const { body, statusCode } = await reader.get(`/staff/reports/${report.id}`);
    assert.equal(statusCode, 200);
    assert.match(body, /Yes, now/);
    assert.doesNotMatch(body, /Quagmire/);
    assert.match(body, /in a browser, and it does not open/);
  }
});

test('of what a browser sealed only answers to our questions are shown, and a source identity only where the reporter left a contact', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const sealing = await atTheLastPage(teller, { who: 'worried', reach: 'no' });
  const said = { what: canaries.what, admin: 'yes', place: 7, __proto__: { people: 'x' } };
  await teller.press('send', {
    words: toBase64Url(boxOf(sealing, said)),
    receipt: 'none',
    contact: toBase64Url(boxOf(sealing, { name: 'Ira' }, 'contact')),
  });
  const [report] = await opened(application, 'police');
  assert.deepEqual(report?.told, { who: 'worried', reach: 'no', what: canaries.what, language: 'en' });
  assert.equal(report?.contact, undefined);
});

test('the mailbox goes on working for what a browser sealed', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  const sealing = await atTheLastPage(teller, { who: 'me', reader: 'support' });
  const sent = await teller.press('send', {
    words: toBase64Url(boxOf(sealing, { what: canaries.what })),
    receipt: 'words',
  });
  const back = await openReportForm(application.app, '/report/return');
  await back.press('begin');
  const box = await back.press('open', { list: findReceiptText(sent.body) });
  assert.match(box.body, /Nothing has been written to you yet/);
  assert.doesNotMatch(box.body, words);
  assert.match((await back.press('add', { words: 'There are seven' })).body, /It was added/);
  const [report] = await opened(application, 'help');
  const reader = await application.signIn(application.readers.help);
  const { body } = await reader.get(`/staff/safeguarding/reports/${report?.report.id}`);
  assert.match(body, /Quagmire lantern[\s\S]*There are seven/);
});
