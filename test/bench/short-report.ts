/** The seconds of a short report on a slow phone: waiting and typing twenty words, in a real browser with its processor slowed four times and the network of “Slow 3G”. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type ShortReportOrigin, sentence, walkShortReport } from '../fixtures/short-report.ts';
import { launchBrowser, phone } from '../harness/browser.ts';
import { by, type Effort, type Line } from './effort.ts';

/** As the tools of Chromium define it. */
const slow3g = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const processorSlowdown = 4;
/** Thirty-six words a minute, the mean of 37,000 people who typed on their own phone (Palin et al., MobileHCI 2019). */
const typingSeconds = (20 / 36.2) * 60;
const most = 45;

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow3g);
  await session.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown });
}

/** Each letter at its own time, so that what the machine takes for one does not delay the next. */
async function typeInTime(page: Page, began: number, seconds: number): Promise<void> {
  for (const [place, letter] of [...sentence].entries()) {
    const at = began + ((place + 1) * seconds * 1_000) / sentence.length;
    await sleep(Math.max(0, at - performance.now()));
    await page.keyboard.type(letter);
  }
}

/** From the first request to the receipt page, from both sites. The smoke form types fast, because it measures nothing. */
export async function* measureShortReport(base: string, effort: Effort): AsyncGenerator<Line> {
  const typingTime = by(effort, typingSeconds, typingSeconds, 3);
  const browser = await launchBrowser();
  try {
    for (const from of ['named site', 'private journey'] as const satisfies readonly ShortReportOrigin[]) {
      const context = await browser.newContext(phone);
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      await slowDown(page);
      let typing = 0;
      const began = performance.now();
      const { pages, presses } = await walkShortReport(page, base, from, 'police', 'no reply', {
        type: async (on) => {
          const from = performance.now();
          await typeInTime(on, from, typingTime);
          typing = (performance.now() - from) / 1_000;
        },
      });
      const seconds = (performance.now() - began) / 1_000;
      await context.close();
      yield {
        what: `a short report from the ${from}, processor 4 × slowed, slow 3G`,
        value: seconds,
        unit: 's',
        pass: most,
        aim: most,
        more: `${typing.toFixed(1)} s of it to type 20 words; ${pages.length} pages, ${presses} presses`,
      };
    }
  } finally {
    await browser.close();
  }
}
