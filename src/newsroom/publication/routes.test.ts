import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { sql } from 'kysely';
import { change, decoded, draft, formOf, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { requestInternally } from '../../public/private-journey/visitor.ts';
import { keyPointsOf } from '../release-reading/markdown.ts';
import { readForm } from '../release-reading/parse-release.ts';
import { addPublished } from '../releases/examples.ts';
import { slugOf } from '../releases/release.ts';
import type { Publication } from './store.ts';

test('an embargo is exact to the second, and a release withdrawn under it is unknown to the public', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed, app, clock, databases } = room;
  const address = await draft(writer, signed.id);
  await change(writer, address, {
    'embargo-day': '28',
    'embargo-month': '9',
    'embargo-year': '2026',
    embargoTime: '00:01',
  });
  const news = await publish(room, address);
  const readAt = async (at: string): Promise<number> => {
    clock.move(new Date(at));
    return (await app.inject(news)).statusCode;
  };
  assert.equal(await readAt('2026-09-24T10:00:00Z'), 404);
  assert.equal(await readAt('2026-09-27T23:00:59Z'), 404, 'midnight and a minute in London is 23:01 in summer');
  assert.doesNotMatch((await app.inject('/news')).body, /business/);
  assert.doesNotMatch((await app.inject('/news/feed.json')).body, /business/);
  assert.equal(await readAt('2026-09-27T23:01:00Z'), 200);
  assert.match(
    (await app.inject('/news')).body,
    /28 September 2026/,
    'it is news of the day on which it could be read',
  );
  assert.equal(await readAt('2026-09-27T23:00:00Z'), 404, 'a clock that is set back closes it again');
  const everybody = databases.for('main', 'public');
  assert.deepEqual(
    await everybody.selectFrom('publications').select('title').execute(),
    [],
    'without a clock nothing is shown',
  );

  await room.moveTo('2026-09-25T10:00:00Z');
  const second = await draft(writer, signed.id);
  await change(writer, second, {
    title: 'Under embargo',
    'embargo-day': '30',
    'embargo-month': '9',
    'embargo-year': '2026',
    embargoTime: '9:00',
  });
  const hidden = await publish(room, second);
  await room.partner.post(`${second}/withdraw`, { why: 'Too early' });
  clock.move(new Date('2026-10-01T10:00:00Z'));
  assert.equal((await app.inject(hidden)).statusCode, 404);
});

test('what people type is never a template, and never HTML', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const title = '</script><script>alert(1)</script> {% include "x" %} & "quotes"';
  const body =
    '**Bold** [link](javascript:alert) [good](https://example.org/a?b=1&c=2)\n\n![picture](https://elsewhere.example/p.png)\n\n<img src=x onerror=alert(1)>';
  const description = '"><img src=x onerror=alert(1)>';
  const keyPoints = ['</li><script>alert(1)</script>'];
  const quote = { rank: '', name: '<b>Robin</b>', unit: '', words: '<i>Please</i> tell us' };
  const refused = await room.writer.post(`${address}/edit`, { ...(await formOf(room.writer, address)), title });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /\{% include &quot;x&quot; %\} is not a figure that Safelight knows/);
  assert.doesNotMatch(refused.body, /<script>/);
  await change(room.writer, address, {
    title: title.replace(/[{}]/g, ''),
    body,
    description,
    keyPoints: keyPoints.join(),
    words1: quote.words,
    name1: quote.name,
  });
  const page = await room.writer.get(address);
  assert.match(page.body, /Code and HTML are not shown in a release/);
  assert.doesNotMatch(page.body, /<script>|<img|javascript:|<b>|<i>/);

  const slug = await addPublished(
    room.db,
    { agency: room.force, member: room.analyst, from: room.signed },
    { title, body, description, keyPoints, quotes: [quote] },
  );
  const html = (await room.app.inject(`/news/${slug}`)).body;
  assert.match(
    html,
    /<h1[^>]*>&lt;\/script&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt; \{% include &quot;x&quot; %\} &amp; &quot;quotes&quot;/,
  );
  assert.doesNotMatch(html, /<script>|<img|javascript:|<b>|<i>/);
  assert.match(html, /<strong>Bold<\/strong>/);
  const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  assert.equal(JSON.parse(data).headline, title);
});

/** Releases that are out, without the way there. */
async function openPublished(
  t: TestContext,
  many: readonly Partial<Publication>[],
  environment: Record<string, string> = {},
) {
  const room = await openNewsroom(t, { environment });
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  const slugs: string[] = [];
  for (const one of many) slugs.push(await addPublished(room.db, by, one));
  return { ...room, by, slugs };
}

