/** What a first view of each public page costs: bytes over the wire and requests, empty cache, real browser, script off and on. */
import { privateEntrance } from '../../src/platform/addresses.ts';
import { launchBrowser } from '../harness/browser.ts';

const most = 14_000;

export async function weighPages(url: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const list = await (await fetch(`${url}/news`)).text();
    const release = /href="(\/news\/[a-z0-9-]+)"/.exec(list)?.[1] ?? '/news';
    for (const path of [
      '/',
      '/help',
      '/signs',
      '/report',
      privateEntrance,
      '/signs/sheet',
      '/signs/poster',
      '/signs/card',
      '/signs/leaflet',
      '/signs/print',
      '/signs/places',
      '/signs/check',
      '/news',
      release,
    ]) {
      for (const javaScriptEnabled of [false, true]) {
        const context = await browser.newContext({ javaScriptEnabled });
        const page = await context.newPage();
        const network = await context.newCDPSession(page);
        await network.send('Network.enable');
        let [bytes, requests] = [0, 0];
        network.on('Network.requestWillBeSent', ({ request }) => (requests += request.url.startsWith('data:') ? 0 : 1));
        network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
        await page.goto(url + path, { waitUntil: 'networkidle' });
        const verdict = bytes <= most && requests === 1 ? 'pass' : 'FALLS SHORT';
        console.log(
          `first view of ${path}, script ${javaScriptEnabled ? 'on' : 'off'}: ${bytes} bytes in ${requests} request${requests === 1 ? '' : 's'} (pass ≤ ${most} in 1: ${verdict})`,
        );
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}
