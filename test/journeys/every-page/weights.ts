/** What staff pages weigh, with their headers, as a browser receives them. */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { type MemberCrawl, weightOf } from '../../fixtures/member-crawl.ts';

const mostAtFirst = 80_000;
const mostAfterwards = 12_000;
/** The access overview is one document, to read, search and print as one. It grows with every kind of record. */
const mostOfADocument = 45_000;
const documents = new Set(['/staff/access-rules']);

export async function assertLight(app: FastifyInstance, crawls: readonly MemberCrawl[]): Promise<void> {
  const weights = heaviest(crawls);
  assert.ok(weights.size > 50, `${weights.size} shapes of pages`);
  const heavy = [...weights].filter(
    ([shape, weight]) => weight > (documents.has(shape) ? mostOfADocument : mostAfterwards),
  );
  assert.deepEqual(heavy, []);
  // The document is read at leisure; what its length adds is bounded above.
  const page = Math.max(...[...weights].filter(([shape]) => !documents.has(shape)).map(([, weight]) => weight));
  const first = page + (await weightOfParts(app));
  assert.ok(first <= mostAtFirst, `${first} bytes at first view`);
}

/** By the shape of the page, among the first of each shape that every member saw. */
function heaviest(crawls: readonly MemberCrawl[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { pages, visits } of crawls) {
    const weightAt = new Map(visits.map(({ url, weight }) => [url, weight]));
    for (const [shape, url] of pages)
      if (url.startsWith('/staff')) weights.set(shape, Math.max(weightAt.get(url) ?? 0, weights.get(shape) ?? 0));
  }
  return weights;
}

/** The style sheets, scripts and fonts that a first page loads. */
async function weightOfParts(app: FastifyInstance): Promise<number> {
  const load = (url: string) => app.inject({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } });
  const { body } = await app.inject('/staff/sign-in');
  const parts = new Set([...body.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, url = '']) => url));
  assert.ok(parts.size >= 1);
  let sum = 0;
  for (const url of parts) {
    sum += weightOf(await load(url));
    const style = url.endsWith('.css') ? (await app.inject(url)).body : '';
    for (const font of new Set([...style.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map(([, name = '']) => name)))
      sum += weightOf(await load(new URL(font, `http://here${url}`).pathname));
  }
  return sum;
}
