/** Follows every link that pages show, a few of each shape, as one visitor. */
const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
export const toRouteShape = (url: string): string => url.replace(ids, ':id').replace(/[?#].*/, '');

type Answer = {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
};
export type Get = (url: string) => Promise<Answer>;

export type CrawlResult = {
  /** One address for each shape of page that answered with one. */
  readonly pages: ReadonlyMap<string, string>;
  /** Links that led nowhere, with the page that has them. */
  readonly dead: readonly string[];
};

/** Follows every link that a page shows, a few of each shape, unless the caller has seen enough of the shape; returns the shapes seen and the links that led nowhere. */
export async function crawl(
  get: Get,
  from: string,
  perShape = 6,
  isEnough: (shape: string) => boolean = () => false,
): Promise<CrawlResult> {
  const seen = new Map<string, number>();
  const pages = new Map<string, string>();
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
    if (answer.statusCode !== 200) dead.push(`${toRouteShape(url)} on ${toRouteShape(on)}: ${answer.statusCode}`);
    if (!String(answer.headers['content-type']).startsWith('text/html')) continue;
    if (answer.statusCode === 200 && !pages.has(toRouteShape(url))) pages.set(toRouteShape(url), url);
    const html = answer.body.replace(/<svg[\s\S]*?<\/svg>/g, (svg) => svg.replace(/<(?!a |\/a)[^>]*>/g, ''));
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (!link.startsWith('/') || known.has(link)) continue;
      const shape = toRouteShape(link);
      const count = seen.get(shape) ?? 0;
      if (count >= perShape || isEnough(shape)) continue;
      seen.set(shape, count + 1);
      known.add(link);
      queue.push({ url: link, on: url });
    }
  }
  return { pages, dead };
}
