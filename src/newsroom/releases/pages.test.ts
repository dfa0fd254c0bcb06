import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  change,
  draft,
  formOf,
  type Newsroom,
  openNewsroom,
  publish,
  revisionOf,
} from '../../../test/fixtures/releases.ts';
import {
  axeViolations,
  desktop,
  measureOverflow,
  narrowest,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { addPublished } from './examples.ts';

/** What one request may weigh with its head, cold. */
const mostBytes = 14_000;
/** Four times as large on a desk is this small to the page. */
const zoomed: BrowserContextOptions = { viewport: { width: 320, height: 256 } };

async function listen({ app }: Newsroom): Promise<string> {
  await app.listen({ port: 0 });
  return `http://localhost:${(app.server.address() as { port: number }).port}`;
}

/** Looks at one page in one kind of window: structure, width, and that the browser was told nothing odd. */
async function lookAt(page: Page, url: string, complaints: readonly string[], status = 200): Promise<void> {
  const answer = await page.goto(url);
  assert.equal(answer?.status(), status, url);
  assert.deepEqual(await axeViolations(page), [], url);
  assert.equal(await measureOverflow(page), 0, url);
  const unforeseen = complaints.filter((text) => status === 200 || !text.includes(`status of ${status}`));
  assert.deepEqual(unforeseen, [], url);
}

async function openPage(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => asked.push(request.url()));
  return { context, page, complaints, asked };
}

test('every public page works without script, in one light request, at any width, by day and by night', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  for (let number = 0; number < 30; number += 1)
    await addPublished(room.db, by, {
      title: `Visits in the week of ${number}`,
      dated: new Date(Date.UTC(2024 + (number % 3), number % 12, 3)),
    });
  const corrected = await addPublished(room.db, by, {
    title: 'Corrected twice',
    corrections: [{ at: '2026-09-20T10:00:00Z', note: 'We wrote three towns; there were two.' }],
    sources: [{ text: 'Annual assessment', url: 'https://example.org/assessment', date: '2026-06-01' }],
    body: `## One\n\n${'A long paragraph of ordinary words about what the teams did. '.repeat(60)}\n\n### Two\n\n* a\n* b\n\n> said`,
  });
  const imported = await addPublished(room.db, by, {
    title: 'By others',
    issuedBy: null,
    importedFrom: {
      url: 'https://elsewhere.example/a-very-long-address-that-has-no-place-to-break-in-it-at-all',
      publishedOn: '2019-09-25',
    },
    cautions: ['It gives exact ages.'],
  });
  const gone = await draft(room.writer, room.signed.id);
  const goneNews = await publish(room, gone);
  await room.partner.post(`${gone}/withdraw`, { why: 'An error' });
  const base = await listen(room);
  const pages: readonly (readonly [string, number])[] = [
    ['/news', 200],
    ['/news?page=2', 200],
    ['/news?q=visits&area=Hertfordshire', 200],
    ['/news?q=zebra', 200],
    ['/news?month=2026-09', 200],
    [news, 200],
    [`/news/${corrected}`, 200],
    [`/news/${imported}`, 200],
    [goneNews, 410],
  ];
  const browser = await openBrowser(t);
  const { context, page, asked } = await openPage(browser, { ...phone, javaScriptEnabled: false });
  for (const [url, status] of pages) {
    asked.length = 0;
    const answer = await page.goto(base + url);
    assert.equal(answer?.status(), status, url);
    const sizes = await answer?.request().sizes();
    const bytes = (sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0);
    t.diagnostic(`${url.slice(0, 40)}: ${bytes} bytes`);
    assert.ok(bytes > 1_000 && bytes <= mostBytes, `${url}: ${bytes} bytes`);
    assert.deepEqual(
      asked.filter((one) => !one.startsWith('data:')),
      [base + url],
      'one request',
    );
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), url);
  }
  assert.deepEqual(await context.cookies(), []);

  // What looks into the page needs the browser's scripts; the page itself has none.
  for (const options of [phone, narrowest, zoomed, desktop, { ...phone, colorScheme: 'dark' as const }]) {
    const looking = await openPage(browser, options);
    for (const [url, status] of pages) {
      await lookAt(looking.page, base + url, looking.complaints, status);
      looking.complaints.length = 0;
    }
    await looking.context.close();
  }
});

