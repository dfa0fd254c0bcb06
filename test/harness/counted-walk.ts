/** A browser walk that counts what a user does: pages loaded, clicks (links, buttons, radios, ticks) and fields (text boxes, parts of a date, selects). */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

export type Count = { readonly pages: number; readonly clicks: number; readonly fields: number };

/** For a walk while processes die. */
type Trials = {
  /** A request leaves for page so many; with a form or without. */
  readonly onRequest?: (page: number, form: boolean) => void;
  /** Whether an error page of a proxy, or of a process that ends, is loaded again as its reader would. A form is sent again with it. */
  readonly loadsAgain?: boolean;
};

export class CountedWalk {
  readonly trials: Trials;
  /** Pages that had to be loaded again with their forms, and the status that each had. */
  readonly loadedAgain: string[] = [];
  pages = 0;
  clicks = 0;
  fields = 0;
  /** The member who did something last. */
  last: Walker | undefined;
  readonly #steps: { readonly name: string; readonly count: Count; readonly seconds: number }[] = [];
  #began = performance.now();

  constructor(trials: Trials = {}) {
    this.trials = trials;
  }

  /** Ends a step of the job: its name, and what was done since the one before. */
  step(name: string): void {
    const done = this.#steps.reduce(
      (sum, { count }) => ({
        pages: sum.pages + count.pages,
        clicks: sum.clicks + count.clicks,
        fields: sum.fields + count.fields,
      }),
      { pages: 0, clicks: 0, fields: 0 },
    );
    const count = {
      pages: this.pages - done.pages,
      clicks: this.clicks - done.clicks,
      fields: this.fields - done.fields,
    };
    const now = performance.now();
    this.#steps.push({ name, count, seconds: (now - this.#began) / 1_000 });
    this.#began = now;
  }

  /** The same with the seconds that a program took: of the pages and of the machine, not of a person. */
  get timedSteps(): readonly string[] {
    return this.steps.map((step, at) => `${step}, ${this.#steps[at]?.seconds.toFixed(1)} s`);
  }

  get seconds(): number {
    return this.#steps.reduce((all, { seconds }) => all + seconds, 0);
  }

  get steps(): readonly string[] {
    return this.#steps.map(({ name, count: { pages, clicks, fields } }) => `${name}: ${pages} / ${clicks} / ${fields}`);
  }

  /** One member at their browser. A page that counts a week needs more time than the others. */
  by(page: Page, timeout?: number): Walker {
    return new Walker(page, this, timeout);
  }
}

export class Walker {
  readonly page: Page;
  readonly #walk: CountedWalk;

  constructor(page: Page, walk: CountedWalk, timeout = 10_000) {
    this.page = page;
    this.#walk = walk;
    page.setDefaultTimeout(timeout);
  }

  /** Where a walk begins, or an address that somebody was sent. */
  async open(address: string): Promise<void> {
    this.#walk.pages += 1;
    await this.page.goto(address);
  }

  /** Clicks what leads to another page. */
  async #leadOn(what: Locator): Promise<void> {
    this.#walk.last = this;
    this.#walk.clicks += 1;
    this.#walk.pages += 1;
    const { onRequest, loadsAgain } = this.#walk.trials;
    if (onRequest) this.page.once('request', (sent) => onRequest(this.#walk.pages, sent.method() === 'POST'));
    await Promise.all([this.page.waitForEvent('load'), what.click()]);
    if (loadsAgain) await this.#loadAgain();
  }

  async #loadAgain(): Promise<void> {
    for (let tries = 0; tries < 30; tries += 1) {
      const status = await this.#status();
      if (status < 502) return;
      this.#walk.loadedAgain.push(`${status} ${new URL(this.page.url()).pathname}`);
      await this.page.waitForTimeout(1_000);
      await this.page.reload();
    }
  }

