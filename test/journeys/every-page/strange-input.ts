/** Form values and addresses that nobody would type, but programs send. They write: no test after them can trust the records. */
import assert from 'node:assert/strict';
import type { DemonstrationApplication } from '../../fixtures/demonstration.ts';
import type { MemberCrawl } from '../../fixtures/member-crawl.ts';
import { formsIn } from '../../harness/browsing.ts';
import type { PublicCrawl } from './shapes.ts';

const strange: Readonly<Record<string, (name: string) => unknown>> = {
  'characters that no database keeps': () => 'Ann\u0000 \u001b[31m\u0007 Lee',
  'words that turn round, and tags': () => '\u202e"><script>strange()</script>{{ 7 * 7 }} \'--\u2028',
  'two where one was asked for': () => ['1', '2'],
  'far too much': () => 'x'.repeat(20_000),
  'what numbers and days are not': (name) =>
    /(day|month)$/.test(name) ? '31' : /year$/.test(name) ? '-1' : '99999999999999999999',
  nothing: () => '',
};

export async function assertFormsRobust(
  application: DemonstrationApplication,
  crawls: readonly MemberCrawl[],
): Promise<void> {
  const faults: string[] = [];
  const sent = new Set<string>();
  for (const { who, pages, visits } of crawls) {
    const visitor = await application.as(who); // What others sent before may have ended the session of the crawl.
    const bodies = new Map(visits.map(({ url, body }) => [url, body]));
    for (const [shape, url] of pages) {
      for (const { to, names } of formsIn(bodies.get(url) ?? '', url)) {
        if (names.length === 0 || !to.startsWith('/staff') || /\/(sign-out|try)$/.test(to)) continue;
        for (const [what, make] of Object.entries(strange)) {
          const one = `${shape} ${names.join()} ${what}`;
          if (sent.has(one)) continue;
          sent.add(one);
          const answer = await visitor.post(to, Object.fromEntries(names.map((name) => [name, make(name)])));
          if (answer.statusCode >= 500) faults.push(`${who} on ${url} to ${to}, ${what}: ${answer.statusCode}`);
          if (answer.body.includes('<script>strange'))
            faults.push(`${who} on ${url} to ${to}, ${what}: given back as script`);
        }
      }
    }
  }
  assert.ok(sent.size > 200, `${sent.size} forms sent`);
  assert.deepEqual(faults, []);
}

const parameters = ['q', 'page', 'state', 'month', 'area', 'at', 'revision', 'sign', 'next'];
const strangeTexts = [
  '%00',
  '%ff',
  "'%3B--",
  '%7B%7B7*7%7D%7D',
  'x'.repeat(1_000),
  '-1',
  '1e9',
  '&page=0',
  '&page=99999999999',
];
/** Every text is sent for all parameters at once. Where a page refuses them, these are sent for each alone, too: one that is refused first hides the others. */
const alone = ['%00', 'x'.repeat(4_000), '-1'];

export async function assertListsRobust(
  application: DemonstrationApplication,
  crawls: readonly MemberCrawl[],
  { site }: PublicCrawl,
): Promise<void> {
  const faults: string[] = [];
  const ask = async (
    who: string,
    get: (url: string) => Promise<{ readonly statusCode: number }>,
    pages: ReadonlyMap<string, string>,
  ) => {
    for (const url of pages.values()) {
      const path = url.split('?')[0];
      const send = async (query: string): Promise<number> => {
        const { statusCode } = await get(`${path}?${query}`);
        if (statusCode >= 500) faults.push(`${who} asks ${path}?${query.slice(0, 30)}: ${statusCode}`);
        return statusCode;
      };
      let refused = false;
      for (const text of strangeTexts)
        refused = (await send(parameters.map((name) => `${name}=${text}`).join('&'))) >= 400 || refused;
      if (!refused) continue;
      for (const name of parameters) for (const text of alone) await send(`${name}=${text}`);
    }
  };
  await ask('anyone', (url) => application.app.inject(url), site.pages);
  const planner = await application.as('planner');
  await ask('a planner', planner.get, crawls.find(({ who }) => who === 'planner')?.pages ?? new Map());
  assert.deepEqual(faults, []);
}