test('a browser that runs scripts has none to run here, and takes the data for machines as data', async (t) => {
  const room = await openNewsroom(t);
  const news = await publish(room, await draft(room.writer, room.signed.id));
  const base = await listen(room);
  const { page, complaints } = await openPage(await openBrowser(t), desktop);
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { violations: seen });
    const target = globalThis as unknown as EventTarget;
    target.addEventListener('securitypolicyviolation', ({ type }) => seen.push(type));
  });
  await page.goto(base + news);
  assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations), []);
  assert.deepEqual(complaints, []);
  const data = await page.locator('script[type="application/ld+json"]').textContent();
  assert.equal(JSON.parse(data ?? '')['@type'], 'NewsArticle');
  await page.getByText('Share or keep this release').click();
  const share = await page.getByLabel('Text to share').inputValue();
  assert.ok(share.length <= 280 && share.endsWith(news), share);

  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('navigation').count(), 0, 'on paper there is nothing to press');
  const onPaper = page.locator('.sl-print-only');
  assert.ok(await onPaper.isVisible(), 'but the address it came from');
  assert.match(await onPaper.innerText(), /\/news\/\S+\s[\s\S]*https?:\/\/\S+\/help\s[\s\S]*https?:\/\/\S+\/signs/);
  const cited = await addPublished(
    room.db,
    { agency: room.force, member: room.analyst, from: room.signed },
    { sources: [{ text: 'Annual assessment', url: 'https://example.org/assessment', date: '2026-06-01' }] },
  );
  await new Promise((done) => setTimeout(done, 1_100)); // What is public is looked up once a second.
  room.clock.move(new Date(room.clock.now().getTime() + 2_000));
  await page.goto(`${base}/news/${cited}`);
  const source = page.locator('.sl-release a', { hasText: 'Annual assessment' });
  type Styles = { readonly getComputedStyle: (element: unknown, part: string) => { readonly content: string } };
  const after = await source.evaluate(
    (link) => (globalThis as unknown as Styles).getComputedStyle(link, '::after').content,
  );
  assert.match(after, /https:\/\/example\.org\/assessment/, 'a link prints where it leads');
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
});

test('by keyboard alone: search, open, and go to who can help', async (t) => {
  const room = await openNewsroom(t);
  await publish(room, await draft(room.writer, room.signed.id));
  const base = await listen(room);
  const { page } = await openPage(await openBrowser(t), { ...phone, javaScriptEnabled: false });
  await page.goto(`${base}/news`);
  await page.getByLabel('Words').focus();
  await page.keyboard.type('addresses');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=addresses/);
  await page.getByRole('link', { name: /Eight business addresses/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/news\/eight/);
  await page.getByRole('link', { name: 'the lines that can help now' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/help/);
});

test('every staff page of the newsroom has a sound structure and fits a small screen', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  const { body } = await formOf(writer, address);
  await change(writer, address, {
    body: `${body}\n\nWe drove 400 miles. Officers raided Acacia Road. We went to 8 addresses.`,
    name1: 'Robin Hale',
    words1: 'Please tell us',
  });
  const faulty = (await writer.get(address)).body;
  const justify = /href="([^"]*\/justify\?[^"]*)"/.exec(faulty)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const out = await draft(writer, signed.id);
  await publish(room, out);
  const waiting = await draft(writer, signed.id);
  await writer.post(`${waiting}/submit`, { revision: 1 });
  const approved = await draft(writer, signed.id);
  await writer.post(`${approved}/submit`, { revision: 1 });
  await partner.post(`${approved}/approve`, { revision: await revisionOf(room, approved) });
  const base = await listen(room);
  const token = await openSession(room.db, writer.member.id, room.clock.now(), {
    method: 'password',
    sharedWorkstation: false,
  });
  const pages = [
    '/staff/newsroom',
    '/staff/newsroom?state=withdrawn',
    '/staff/newsroom/returns',
    `/staff/newsroom/returns/${signed.id}/draft`,
    address,
    `${address}/edit`,
    justify,
    `${address}/revisions/1`,
    waiting,
    `${waiting}/approve`,
    `${waiting}/send-back`,
    `${approved}/publish`,
    out,
    `${out}/correct`,
    `${out}/withdraw`,
  ];
  const browser = await openBrowser(t);
  for (const options of [narrowest, desktop, { ...desktop, colorScheme: 'dark' as const }]) {
    const { context, page, complaints } = await openPage(browser, options);
    await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
    for (const url of pages) await lookAt(page, base + url, complaints);
    await context.close();
  }

  // The later of two editors, in a browser.
  const { context, page, complaints } = await openPage(browser, narrowest);
  await context.addCookies([{ name: 'safelight', value: token, url: `${base}/staff` }]);
  await page.goto(`${base}${address}/edit`);
  await change(partner, address, { description: 'From the partner' });
  await page.getByLabel('Description').fill('From the writer');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  assert.match((await page.locator('#description-theirs').textContent()) ?? '', /From the partner/);
  assert.deepEqual(await axeViolations(page), []);
  assert.equal(await measureOverflow(page), 0);
  assert.deepEqual(
    complaints.filter((text) => !/status of 422/.test(text)),
    [],
  );
});
