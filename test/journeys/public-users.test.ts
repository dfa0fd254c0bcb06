/** The seven kinds of user who walked the public site: each reaches what they came for, on a telephone, in a counted number of pages and presses. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { findReceiptText } from '../../src/reports/visitor.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { movedOn } from '../fixtures/report-browser.ts';
import { walkShortReport } from '../fixtures/short-report.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../harness/browser.ts';

/** One reader: pages that were shown and what was pressed. Each page must be sound and stand within the screen. */
class Reader {
  readonly pages: string[] = [];
  presses = 0;
  readonly page: Page;
  readonly base: string;
  /** axe is a script itself. */
  readonly #script: boolean;

  constructor(page: Page, base: string, script: boolean) {
    this.page = page;
    this.base = base;
    this.#script = script;
    page.setDefaultTimeout(60_000);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(this.base + address);
    await this.#shown();
  }

  /** Follows a link or presses a button that leads to another page of the named site. */
  async follow(what: Locator): Promise<void> {
    this.presses += 1;
    await Promise.all([this.page.waitForEvent('load'), what.first().click()]);
    await this.#shown();
  }

  /** Presses what leads from the named site into the private journey. */
  async enter(what: Locator): Promise<void> {
    this.presses += 1;
    await what.first().click();
    await this.page.locator('#exit').waitFor();
    await this.#shown();
  }

  /** Presses a button of the private journey, whose address stays the same. */
  async goOn(what: Locator): Promise<void> {
    this.presses += 1;
    await movedOn(this.page, () => what.first().click());
    await this.#shown();
  }

  async tick(name: string, value: string): Promise<void> {
    this.presses += 1;
    await this.page.locator(`main input[name="${name}"][value="${value}"]`).check({ force: true });
  }

  link(end: string): Locator {
    return this.page.locator(`a[href$="${end}"]:visible`);
  }

