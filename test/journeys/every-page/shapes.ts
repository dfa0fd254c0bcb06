/** One address for each shape of page, found by a few members who each follow one link of a shape, and the rest that only the crawl of all members finds. */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { listInternalPages, requestInternally } from '../../../src/public/private-journey/visitor.ts';
import type { MemberKey } from '../../../src/tour/index.ts';
import type { DemonstrationApplication } from '../../fixtures/demonstration.ts';
import type { MemberCrawl } from '../../fixtures/member-crawl.ts';
import { type CrawlResult, crawl } from '../../harness/crawl.ts';

export type ShapeOfPage = {
  readonly shape: string;
  readonly url: string;
  /** Of the member who found it; undefined for the public. */
  readonly token: string | undefined;
  /** Reached through the private entrance, also where the named site has the page too. */
  readonly inside: boolean;
};

/** Each finds at least five shapes that the others do not. What none of them finds, `findRest` adds. */
const readers: readonly MemberKey[] = [
  'planner',
  'commander',
  'officer2',
  'triage',
  'custodian',
  'press',
  'protection',
  'administrator',
  'nurse',
  'lead',
  'protection3',
];

export type PublicCrawl = { readonly site: CrawlResult; readonly journey: CrawlResult };

/** The public site, which may set no cookie, and the private journey behind its entrance. */
export async function crawlAsPublic(app: FastifyInstance): Promise<PublicCrawl> {
  const site = await crawl(async (url) => {
    const answer = await app.inject(url);
    if (!url.startsWith('/staff')) assert.deepEqual(answer.cookies, [], url);
    return answer;
  }, '/');
  return { site, journey: await crawl((url) => requestInternally(app, url), '/start') };
}

/** A page of each shape, those of the public first. */
export async function findShapes({ app, as }: DemonstrationApplication): Promise<ShapeOfPage[]> {
  const { site, journey } = await crawlAsPublic(app);
  const found = new Map<string, ShapeOfPage>();
  const add = ({ pages }: CrawlResult, token: string | undefined, indoors: readonly string[] = []): void => {
    for (const [shape, url] of pages) {
      const inside = indoors.includes(shape);
      const key = `${inside ? 'inside ' : ''}${shape}`;
      if (!found.has(key)) found.set(key, { shape: key, url, token, inside });
    }
  };
  add(site, undefined);
  add(journey, undefined, listInternalPages(app));
  for (const who of readers) {
    const { get, token } = await as(who);
    add(await crawl(get, '/staff', 1), token);
  }
  return [...found.values(), { shape: 'nothing', url: '/no/such/page', token: undefined, inside: false }];
}

/** Takes the crawls of all members, and gives a page of each shape that is not among `found`. */
export function findRest(crawls: readonly MemberCrawl[], found: readonly ShapeOfPage[]): ShapeOfPage[] {
  const known = new Set(found.map(({ shape }) => shape));
  const rest = new Map<string, ShapeOfPage>();
  for (const { pages, visitor } of crawls)
    for (const [shape, url] of pages)
      if (!known.has(shape) && !rest.has(shape)) rest.set(shape, { shape, url, token: visitor.token, inside: false });
  return [...rest.values()];
}
