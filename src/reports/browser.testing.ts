/** Presses the buttons of the public form in a browser, and waits for what they lead to: another page, or another question in its place. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const draftOn = (page: Page): Promise<string | null> =>
  page
    .locator('[name="draft"][form="go"]')
    .getAttribute('value', { timeout: 100 })
    .catch(() => null);

/** Every page of the form has a token of its own, or none. */
export const nextOn =
  (page: Page) =>
  async (name = 'Continue'): Promise<void> => {
    const before = await draftOn(page);
    await page.getByRole('button', { name, exact: true }).click();
    const patience = performance.now() + 10_000;
    while (before !== null && (await draftOn(page)) === before) {
      if (performance.now() > patience) throw new Error(`${name} leads nowhere`);
      await sleep(10);
    }
    await page.locator('#exit').waitFor();
  };
