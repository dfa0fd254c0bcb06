/** What people said of themselves, and their health, as the demonstration's support agencies wrote it down: on no page of an enforcement agency. */
import assert from 'node:assert/strict';
import { mainPremises } from '../../../src/demonstration/data/places.ts';
import { isDisclosed, listSigns } from '../../../src/public/signs/index.ts';
import type { MemberKey } from '../../../src/tour/index.ts';
import { demonstrationDay } from '../../fixtures/demonstration.ts';
import { enforcementReaders, type MemberCrawl } from '../../fixtures/member-crawl.ts';
import { toRouteShape } from '../../harness/crawl.ts';

/** Public pages, and pages that explain the law, the rules of access or the forms: they hold no record. */
const general =
  /^\/(?!staff)|^\/staff\/(access-rules|emergency-access\/new|powers|help|contacts|safeguarding|reports\/partner-form)|\/signs$/;
const textOf = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')
    .replaceAll(/<(div|p)[^>]*(hint|warning-text)[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll('Record what the person said', ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

const words = mainPremises
  .flatMap(({ met }) => met.map(({ note }) => note))
  .flatMap((note) => [note?.wants, note?.referral?.words, note?.referral?.reason, ...Object.values(note?.person ?? {})])
  .filter((text): text is string => text !== undefined && text.length > 8);
const saying =
  /\b(she|he|they|somebody|worker|cook|customer|neighbour|woman|man|girl|boy|person) (said|told|wrote|mentioned|complained)\b/i;
const health = /hospital|\bill\b|illness|injur|bruis|wound|pregnan|medicat|\bsick|addict|suicid|disabled/i;

const excerptOf = (text: string, of: RegExp): string | undefined => {
  const at = text.search(of);
  return at < 0 ? undefined : text.slice(Math.max(0, at - 60), at + 80);
};

/** This one sees no operation that the others see. */
const apart: MemberKey = 'officer2';

export function assertNoWordsOfPeople(crawls: readonly MemberCrawl[]): void {
  const disclosed = listSigns(demonstrationDay).filter(isDisclosed);
  assert.ok(words.length > 5 && disclosed.length > 0);
  const found = new Set<string>();
  for (const who of enforcementReaders) {
    const visits = crawls.find((crawl) => crawl.who === who)?.visits ?? [];
    const read = visits.filter(({ url, statusCode }) => statusCode === 200 && !general.test(toRouteShape(url)));
    const shapes = new Set(read.map(({ url }) => toRouteShape(url)));
    for (const shape of ['/staff/visits/:id', '/staff/encounters/:id', '/staff/indicators/:id', '/staff/arrests/:id'])
      assert.ok(shapes.has(shape) || who === apart, `${who} reads ${shape}`);
    assert.ok(read.length > 10, `${who} reads ${read.length} pages`);
    for (const { url, body } of read) {
      const text = textOf(body);
      for (const one of words) if (text.includes(one)) found.add(`${who}, ${url}: ${one}`);
      for (const sign of disclosed) if (text.includes(sign.text)) found.add(`${who}, ${url}: ${sign.text}`);
      for (const kind of [saying, health]) {
        const excerpt = excerptOf(text, kind);
        if (excerpt) found.add(`${who}, ${toRouteShape(url)}: ${excerpt}`);
      }
    }
  }
  assert.deepEqual([...found], []);
}