const on = (day: string): Partial<Publication> => ({
  publishedAt: new Date(`${day}T09:00:00Z`),
  dated: new Date(`${day}T09:00:00Z`),
  changedAt: new Date(`${day}T09:00:00Z`),
});
const titlesIn = (html: string): string[] =>
  [...html.matchAll(/<h2[^>]*><a class="govuk-link" href="\/news\/[^"]*">([^<]*)</g)].map(([, title = '']) =>
    decoded(title),
  );

test('news are listed newest first, by area, month and words, and each choice has an address', async (t) => {
  const { app } = await openPublished(t, [
    { ...on('2026-07-05'), title: 'Car washes in Leashire', area: 'Leashire', body: 'Nurses met workers.' },
    { ...on('2026-09-10'), title: 'Nail bars visited', body: 'Advisers met people.' },
    { ...on('2026-09-01'), title: 'Farms visited', area: 'Leashire', keyPoints: ['Interpreters helped'] },
  ]);
  const titles = async (url: string): Promise<string[]> => titlesIn((await app.inject(url)).body);
  assert.deepEqual(await titles('/news'), ['Nail bars visited', 'Farms visited', 'Car washes in Leashire']);
  assert.deepEqual(await titles('/news?area=Leashire'), ['Farms visited', 'Car washes in Leashire']);
  assert.deepEqual(await titles('/news?month=2026-09'), ['Nail bars visited', 'Farms visited']);
  assert.deepEqual(await titles('/news?q=worker'), ['Car washes in Leashire'], 'by the stem of a word in the text');
  assert.deepEqual(await titles('/news?q=interpreters'), ['Farms visited'], 'and in the key points');
  assert.deepEqual(await titles('/news?q=farms+-nail'), ['Farms visited']);
  assert.deepEqual(await titles('/news?q=%22nail+bars%22&month=2026-09&area=Hertfordshire'), ['Nail bars visited']);
  const { body } = await app.inject('/news?area=Leashire');
  assert.match(body, /Two releases in Leashire/);
  assert.match(body, /href="\/news\?month=2026-07">July 2026<\/a> \(1\)/);
});

test('every query gets an answer and a link onward', async (t) => {
  const { app } = await openPublished(t, [on('2026-09-10')]);
  const strange = [
    'q=%00%01',
    'q=the',
    "q='%3B drop table publications",
    'q=a&q=b',
    'month=2026-13',
    'page=0',
    'page=99',
    'page=x',
    'area=Nowhere',
    `q=${'x'.repeat(400)}`,
    'q=%3Cscript%3Ealert(1)%3C/script%3E',
    'q=%22%26%7C!():*',
  ];
  for (const query of strange) {
    const answer = await app.inject(`/news?${query}`);
    assert.equal(answer.statusCode, 200, query);
    assert.match(answer.body, /Eight business addresses visited|No release is like that\. Try fewer words/, query);
    assert.doesNotMatch(answer.body, /<script>/, query);
  }
  const empty = await openNewsroom(t);
  assert.match((await empty.app.inject('/news')).body, /No news has been published yet[\s\S]*spot the signs/);
});

test('what cannot be understood is said, with what is shown in its place', async (t) => {
  const { app } = await openPublished(t, [on('2026-09-10')]);
  const bodyOf = async (query: string): Promise<string> => (await app.inject(`/news?${query}`)).body;
  for (const query of ['month=2026-13', 'month=abc', 'month=2026-09&month=2026-10'])
    assert.match(
      await bodyOf(query),
      /The month could not be read[\s\S]*Everything is shown[\s\S]*visited in a week/,
      query,
    );
  const long = await bodyOf(`q=${'x'.repeat(3_000)}&area=Hertfordshire`);
  assert.match(
    long,
    /The search could not be read[\s\S]*The rest of what you asked[\s\S]*One release in Hertfordshire/,
  );
  for (const query of ['', 'q=&area=&month=', 'month=2026-09', 'q=people'])
    assert.doesNotMatch(await bodyOf(query), /could not be read/, query);
});

test('a long list has pages', async (t) => {
  const { app } = await openPublished(
    t,
    Array.from({ length: 45 }, (_, index) => ({ title: `Week ${index}`, ...on('2026-09-10') })),
  );
  const seen = new Set<string>();
  for (let url: string | undefined = '/news'; url; ) {
    const body: string = (await app.inject(url)).body;
    for (const title of titlesIn(body)) seen.add(title);
    url = /href="([^"]*)" rel="next"/.exec(body)?.[1];
  }
  assert.equal(seen.size, 45);
});

