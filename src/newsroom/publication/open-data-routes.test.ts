import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { change, draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { exactly } from '../../vocabulary/figures.ts';
import { signedReturn } from '../drafting/examples.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { addPublished } from '../releases/examples.ts';

const arrested: StatedFigure = {
  key: 'arrests.made',
  name: 'people arrested',
  part: null,
  definition: 'Each person arrested at a visit.',
  edition: '2026-01',
  quantity: exactly(4),
};

test('a published release gives the figures of its text as a table, CSV and JSON, and none that was withheld', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const before = (await room.partner.get(address)).body;
  assert.match(before, /Figures on the public page[\s\S]*Premises at which a team arrived at least once[\s\S]*>8</);
  const news = await publish(room, address);
  const { figures, notes, release } = JSON.parse((await room.app.inject(`${news}/figures.json`)).body);
  const said = Object.fromEntries(
    figures.map((row: StatedFigure & { figure: string; published: string }) => [row.figure, row.published]),
  );
  assert.deepEqual([said['premises.visited'], said['visits.refused'], said['arrests.made']], ['8', '0', '4']);
  assert.equal(said['people.spokenTo'], 'about 15', 'coarsened as in the text');
  assert.equal(said['people.advised'], 'several');
  // Nine were planned and eight visited: the number planned could tell of a target.
  for (const kept of [
    'premises.planned',
    'referrals.made',
    'arrests.concern',
    'nrm.referred',
    'arrests.made.bySex',
    'visits.made.byTown',
  ])
    assert.equal(said[kept], undefined, kept);
  for (const { definition } of figures) assert.ok(definition.length > 5);
  assert.ok(notes.length > 0 && release.url.endsWith(news));

  const csv = (await room.app.inject(`${news}/figures.csv`)).body;
  const page = (await room.app.inject(news)).body;
  for (const { counted, published } of figures) {
    assert.ok(csv.includes(`"${counted}"`) && csv.includes(`"${published}"`));
    assert.ok(page.includes(`>${published}</td>`), counted);
  }
  assert.doesNotMatch(page + csv, /fewer than 5|bySexAgeResidence|aged 3/);
  assert.match(page, /Notes to editors[\s\S]*Issued by Lea Vale Constabulary/);
  assert.match(page, /Help lines[\s\S]*href="tel:/);
});

test('a correction changes the figures with the text', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  await room.writer.post(`${address}/correct`, { note: 'The number of warrants is left out.' });
  await change(room.writer, address, { keyPoints: 'Safeguarding advice was given', body: 'The teams met people.' });
  await publish(room, address);
  const { figures, release } = JSON.parse((await room.app.inject(`${news}/figures.json`)).body);
  const shown = figures.map(({ figure }: { figure: string }) => figure);
  assert.ok(shown.includes('premises.visited'), 'the title and the summary still state it');
  assert.ok(shown.includes('visits.made'), 'and a reader needs this to weigh it');
  assert.ok(!shown.includes('visits.nobodyFound'), 'one visit is one address');
  for (const gone of ['warrants.executed', 'people.spokenTo', 'people.interpreted', 'arrests.made', 'arrests.screened'])
    assert.ok(!shown.includes(gone), gone);
  assert.equal(release.version, 2);
});

/** One release with figures, one without. */
async function openTwo(t: Parameters<typeof openNewsroom>[0]) {
  const room = await openNewsroom(t);
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  const counted = await addPublished(room.db, by, { title: 'With figures', figures: [arrested] });
  const plain = await addPublished(room.db, by, { title: 'Without figures' });
  return { ...room, by, counted: `/news/${counted}`, plain: `/news/${plain}` };
}

