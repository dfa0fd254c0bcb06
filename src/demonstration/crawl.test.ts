import assert from 'node:assert/strict';
import { test } from 'node:test';
import { members } from './cast.ts';
import { demonstrationDay, openDemonstration } from './testing.ts';

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const shapeOf = (url: string): string => url.replace(ids, ':id').replace(/[?#].*/, '');
const perShape = 6;

/** Follows every link that a page shows, a few of each shape; returns the shapes seen and the links that led nowhere. */
async function crawl(
  get: (url: string) => Promise<{ statusCode: number; body: string; headers: Record<string, unknown> }>,
  from: string,
) {
  const seen = new Map<string, number>();
  const dead: string[] = [];
  const known = new Set([from]);
  const queue: { url: string; on: string }[] = [{ url: from, on: 'the start' }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { url, on } = next;
    const answer = await get(url);
    if (answer.statusCode === 303) {
      const to = String(answer.headers.location);
      if (!known.has(to)) queue.push({ url: to, on: url });
      known.add(to);
      continue;
    }
    if (answer.statusCode !== 200) dead.push(`${shapeOf(url)} on ${shapeOf(on)}: ${answer.statusCode}`);
    if (!String(answer.headers['content-type']).startsWith('text/html')) continue;
    const html = answer.body.replace(/<svg[\s\S]*?<\/svg>/g, (svg) => svg.replace(/<(?!a |\/a)[^>]*>/g, ''));
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (!link.startsWith('/') || known.has(link)) continue;
      const shape = shapeOf(link);
      const count = seen.get(shape) ?? 0;
      if (count >= perShape) continue;
      seen.set(shape, count + 1);
      known.add(link);
      queue.push({ url: link, on: url });
    }
  }
  return { shapes: [...seen.keys()], dead };
}

test('whoever signs in finds no link that leads nowhere', async (t) => {
  const house = await openDemonstration(t);
  const shapes = new Set<string>();
  for (const { key } of members) {
    const visitor = await house.as(key);
    const { shapes: seen, dead } = await crawl(visitor.get, '/staff');
    for (const shape of seen) shapes.add(shape);
    assert.deepEqual(dead, [], `${key} meets dead ends`);
  }
  for (const wanted of [
    '/staff/operations/:id',
    '/staff/premises/:id',
    '/staff/visits/:id',
    '/staff/arrests/:id',
    '/staff/safeguarding/notes/:id',
    '/staff/returns/operations/:id',
    '/staff/releases/:id',
    '/staff/briefings/:id',
    '/staff/weeks/:id',
    '/staff/powers',
  ]) {
    assert.ok(shapes.has(wanted), `nobody finds the way to ${wanted} (${[...shapes].sort().join(' ')})`);
  }
  assert.equal(demonstrationDay, house.clock.today());
});

test('the public finds no link that leads nowhere, and no cookie', async (t) => {
  const { app } = await openDemonstration(t);
  const { shapes, dead } = await crawl(async (url) => {
    const answer = await app.inject(url);
    if (!url.startsWith('/staff')) assert.deepEqual(answer.cookies, [], url);
    return answer;
  }, '/');
  assert.deepEqual(dead, []);
  assert.ok(
    shapes.some((shape) => /^\/news\/[a-z0-9-]+$/.test(shape)),
    'a release is found',
  );
});
