import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDemonstration } from '../../test/fixtures/demonstration.ts';
import { crawl } from '../../test/harness/crawl.ts';
import { sessionCookie } from '../platform/http/sites.ts';
import { members } from './data/agencies-and-members.ts';

const mostAtFirst = 80_000;
const mostAfterwards = 12_000;
/** The access overview is one document, to read, search and print as one. It grows with every kind of record. */
const mostOfADocument = 32_000;
const documents = new Set(['/staff/access-rules']);

test('a staff page weighs at most 80 kB at first view, and 12 kB afterwards', async (t) => {
  const { app, as } = await openDemonstration(t);
  const weights = new Map<string, number>();
  const weigh = async (url: string, cookies: Record<string, string> = {}) => {
    const answer = await app.inject({ url, cookies, headers: { 'accept-encoding': 'gzip, deflate, br' } });
    const headers = Object.entries(answer.headers).reduce(
      (sum, [name, value]) => sum + name.length + `${value}`.length + 4,
      0,
    );
    return { answer, weight: answer.rawPayload.length + headers };
  };
  for (const { key } of members) {
    const { token, get } = await as(key);
    const { pages } = await crawl(get, '/staff');
    for (const [shape, url] of pages) {
      const { weight, answer } = await weigh(url, { [sessionCookie]: token });
      assert.equal(answer.statusCode, 200, url);
      if (url.startsWith('/staff')) weights.set(shape, Math.max(weight, weights.get(shape) ?? 0));
    }
  }
  assert.ok(weights.size > 50, `${weights.size} shapes of pages`);
  const heavy = [...weights].filter(
    ([shape, weight]) => weight > (documents.has(shape) ? mostOfADocument : mostAfterwards),
  );
  assert.deepEqual(heavy, []);

  const { answer } = await weigh('/staff/sign-in');
  const parts = new Set(
    [...answer.body.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, url = '']) => url),
  );
  // The document is read at leisure; what its length adds is bounded above.
  let first = Math.max(...[...weights].filter(([shape]) => !documents.has(shape)).map(([, weight]) => weight));
  for (const url of parts) {
    const part = await weigh(url);
    first += part.weight;
    const style = url.endsWith('.css') ? (await app.inject(url)).body : '';
    for (const font of new Set([...style.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map(([, name = '']) => name)))
      first += (await weigh(new URL(font, `http://here${url}`).pathname)).weight;
  }
  assert.ok(parts.size >= 1);
  assert.ok(first <= mostAtFirst, `${first} bytes at first view`);
});
