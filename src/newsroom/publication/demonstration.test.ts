import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type DemonstrationApplication, openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { desktop, findPageProblems, narrowest, openBrowser } from '../../../test/harness/browser.ts';
import type { Indicator, SignedReturn } from '../../vocabulary/figures.ts';
import { applyPolicy, type Decision, getPolicy } from '../drafting/index.ts';

/** Releases of ours that are out, with the return and the policy behind each. */
const listPublished = ({ db }: DemonstrationApplication) =>
  db
    .selectFrom('publications')
    .innerJoin('releases', 'releases.id', 'publications.id')
    .innerJoin('returns', 'returns.id', 'releases.returnId')
    .select(['publications.slug', 'releases.policy', 'releases.decisions', 'returns.facts', 'returns.figures'])
    .where('publications.withdrawnAt', 'is', null)
    .execute();

test('no address of a release in the demonstration gives a figure or a name that its policy withholds', async (t) => {
  const application = await openDemonstration(t);
  const { app } = application;
  const published = await listPublished(application);
  assert.ok(published.length > 0);
  for (const { slug, policy, decisions, facts, figures } of published) {
    const signed = { facts, figures } as unknown as SignedReturn;
    const told = applyPolicy(signed, getPolicy(policy), decisions as unknown as readonly Decision[]);
    const withheld = told.withheld.filter(({ effect }) => effect === 'withheld');
    assert.ok(withheld.length > 5, slug);
    const at = async (path: string): Promise<string> => {
      const answer = await app.inject(path);
      assert.equal(answer.statusCode, 200, path);
      return answer.body;
    };
    const rows = JSON.parse(await at(`/news/${slug}/figures.json`)).figures;
    assert.ok(rows.length > 3, slug);
    for (const { figure, part, number, definition } of rows) {
      const [area, name, breakdown] = figure.split('.');
      const total = told.figures[`${area}.${name}` as Indicator]?.total;
      assert.ok(total && !withheld.some(({ key }) => key === figure), figure);
      if (!breakdown) assert.equal(number, total.kind === 'number' ? total.value : null, figure);
      assert.equal(part === null, breakdown === undefined, figure);
      assert.match(definition, /\w{3}/);
    }
    const addresses = [`/news/${slug}`, `/news/${slug}/figures.csv`, `/news/${slug}/card`, '/news/feed.json'];
    const oEmbed = `/oembed?url=${encodeURIComponent(`${application.config.origin}/news/${slug}`)}`;
    for (const path of [...addresses, '/news/feed.atom', '/news/feed.rss', oEmbed, '/sitemap.xml']) {
      const body = await at(path);
      for (const { key } of withheld) assert.ok(!body.includes(`"${key}"`), `${path}: ${key}`);
      for (const name of told.unnamed) assert.ok(!body.includes(name), `${path}: ${name}`);
    }
  }
});

test('a release and its card are sound in a browser, the feeds are XML, and nothing is refused by the policy of the page', async (t) => {
  const application = await openDemonstration(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const [release] = await listPublished(application);
  const news = `/news/${release?.slug}`;
  for (const javaScriptEnabled of [true, false])
    for (const view of [narrowest, desktop]) {
      const context = await browser.newContext({ ...view, javaScriptEnabled });
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      for (const path of [news, `${news}/card`]) {
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(base + path);
        assert.deepEqual(
          requests.filter((url) => !url.startsWith('data:')),
          [base + path],
        );
        page.removeAllListeners('request');
        if (javaScriptEnabled) assert.deepEqual(await findPageProblems(page), [], path);
      }
      assert.deepEqual(said, []);
      await context.close();
    }

  for (const path of [news, `${news}/card`, '/news']) {
    const { rawPayload } = await application.app.inject({ url: path, headers: { 'accept-encoding': 'br' } });
    assert.ok(rawPayload.length < 13_000, `${path}: ${rawPayload.length} bytes, and headers go with them`);
  }

  const page = await browser.newPage();
  for (const path of ['/news/feed.atom', '/news/feed.rss', '/sitemap.xml']) {
    const { body } = await application.app.inject(path);
    const root = await page.evaluate((xml) => {
      const { DOMParser } = globalThis as unknown as {
        DOMParser: new () => {
          parseFromString: (
            text: string,
            type: string,
          ) => {
            documentElement: { nodeName: string };
            querySelector: (name: string) => { textContent: string } | null;
          };
        };
      };
      const read = new DOMParser().parseFromString(xml, 'application/xml');
      return read.querySelector('parsererror')?.textContent ?? read.documentElement.nodeName;
    }, body);
    assert.equal(root, { '/news/feed.atom': 'feed', '/news/feed.rss': 'rss', '/sitemap.xml': 'urlset' }[path]);
  }
});

test('another site frames the card, and not the release', async (t) => {
  const application = await openDemonstration(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const [release] = await listPublished(application);
  const news = `${base}/news/${release?.slug}`;
  const story = `<title>A partner</title>${['card', 'page'].map((name) => `<iframe name="${name}" src="${news}${name === 'card' ? '/card' : ''}" sandbox="allow-popups"></iframe>`).join('')}`;
  const partner = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(story));
  await once(partner.listen(0, '127.0.0.1'), 'listening');
  t.after(() => partner.close());
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(partner.address() as AddressInfo).port}/story`);
  await page.frameLocator('[name=card]').getByRole('link', { name: 'Read the release' }).waitFor();
  assert.equal(await page.frameLocator('[name=page]').locator('article').count(), 0);
  const read = (url: string): Promise<unknown> =>
    page.evaluate((at) => fetch(at).then(({ status }) => status, String), url);
  assert.equal(await read(`${base}/news/feed.json`), 200);
  assert.equal(await read(`${news}/figures.json`), 200);
  assert.match(String(await read(news)), /Failed to fetch/);
});
