import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApp } from '../../src/app.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';
import { change, draft, openNewsroom, publish } from '../fixtures/releases.ts';
import { testKeys } from '../harness/keys.ts';

/** Every address that gives a release, or a part of it, to somebody outside. */
const outputsOf = (news: string, origin: string): string[] => [
  '/news',
  '/news?q=addresses',
  '/news/feed.atom',
  '/news/feed.rss',
  '/news/feed.json',
  news,
  `${news}.md`,
  `${news}/card`,
  `${news}/figures.csv`,
  `${news}/figures.json`,
  `/oembed?url=${encodeURIComponent(origin + news)}`,
];

test('a correction and a withdrawal reach every output of every process within a minute, and one person alone withdraws', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, app, clock, config, databases } = room;
  const other = await openApp({ config, databases, clock, keys: testKeys, assets: await openAssets() });
  t.after(() => other.close());
  const address = await draft(writer, room.signed.id);
  await change(writer, address, { title: 'A headline before the correction' });
  const news = await publish(room, address);
  const later = async (seconds: number): Promise<void> => {
    clock.move(new Date(clock.now().getTime() + seconds * 1_000));
    await new Promise((done) => setTimeout(done, 1_100)); // Each process asks once a second.
  };
  const bodies = async () => {
    const all = new Map<string, string>();
    for (const [name, server] of [
      ['this', app],
      ['other', other],
    ] as const)
      for (const url of outputsOf(news, config.origin)) all.set(`${name} ${url}`, (await server.inject(url)).body);
    return all;
  };
  await later(2);
  const before = await bodies();
  assert.ok([...before.values()].filter((body) => body.includes('A headline before')).length >= 16);
  const picture = async () => (await other.inject(`${news}/image.png`)).rawPayload;
  const drawn = await picture();

  await writer.post(`${address}/correct`, { note: 'The headline was wrong.' });
  await change(writer, address, { title: 'A headline after the correction' });
  await publish(room, address);
  await later(59);
  for (const [url, body] of await bodies()) {
    assert.doesNotMatch(body, /A headline before/, url);
    assert.notEqual(body, before.get(url), url);
  }
  assert.ok(!(await picture()).equals(drawn));
  assert.match((await writer.get(address)).body, /Correction: A headline after the correction/);

  await colleague.post(`${address}/withdraw`, { why: 'Somebody could be recognised' });
  await later(59);
  for (const [url, body] of await bodies()) assert.doesNotMatch(body, /A headline|business address/i, url);
  for (const server of [app, other])
    for (const url of [news, `${news}.md`, `${news}/card`, `${news}/figures.csv`, `${news}/image.png`])
      assert.equal((await server.inject(url)).statusCode, 410, url);
  const page = (await writer.get(address)).body;
  assert.match(page, /A news release was withdrawn/);
  assert.doesNotMatch(/<section id="media">[\s\S]*?<\/section>/.exec(page)?.[0] ?? 'A headline', /A headline/);
});
