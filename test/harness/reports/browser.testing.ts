/** Presses the buttons of the public form in a browser, and waits for what they lead to: another page, or another question in its place. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const draftOn = (page: Page): Promise<string | null> =>
  page
    .locator('[name="draft"][form="go"]')
    .getAttribute('value', { timeout: 100 })
    .catch(() => null);

/** Does what leads on, and waits until it has. Every page of the form has a token of its own, or none. */
export async function movedOn(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await draftOn(page);
  await act();
  const patience = performance.now() + 10_000;
  while (before !== null && (await draftOn(page)) === before) {
    if (performance.now() > patience) throw new Error('it leads nowhere');
    await sleep(10);
  }
  await page.locator('#exit').waitFor();
}

/** None is chosen beforehand: takes the first where nobody has chosen yet. */
export async function chooseReceipt(page: Page): Promise<void> {
  const offered = page.locator('main input[name="receipt"]');
  if ((await offered.count()) > 0 && (await page.locator('main input[name="receipt"]:checked').count()) === 0)
    await offered.first().check();
}

export const nextOn =
  (page: Page) =>
  async (name = 'Continue'): Promise<void> => {
    if (name === 'Send') await chooseReceipt(page);
    await movedOn(page, () => page.getByRole('button', { name, exact: true }).click());
  };
