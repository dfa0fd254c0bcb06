import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { openNewsroom } from '../../../test/fixtures/releases.ts';
import { openBrowser } from '../../../test/harness/browser.ts';
import { addPublished } from '../releases/examples.ts';
import { frameOf } from './embed.ts';

/** A page of others. */
async function openPaper(t: TestContext, frame: string): Promise<string> {
  const style = 'body { margin: 0 }';
  const html = `<!doctype html><meta name="viewport" content="width=device-width"><style>${style}</style>${frame}`;
  const paper = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  await once(paper.listen(0, 'localhost'), 'listening');
  t.after(() => paper.close());
  return `http://localhost:${(paper.address() as AddressInfo).port}/`;
}

const title = 'Eleven addresses visited and six people safeguarded in a week of action against modern slavery';

test('the frame of a card shows all of it on a phone', async (t) => {
  const { app, db, force, analyst, signed } = await openNewsroom(t);
  const slug = await addPublished(db, { agency: force, member: analyst, from: signed }, { title });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  await page.goto(await openPaper(t, frameOf({ slug, title }, origin)));
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  assert.ok(frame);
  await frame.getByText('Read the release').waitFor();
  const [needed, room, width] = (await frame.evaluate(
    '[document.documentElement.scrollHeight, innerHeight, innerWidth]',
  )) as [number, number, number];
  assert.equal(width, 320);
  assert.ok(needed <= room, `${needed} of ${room}`);
});