test('more than a page of news has an archive by year and by area, which says how many there are', async (t) => {
  const of = (year: number, area: string, many: number) =>
    Array.from({ length: many }, (_, index) => ({ ...on(`${year}-07-10`), title: `${area} ${year} ${index}`, area }));
  const few = await openPublished(t, [...of(2024, 'Leashire', 1), ...of(2025, 'Hertfordshire', 1)]);
  assert.doesNotMatch((await few.app.inject('/news')).body, /All of 2025|By area/);
  const many = [...of(2024, 'Leashire', 12), ...of(2025, 'Hertfordshire', 14)];
  const { app } = await openPublished(t, many);
  const { body } = await app.inject('/news');
  assert.match(body, /href="\/news\?area=Leashire">Leashire<\/a> \(12\)/);
  assert.match(body, /href="\/news\?year=2025">All of 2025<\/a> \(14\)/);
  const year = (await app.inject('/news?year=2024')).body;
  assert.match(year, /<h1[^>]*>News of 2024<\/h1>[\s\S]*12 releases from 2024/);
  assert.ok(titlesIn(year).every((title) => title.startsWith('Leashire 2024')));
  assert.match((await app.inject('/news?year=2024&area=Hertfordshire')).body, /No release is like that/);
  for (const wrong of ['20245', 'x', '2024-07'])
    assert.match((await app.inject(`/news?year=${wrong}`)).body, /The year could not be read/, wrong);
});

