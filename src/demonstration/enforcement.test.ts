import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demonstrationDay, openDemonstration } from '../../test/fixtures/demonstration.ts';
import { crawl, toRouteShape } from '../../test/harness/crawl.ts';
import { isDisclosed, listSigns } from '../public/signs/index.ts';
import type { MemberKey } from './data/agencies-and-members.ts';
import { mainPremises } from './data/places.ts';

/** Pages that explain the law, the rules of access or the forms, and hold no record. */
const general =
  /^\/staff\/(access-rules|emergency-access\/new|powers|help|contacts|safeguarding|reports\/partner-form)|\/signs$/;
const textOf = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')
    .replaceAll(/<(div|p)[^>]*(hint|warning-text)[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll('Write what the person said and was told', ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** What people said of themselves, as the support agencies wrote it down. */
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

for (const who of ['immigration', 'officer', 'officer2'] as const satisfies readonly MemberKey[])
  test(`the demonstration shows ${who} neither words nor health of a person`, async (t) => {
    const application = await openDemonstration(t);
    const visitor = await application.as(who);
    const read = new Map<string, string>();
    await crawl(
      async (url) => {
        const answer = await visitor.get(url);
        if (answer.statusCode === 200 && !general.test(toRouteShape(url))) read.set(url, textOf(answer.body));
        return answer;
      },
      '/staff',
      40,
    );
    const shapes = new Set([...read.keys()].map(toRouteShape));
    for (const shape of ['/staff/visits/:id', '/staff/encounters/:id', '/staff/indicators/:id', '/staff/arrests/:id'])
      assert.ok(shapes.has(shape) || who === 'officer2', `${shape} was read`);
    const disclosed = listSigns(demonstrationDay).filter(isDisclosed);
    const found = [...read].flatMap(([url, text]) => [
      ...words.filter((one) => text.includes(one)).map((one) => `${url}: ${one}`),
      ...disclosed.filter((sign) => text.includes(sign.text)).map((sign) => `${url}: ${sign.text}`),
      ...[saying, health].flatMap((kind) => {
        const excerpt = excerptOf(text, kind);
        return excerpt ? [`${toRouteShape(url)}: ${excerpt}`] : [];
      }),
    ]);
    assert.deepEqual([...new Set(found)], []);
  });