  #status(): Promise<number> {
    return this.page.evaluate(() => {
      const [loaded] = performance.getEntriesByType('navigation' as never);
      return (loaded as unknown as { readonly responseStatus: number }).responseStatus;
    });
  }

  /** The link whose address ends so; in the content, or anywhere on the page. */
  async follow(end: string, within = 'main'): Promise<void> {
    await this.#leadOn(this.page.locator(`${within} a[href$="${end}"]:visible`).first());
  }

  /** The link whose address matches. */
  async followMatching(pattern: RegExp, within = 'main'): Promise<void> {
    for (const link of await this.page.locator(`${within} a:visible`).all())
      if (pattern.test((await link.getAttribute('href')) ?? '')) return this.#leadOn(link);
    throw new Error(`${this.page.url()} has no link to ${pattern}: ${await this.links()}`);
  }

  async followText(text: string | RegExp, within = 'main'): Promise<void> {
    await this.#leadOn(this.page.locator(`${within} a:visible`).filter({ hasText: text }).first());
  }

  /** The button of the page: its next step. */
  async next(): Promise<void> {
    await this.#leadOn(this.page.locator('main a.govuk-button:not(.govuk-button--secondary):visible').first());
  }

  /** Sends the form of the page by its button, or by one that says so. Fails with the errors that the page shows. */
  async send(text?: string | RegExp): Promise<void> {
    const buttons = this.page.locator('main form button:visible');
    await this.#leadOn(text === undefined ? buttons.first() : buttons.filter({ hasText: text }).first());
    const errors = this.page.locator('.govuk-error-summary li');
    if ((await errors.count()) > 0) throw new Error(`${this.page.url()}: ${(await errors.allInnerTexts()).join('; ')}`);
  }

  /** Waits until a page that waits has led to such an address by itself. */
  async ledTo(address: RegExp): Promise<void> {
    await this.page.waitForURL(address);
  }

  /** Presses the button, or the link, that gives a file, and reads it. */
  async download(text: string | RegExp): Promise<Buffer> {
    this.#walk.last = this;
    this.#walk.clicks += 1;
    const pressed = this.page.locator('main a:visible, main form button:visible').filter({ hasText: text }).first();
    const [download] = await Promise.all([this.page.waitForEvent('download'), pressed.click()]);
    return readFileSync(await download.path());
  }

  /** Shows the folded fields under these words. */
  async unfold(text: string): Promise<void> {
    this.#walk.clicks += 1;
    await this.page.locator('main summary').filter({ hasText: text }).click();
  }

  /** Text boxes by name. */
  async type(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      this.#walk.fields += 1;
      await this.page.locator(`main [name="${name}"]`).fill(value);
    }
  }

  /** The three boxes of a date, as `YYYY-MM-DD`. */
  async date(name: string, day: string): Promise<void> {
    const [year = '', month = '', date = ''] = day.split('-');
    await this.type({ [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year });
  }

  /** Selects, by name and label. */
  async select(values: Readonly<Record<string, string | RegExp>>): Promise<void> {
    for (const [name, label] of Object.entries(values)) {
      this.#walk.fields += 1;
      const field = this.page.locator(`main select[name="${name}"]`);
      const option = field.locator('option').filter({ hasText: label }).first();
      await field.selectOption((await option.getAttribute('value')) ?? '');
    }
  }

  /** A radio or a tick by its label. */
  async check(label: string): Promise<void> {
    await this.#choose(this.page.getByRole('main').getByLabel(label, { exact: true }).first());
  }

  /** Nobody clicks what the records have selected already. */
  async #choose(option: Locator): Promise<void> {
    if (await option.isChecked()) return;
    this.#walk.clicks += 1;
    await option.check({ force: true });
  }

  /** A text box by its label. Nobody types what the records have filled in already. */
  async fill(label: string, words: string): Promise<void> {
    const box = this.page.getByRole('main').getByLabel(label, { exact: true });
    if ((await box.inputValue()) === words) return;
    this.#walk.fields += 1;
    await box.fill(words);
  }

  /** Every question that is open on the page and not answered from the records: the first radio or tick of each group, and these words in each empty text box. */
  async answerAll(words: string): Promise<void> {
    const groups = await this.page
      .locator('main input[type=radio], main input[type=checkbox]')
      .evaluateAll((all) => [...new Set(all.map((one) => (one as unknown as { name: string }).name))]);
    for (const name of groups)
      if ((await this.page.locator(`main input[name="${name}"]:checked`).count()) === 0)
        await this.tick(name, await this.firstValue(name));
    for (const box of await this.page.locator('main input[type=text]:visible, main textarea:visible').all())
      if ((await box.inputValue()) === '') {
        this.#walk.fields += 1;
        const part = /-(day|month|year)$/.exec((await box.getAttribute('name')) ?? '')?.[1];
        const number = (await box.getAttribute('inputmode')) === 'numeric';
        await box.fill(part === 'year' ? '2026' : part || number ? '6' : words);
      }
    for (const select of await this.page.locator('main select:visible').all()) {
      this.#walk.fields += 1;
      await select.selectOption({ index: 1 });
    }
  }

  async selectValue(name: string, value: string): Promise<void> {
    this.#walk.fields += 1;
    await this.page.locator(`main select[name="${name}"]`).selectOption(value);
  }

  async firstValue(name: string): Promise<string> {
    return (await this.page.locator(`main input[name="${name}"]`).first().getAttribute('value')) ?? '';
  }

  /** The link back, above the heading. */
  async back(): Promise<void> {
    await this.#leadOn(this.page.locator('a.govuk-back-link').first());
  }

  /** Radios and ticks, by name and value. */
  async tick(name: string, ...values: readonly string[]): Promise<void> {
    for (const value of values) await this.#choose(this.page.locator(`main input[name="${name}"][value="${value}"]`));
  }

  async tickLabelled(name: string, ...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const label of labels) {
      const found = this.page.locator(`main input[name="${name}"]`).and(this.page.getByLabel(label)).first();
      await this.tick(name, (await found.getAttribute('value')) ?? '');
    }
  }

  /** The page as it reads, with its links: for the message of a failure. */
  async describe(): Promise<string> {
    return `${this.page.url()}\n${(await this.page.locator('main').innerText()).slice(0, 2_500)}\n${await this.links()}`;
  }

  async links(): Promise<string> {
    const all = await this.page
      .locator('main a:visible')
      .evaluateAll((links) =>
        links.map(
          (link) =>
            `${(link as { textContent?: string }).textContent?.trim()} → ${(link as unknown as { getAttribute: (name: string) => string }).getAttribute('href')}`,
        ),
      );
    return all.join('\n');
  }
}