test('what cannot be asked for a minute is shown to nobody, while help goes on', async (t) => {
  const { app, db, clock, slugs } = await openPublished(t, [{}], { SAFELIGHT_LOG: 'silent' });
  assert.equal((await app.inject(`/news/${slugs[0]}`)).statusCode, 200);
  await sql`alter table publications rename to publications_away`.execute(db);
  const later = (seconds: number): void => clock.move(new Date(clock.now().getTime() + seconds * 1_000));
  later(20);
  assert.equal((await app.inject(`/news/${slugs[0]}`)).statusCode, 200, 'a short trouble is not seen');
  later(41);
  for (const url of ['/news', `/news/${slugs[0]}`, `/news/${slugs[0]}.md`, '/news/feed.atom', '/news?q=x']) {
    const answer = await app.inject(url);
    assert.equal(answer.statusCode, 503, url);
    assert.match(answer.body, /cannot answer just now/);
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
  for (const url of ['/signs', '/help', '/']) assert.equal((await requestInternally(app, url)).statusCode, 200, url);
  await sql`alter table publications_away rename to publications`.execute(db);
  later(1);
  assert.equal((await app.inject(`/news/${slugs[0]}`)).statusCode, 200);
});

test('pages are kept as the bytes of each encoding, and read from the database once for each version of those', async (t) => {
  const { app, slugs, countQueries, clock, db } = await openPublished(t, [{}]);
  const url = `/news/${slugs[0]}`;
  const packed = { url, headers: { 'accept-encoding': 'br' } };
  const first = await app.inject(packed);
  assert.equal(first.headers['content-encoding'], 'br');
  countQueries();
  for (let number = 0; number < 20; number += 1) assert.equal((await app.inject(packed)).statusCode, 200);
  assert.equal(countQueries(), 0);
  const plain = await Promise.all(Array.from({ length: 20 }, () => app.inject(url)));
  assert.equal(countQueries(), 2, 'another encoding is made once');
  assert.ok(plain.every(({ headers }) => headers.etag === first.headers.etag && !headers['content-encoding']));
  clock.move(new Date(clock.now().getTime() + 1_000));
  await Promise.all(Array.from({ length: 20 }, () => app.inject(url)));
  assert.equal(countQueries(), 2, 'the clock and what there is: one question for all who ask');
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('safelight.now', '2026-09-24T10:00:00Z', true)`.execute(tx);
    await tx.updateTable('publications').set({ title: 'Corrected since', version: 2 }).execute();
  });
  clock.move(new Date(clock.now().getTime() + 1_000));
  assert.match((await app.inject(url)).body, /Corrected since/);
});

const awkward = {
  title: 'Visits & "advice" <at> eight addresses ]]> in Bishop’s Stortford',
  description: 'Officers & nurses met people: 5 < 8 > 3, “quoted” ]]> text.',
  area: 'Hertfordshire & <Leashire>',
};

test('feeds say the same as the pages, as another library reads them', async (t) => {
  const { app, config } = await openPublished(t, [
    { ...on('2026-09-01'), title: 'The first' },
    { ...on('2026-09-20'), ...awkward },
    {
      ...on('2026-09-10'),
      title: 'By others',
      issuedBy: null,
      importedFrom: { url: 'https://elsewhere.example/x', publishedOn: '2019-09-25' },
    },
  ]);
  const unescaped = (text: string | undefined): string => decoded(text ?? '');
  const read = async (kind: string) => {
    const answer = await app.inject(`/news/feed.${kind}`);
    assert.equal(answer.statusCode, 200);
    return { answer, body: answer.body };
  };
  const link = (title: string): string => `${config.origin}/news/${slugOf(title)}`;
  const expected = [
    [awkward.title, awkward.description, link(awkward.title), '2026-09-20T09:00:00.000Z'],
    [
      'The first',
      'Officers and nurses visited eight business addresses to find and help people harmed by exploitation.',
      link('The first'),
      '2026-09-01T09:00:00.000Z',
    ],
  ];

  const atom = await read('atom');
  assert.match(String(atom.answer.headers['content-type']), /application\/atom\+xml/);
  const parsedAtom = parseAtomFeed(atom.body);
  assert.deepEqual(
    parsedAtom.entries?.map(({ title, summary, id, published }) => [
      unescaped(title?.value),
      unescaped(summary?.value),
      id,
      published,
    ]),
    expected,
  );
  assert.equal(parsedAtom.updated, '2026-09-20T09:00:00.000Z');
  assert.deepEqual(
    parsedAtom.links?.map(({ rel, href }) => [rel, href]),
    [
      ['alternate', `${config.origin}/news`],
      ['self', `${config.origin}/news/feed.atom`],
    ],
  );

  const rss = await read('rss');
  assert.deepEqual(
    parseRssFeed(rss.body).items?.map(({ title, description, link: at, pubDate }) => [
      title,
      unescaped(description),
      at,
      new Date(pubDate ?? 0).toISOString(),
    ]),
    expected,
  );
  const json = await read('json');
  assert.deepEqual(
    parseJsonFeed(json.body).items?.map(({ title, summary, url, date_published }) => [
      title,
      summary,
      url,
      date_published,
    ]),
    expected,
  );
  assert.equal(
    (await app.inject({ url: '/news/feed.atom', headers: { 'if-none-match': String(atom.answer.headers.etag) } }))
      .statusCode,
    304,
  );
});

test('a release as Markdown reads back as what it was written from', async (t) => {
  const { app, slugs, config } = await openPublished(t, [
    {
      ...on('2026-09-20'),
      ...awkward,
      keyPoints: ['Eight addresses & [more]', '# 2 towns'],
      body: '## What happened\n\nNobody was arrested.',
    },
  ]);
  const answer = await app.inject(`/news/${slugs[0]}.md`);
  assert.match(String(answer.headers['content-type']), /text\/markdown/);
  const read = readForm(answer.rawPayload, 'release.md');
  assert.ok(read.ok);
  const { title, area, description, publishDate, publishDateAsWritten, url, notes, body } = read.value;
  assert.deepEqual(
    { title, area, description, publishDate, publishDateAsWritten, url, notes },
    {
      ...awkward,
      publishDate: '2026-09-20',
      publishDateAsWritten: '20 Sep 2026',
      url: `${config.origin}/news/${slugs[0]}`,
      notes: [],
    },
  );
  assert.deepEqual(
    keyPointsOf(body).points.map(({ text }) => text),
    ['Eight addresses & [more]', '# 2 towns'],
  );
  assert.match(body, /> “Please tell us\.”\n>\n> Detective Sergeant Robin Hale, Operation Lantern/);
});

test('a release by others is marked as theirs, with what would not pass today', async (t) => {
  const { app, slugs } = await openPublished(t, [
    {
      ...on('2026-09-20'),
      issuedBy: null,
      importedFrom: { url: 'https://elsewhere.example/x', publishedOn: '2019-09-25' },
      cautions: ['It gives exact ages.'],
      dated: new Date('2019-09-25T11:00:00Z'),
    },
  ]);
  const { body } = await app.inject(`/news/${slugs[0]}`);
  assert.match(
    body,
    /Published by others[\s\S]*as it was published on 25 September 2019\. Safelight did not write it[\s\S]*It gives exact ages\./,
  );
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? '');
  assert.deepEqual(
    [data.publisher, data.isBasedOn, data.datePublished],
    [undefined, 'https://elsewhere.example/x', '2019-09-25'],
  );
  assert.match((await app.inject('/news')).body, /25 September 2019<\/time>[\s\S]*Published by others/);
});
