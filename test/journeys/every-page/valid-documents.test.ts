import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sitemapFile } from '../../../src/newsroom/publication/search-engine-routes.ts';
import { faultsOfHtml, faultsOfJsonFeed, faultsOfStructuredData, faultsOfXml } from './valid-documents.ts';

const page = (main: string, head = '<title>Help</title>'): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">${head}</head><body><main>${main}</main></body></html>\n`;

test('a sound page has no fault, and each planted fault is found by its rule', async () => {
  assert.deepEqual(await faultsOfHtml(page('<h1>Help</h1><p>Call <a href="tel:999">999</a>.</p>')), []);
  const planted: readonly (readonly [string, RegExp])[] = [
    ['<h1>Help</h1><p>One<div>two</div></p>', /^element-permitted-content|^close-order|^no-implicit-close/],
    ['<h1>Help</h1><p id="a">One</p><p id="a">Two</p>', /^no-dup-id/],
    ['<h1>Help</h1><input id="name">', /^input-missing-label/],
    ['<h1>Help</h1><h3>Two lower</h3>', /^heading-level/],
    ['<h1>Help</h1><img src="/map.png">', /^wcag\/h37/],
    ['<h1>Help</h1><p foo="<">One</p><span></div>', /^close-order/],
    ['<h1>Help</h1><a href="/x" role="button">Go</a>', /^prefer-native-element/],
    ['<h1>Help</h1><center>One</center>', /^deprecated/],
  ];
  for (const [main, rule] of planted) {
    const faults = await faultsOfHtml(page(main));
    assert.ok(
      faults.some((one) => rule.test(one)),
      `${main}: ${faults.join()}`,
    );
  }
  assert.match((await faultsOfHtml(page('<h1>Help</h1>', ''))).join(), /title/);
});

test('structured data: an unknown class, a misspelt property and a wrong date are found', () => {
  const of = (thing: object): string[] =>
    faultsOfStructuredData(JSON.stringify({ '@context': 'https://schema.org', ...thing }));
  const article = { '@type': 'NewsArticle', headline: 'Week of action', datePublished: '2026-11-30T10:00:00.000Z' };
  assert.deepEqual(of(article), []);
  assert.match(of({ ...article, '@type': 'NewsRelease' }).join(), /no class NewsRelease/);
  assert.match(of({ ...article, headlines: 'Week' }).join(), /headlines/);
  assert.match(of({ ...article, datePublished: 'last Monday' }).join(), /datePublished/);
  assert.match(of({ ...article, author: { '@type': 'Organization', nom: 'Lea' } }).join(), /nom/);
  assert.deepEqual(
    of({ '@graph': [{ '@type': 'GovernmentService', provider: { '@id': 'https://x.example/#a' } }] }),
    [],
  );
  assert.match(faultsOfStructuredData('{"@type":"NewsArticle"}').join(), /context/);
});

const atom = (entry: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>https://x.example/news</id><title>News</title><updated>2026-11-30T10:00:00Z</updated><author><name>Lea</name></author><link href="https://x.example/news"/>${entry}</feed>`;
const rss = (item: string): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><link>https://x.example/news</link><description>Weeks of action</description>${item}</channel></rss>`;

test('feeds: what a reader would stumble over is found', () => {
  const entry =
    '<entry><id>https://x.example/news/a</id><title type="html">A</title><updated>2026-11-30T10:00:00Z</updated><link href="https://x.example/news/a"/><content type="html">&lt;p&gt;A&lt;/p&gt;</content></entry>';
  assert.deepEqual(faultsOfXml(atom(entry), 'atom'), []);
  for (const wrong of [
    entry.replace(/<id>.*?<\/id>/, ''),
    entry.replace('10:00:00Z', '10:00:00'),
    entry.replace('href="https://x.example/news/a"', 'href="/news/a"'),
    entry.replace('<title type="html">A</title>', '<title type="html"></title>'),
    entry.replace('</entry>', '<script/></entry>'),
    entry.replace('</entry>', ''),
  ])
    assert.notDeepEqual(faultsOfXml(atom(wrong), 'atom'), [], wrong);
  const item =
    '<item><title>A</title><link>https://x.example/news/a</link><guid>https://x.example/news/a</guid><pubDate>Mon, 30 Nov 2026 10:00:00 GMT</pubDate><content:encoded>A</content:encoded></item>';
  assert.deepEqual(faultsOfXml(rss(item), 'rss'), []);
  for (const wrong of [
    item.replace('<title>A</title>', ''),
    item.replace('Mon, 30 Nov 2026', '2026-11-30'),
    item.replace('content:encoded>A<', 'content:encoded><'),
  ])
    assert.notDeepEqual(faultsOfXml(rss(wrong), 'rss'), [], wrong);
  const one = { id: 'a', url: 'https://x.example/a', content_html: 'A', date_published: '2026-11-30T10:00:00.000Z' };
  const feed = { version: 'https://jsonfeed.org/version/1', title: 'News', items: [one] };
  assert.deepEqual(faultsOfJsonFeed(JSON.stringify(feed)), []);
  for (const wrong of [
    { ...feed, version: undefined },
    { ...feed, items: [{ ...one, id: undefined }] },
    { ...feed, items: [{ ...one, date_published: '30 November' }] },
  ])
    assert.notDeepEqual(faultsOfJsonFeed(JSON.stringify(wrong)), [], JSON.stringify(wrong));
});

test('a sitemap takes whole addresses and dates, with every & escaped', () => {
  const entry = { slug: 'week', changedAt: new Date(0), dated: new Date(0), importedFrom: null };
  const written = sitemapFile('https://x.example', ['/help?who=me&danger=no'], [entry]);
  assert.deepEqual(faultsOfXml(written, 'sitemap'), []);
  for (const wrong of [
    written.replace('https://x.example/help', '/help'),
    written.replace('1970-01-01T', '1 January '),
    written.replaceAll('&amp;', '&'),
    written.replaceAll(/<url>.*<\/url>/g, ''),
  ])
    assert.notDeepEqual(faultsOfXml(wrong, 'sitemap'), [], wrong);
});