  button(value: string): Locator {
    return this.page.locator(`button[value="${value}"]:visible`);
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  async #shown(): Promise<void> {
    this.pages.push(await this.page.title());
    assert.equal(await measureOverflow(this.page), 0, this.page.url());
    if (this.#script) assert.deepEqual(await axeViolations(this.page), [], this.page.url());
  }

  assertAtMost(pages: number, presses: number): void {
    assert.ok(this.pages.length <= pages, `${this.pages.length} pages: ${this.pages.join(' | ')}`);
    assert.ok(this.presses <= presses, `${this.presses} presses`);
  }
}

async function openSite(t: TestContext) {
  const { app } = await openDemonstration(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const reader = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Reader> => {
    const context: BrowserContext = await browser.newContext({ ...phone, ...options });
    return new Reader(await context.newPage(), base, options.javaScriptEnabled !== false);
  };
  return { app, base, reader };
}

test('public users', async (t) => {
  const { app, base, reader } = await openSite(t);

  await t.test('a neighbour who wants advice ticks what they saw, and takes it along into a report', async () => {
    const neighbour = await reader();
    await neighbour.open('/');
    assert.match(await neighbour.page.locator('.sl-masthead').innerText(), /Lea Vale/, 'it says whose site it is');
    await neighbour.follow(neighbour.link('/signs'));
    await neighbour.follow(neighbour.link('/signs/check'));
    await neighbour.follow(neighbour.button('notice'));
    const boxes = neighbour.page.locator('main input[name="sign"]');
    neighbour.presses += 2;
    await boxes.nth(0).check({ force: true });
    await boxes.nth(1).check({ force: true });
    await neighbour.follow(neighbour.button('answer'));
    assert.match(await neighbour.text(), /What to do[\s\S]*Open now|Help now[\s\S]*\d{3}/);
    neighbour.assertAtMost(5, 6);
    await neighbour.enter(neighbour.button('short'));
    assert.match(await neighbour.text(), /Your ticks are written below/);
  });

  await t.test('a journalist finds figures, quote and press contact of the latest release in two presses', async () => {
    const journalist = await reader();
    await journalist.open('/');
    await journalist.follow(journalist.link('/news'));
    await journalist.follow(journalist.page.locator('main a[href^="/news/"]:not([href*="feed"]):visible'));
    const text = await journalist.text();
    assert.match(text, /Figures[\s\S]*Press contact[\s\S]*@/);
    assert.ok(await journalist.page.locator('blockquote').isVisible());
    const csv = (await journalist.page.locator('a[href$=".csv"]').getAttribute('href')) ?? '';
    assert.match((await app.inject(csv)).body, /,/);
    journalist.assertAtMost(3, 2);
  });

  await t.test(
    'somebody on a watched phone tells in Vietnamese without script, keeps the receipt and comes back',
    async () => {
      const victim = await reader({ javaScriptEnabled: false });
      await victim.open('/information');
      await victim.enter(victim.button('vi'));
      await victim.enter(victim.page.locator('main').locator('a[href="/report"], button[value="/report"]'));
      if ((await victim.page.locator('#what').count()) === 0) await victim.goOn(victim.button('short'));
      await victim.page.locator('#what').fill('Tôi phải làm việc mỗi ngày và không được trả tiền.');
      await victim.goOn(victim.button('more'));
      await victim.tick('receipt', 'words');
      await victim.goOn(victim.button('send support'));
      const receipt = findReceiptText(await victim.page.content());
      assert.equal(receipt.split('\n').length, 8, 'eight lines that read as a shopping list');
      assert.deepEqual([...new Set(victim.pages)], ['Information']);
      victim.assertAtMost(5, 5);

      const later = await reader({ javaScriptEnabled: false });
      await later.open('/information');
      await later.enter(later.button('vi'));
      await later.enter(later.page.locator('button[value="/report/return"]'));
      await later.goOn(later.button('begin'));
      await later.page.locator('main textarea').first().fill(receipt);
      await later.goOn(later.button('open'));
      assert.ok(await later.button('add').isVisible(), 'it opens, and more can be written');
      later.assertAtMost(5, 4);
    },
  );

  await t.test('a driver with two minutes sends a report from the named site', async () => {
    const driver = await reader();
    const { pages, presses } = await walkShortReport(driver.page, base, 'named site', 'police');
    assert.ok(pages.length <= 3 && presses <= 6, `${pages.length} pages, ${presses} presses`);
  });

  await t.test('a reader with a keyboard alone reaches the number, and each page has a title of its own', async () => {
    const keyboard = await reader();
    for (const address of ['/', '/help', '/report', '/signs', '/news', '/contact']) await keyboard.open(address);
    assert.equal(new Set(keyboard.pages).size, keyboard.pages.length, keyboard.pages.join(' | '));
    await keyboard.open('/');
    await keyboard.page.keyboard.press('Tab');
    await keyboard.page.keyboard.press('Enter');
    const seen: (string | null)[] = [];
    for (let press = 0; press < 4; press += 1) {
      await keyboard.page.keyboard.press('Tab');
      seen.push(await keyboard.page.evaluate(`document.activeElement.getAttribute('href')`));
    }
    assert.equal(seen[0], 'tel:999', seen.join());
    assert.match(seen[1] ?? '', /^tel:/);
  });

  await t.test('an Albanian reader finds a number that answers now', async () => {
    const albanian = await reader({ locale: 'sq' });
    await albanian.open('/');
    assert.equal(await albanian.page.locator('html').getAttribute('lang'), 'sq');
    const number = albanian.page.locator('main a[href^="tel"]:not([href="tel:999"])').first();
    const box = await number.boundingBox();
    assert.ok(box && box.y + box.height <= 780, `${box?.y}`);
    albanian.assertAtMost(1, 0);
  });

  await t.test('a council officer prints a poster in Polish with the name of the partnership', async () => {
    const officer = await reader();
    await officer.open('/signs');
    await officer.follow(officer.link('/signs/print'));
    const poster = (await officer.link('/signs/print/poster-a4.pdf?language=pl').getAttribute('href')) ?? '';
    const { headers, rawPayload } = await app.inject(poster);
    assert.equal(headers['content-type'], 'application/pdf');
    assert.equal(rawPayload.subarray(0, 5).toString(), '%PDF-');
    // The file is the last press.
    officer.assertAtMost(2, 1);
  });

  await t.test('the web editor of a partner takes a card for their own site', async () => {
    const editor = await reader();
    await editor.open('/news');
    await editor.follow(editor.page.locator('main a[href^="/news/"]:not([href*="feed"]):visible'));
    await editor.page.locator('summary').filter({ hasText: 'Share' }).click();
    const code = await editor.page.locator('#embed').inputValue();
    assert.match(code, /^<(iframe|blockquote)/);
    const discovery = await editor.page.locator('link[type="application/json+oembed"]').getAttribute('href');
    const { pathname, search } = new URL(discovery ?? '', base);
    assert.equal((await app.inject(pathname + search)).json().version, '1.0');
    const feed = await app.inject({ url: '/news/feed.json', headers: { origin: 'https://partner.example' } });
    assert.equal(feed.headers['access-control-allow-origin'], '*');
    assert.match(feed.json().items[0].content_html, /<p>[\s\S]{500}/, 'the whole text');
    assert.ok(await editor.page.locator('meta[property="og:image"]').getAttribute('content'));
    editor.assertAtMost(2, 1);
  });
});