test('feeds and figures may be read by scripts of other sites, and pages may not', async (t) => {
  const { app, counted } = await openTwo(t);
  const shared = [
    '/news/feed.atom',
    '/news/feed.rss',
    '/news/feed.json',
    `${counted}/figures.csv`,
    `${counted}/figures.json`,
  ];
  for (const url of [...shared, '/news', counted, `${counted}.md`, '/signs/sheet']) {
    const { statusCode, headers, cookies } = await app.inject(url);
    assert.equal(statusCode, 200, url);
    assert.equal(headers['access-control-allow-origin'], shared.includes(url) ? '*' : undefined, url);
    assert.equal(headers['access-control-allow-credentials'], undefined, url);
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, url);
    assert.deepEqual(cookies, [], url);
  }
});

test('figures answer HEAD, and say 304 where nothing has changed', async (t) => {
  const { app, counted } = await openTwo(t);
  for (const url of [`${counted}/figures.csv`, `${counted}/figures.json`, '/news/feed.rss']) {
    const { headers, body } = await app.inject(url);
    const head = await app.inject({ method: 'HEAD', url });
    assert.deepEqual(
      [head.statusCode, head.body, head.headers['content-length']],
      [200, '', String(Buffer.byteLength(body))],
      url,
    );
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    assert.deepEqual([again.statusCode, again.body, again.headers['access-control-allow-origin']], [304, '', '*'], url);
  }
});

test('a release without figures has no table, and a withdrawn one has nothing', async (t) => {
  const room = await openTwo(t);
  const { app, plain } = room;
  assert.equal((await app.inject(`${plain}/figures.csv`)).statusCode, 404);
  assert.doesNotMatch((await app.inject(plain)).body, /<table|figures\.csv/);
  assert.equal((await app.inject('/news/no-such-release/figures.json')).statusCode, 404);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  assert.ok((await app.inject('/news/feed.json')).body.includes(`${news}/figures.csv`));
  await room.partner.post(`${address}/withdraw`, { why: 'Wrong' });
  for (const url of [`${news}/figures.csv`, `${news}/figures.json`]) {
    const { statusCode, body, headers } = await app.inject(url);
    assert.deepEqual([statusCode, headers['access-control-allow-origin']], [410, '*'], url);
    assert.doesNotMatch(body, /premises|Hertfordshire/, url);
  }
  assert.ok(!(await app.inject('/news/feed.json')).body.includes(news));
});

test('feeds carry the full text of a release: points, text, quote and figures, with nothing that could end their form', async (t) => {
  const room = await openNewsroom(t, { counted: signedReturn });
  const awkward = {
    body: 'Teams met people & offered **help**. ]]> <script>alert(1)</script>\n\n## What happened\n\nNobody was hurt.',
    keyPoints: ['One <point> ]]> & more'],
    quotes: [{ rank: 'Detective Sergeant', name: 'Robin Hale', unit: '', words: 'Please “tell” us ]]>' }],
    sources: [{ text: 'A "source"', url: 'https://example.org/a?b=1&c="2"', date: '2026-09-01' }],
    corrections: [{ at: '2026-09-20T10:00:00Z', note: 'A town was wrong' }],
    figures: [arrested],
  };
  await addPublished(room.db, { agency: room.force, member: room.analyst, from: room.signed }, awkward);
  const bodies = await Promise.all(
    ['atom', 'rss', 'json'].map(async (kind) => (await room.app.inject(`/news/feed.${kind}`)).body),
  );
  const [atom = '', rss = '', json = ''] = bodies;
  const texts = [
    parseAtomFeed(atom).entries?.[0]?.content?.value,
    parseRssFeed(rss).items?.[0]?.content?.encoded,
    parseJsonFeed(json).items?.[0]?.content_html,
  ];
  for (const text of texts) {
    assert.match(
      String(text),
      /Corrected on 20 September 2026:[\s\S]*One &lt;point&gt;[\s\S]*<strong>help<\/strong>[\s\S]*<h2>What happened<\/h2>[\s\S]*<blockquote>[\s\S]*Robin Hale[\s\S]*People arrested: 4\. Each person arrested at a visit\.[\s\S]*figures\.csv[\s\S]*Sources/,
    );
    assert.doesNotMatch(String(text), /<script|class=/);
  }
});
