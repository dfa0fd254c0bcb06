/** Whether two worlds answer one person alike: in status, in every header, in every byte, after what is minted or drawn by chance for one answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { inLanes } from '../../harness/assurance.ts';
import { openTestClient } from '../../harness/browsing.ts';

export const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export type Asked = {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly route: string;
  readonly body?: Readonly<Record<string, string>>;
};
export type Answer = LightMyRequestResponse;
export type Found = {
  pairs: number;
  readonly routes: Set<string>;
  readonly differing: Map<string, string>;
  /** Where they differ as was decided. */
  readonly crossing: Set<string>;
};
export const nothingFound = (): Found => ({ pairs: 0, routes: new Set(), differing: new Map(), crossing: new Set() });
/** Somebody in one world. */
export type Asker = (asked: Asked) => Promise<Answer>;
/** The same person in either world. */
export type Twin = readonly [Asker, Asker];

export function askerIn(app: FastifyInstance, token: string): Asker {
  const { get, post } = openTestClient(app, token);
  return ({ method, url, body }) =>
    method === 'POST'
      ? post(url, body)
      : method === 'GET'
        ? get(url)
        : app.inject({ method, url, cookies: { [sessionCookie]: token } });
}

/** Headers that may differ between two identical requests. A cookie's attributes are compared, its value is not. */
const ofTheMoment = /^(date|retry-after|x-ratelimit-.*)$/;
/** Random, or changed by the request itself: form tokens, a visitor’s number on the public site, passkey challenges, and access counts. */
const drawn: readonly (readonly [RegExp, string])[] = [
  [/(name="_csrf" value=)"[^"]*"/g, '$1"drawn"'],
  [/(name="step" value=)"[\w-]{46}"/g, '$1"drawn"'],
  [/("challenge":)"[\w-]{43}"/g, '$1"drawn"'],
  [/[\d,]+( accesses of the last 7 days)/g, 'some$1'],
  // What is refused is counted by the minute of the machine. The rows themselves are compared one by one.
  [/[\d,]+( rows, the oldest of )/g, 'some$1'],
];

/** What a member themselves opened last is in the order of the requests, which each world gets in another one. */
const recentlyOpened = /<h2[^>]*>Recently opened<\/h2>\s*<ul[\s\S]*?<\/ul>/;
const isHome = (body: string): boolean => body.includes('>Your work</h1>');

/** An id that neither world began with was made during the answer. Times need no such rule, since both clocks are stopped. */
export function plain({ statusCode, headers, body }: Answer, ids: ReadonlySet<string>): string {
  const kept = Object.entries(headers)
    .filter(([name]) => !ofTheMoment.test(name) && !(name === 'content-length' && isHome(body)))
    .map(([name, value]) => `${name}: ${String(value)}`)
    .map((line) => (line.startsWith('set-cookie') ? line.replaceAll(/(: |,)([\w-]+)=[^;]*/g, '$1$2=drawn') : line));
  const shown = isHome(body) ? body.replace(recentlyOpened, '').replaceAll(/\s+/g, ' ') : body;
  const whole = [statusCode, ...kept, shown].join('\n').replaceAll(uuids, (id) => (ids.has(id) ? id : 'minted'));
  return drawn.reduce((text, [by, with_]) => text.replaceAll(by, with_), whole);
}

/** Repeats a request that a busy server answers with 503, and a page that waits for a count, which waits by itself. */
async function answer(who: Asker, asked: Asked): Promise<Answer> {
  for (let times = 0; ; times += 1) {
    const answered = await who(asked);
    if (answered.headers.refresh && asked.url.startsWith(counts) && times < 60) continue;
    if (answered.statusCode !== 503 || times === 20) return answered;
    await sleep(500);
  }
}

const counts = '/staff/returns/counts/';

/** The page that a form leads to in the end: the one of a count leads on to its return. */
async function landing(who: Asker, url: string, route: string): Promise<Answer> {
  const page = await answer(who, { method: 'GET', url, route });
  if (!url.startsWith(counts) || page.statusCode !== 303) return page;
  return answer(who, { method: 'GET', url: String(page.headers.location), route });
}

/** Where both answers part, in a few words of each; nothing where they are the same. What two answered at once may have crossed, and is asked again alone. */
export async function difference(twin: Twin, asked: Asked, ids: ReadonlySet<string>): Promise<string | undefined> {
  for (let times = 0; ; times += 1) {
    const [here, there] = await both(twin, asked, ids);
    if (here === there) return undefined;
    if (times > 0) return partOf(here, there);
  }
}

/** What each world says; where a form made a record of its own in each, with the page that it leads to. */
async function both(twin: Twin, asked: Asked, ids: ReadonlySet<string>): Promise<readonly [string, string]> {
  const [first, second] = await Promise.all([answer(twin[0], asked), answer(twin[1], asked)]);
  const said = [plain(first, ids), plain(second, ids)] as const;
  const [here, there] = [first.headers.location, second.headers.location].map(String) as [string, string];
  if (asked.method !== 'POST' || here === there || !here.startsWith('/staff/')) return said;
  const [page, other] = await Promise.all(
    ([0, 1] as const).map((at) => landing(twin[at], [here, there][at] ?? '', asked.route)),
  );
  return page && other ? [said[0] + plain(page, ids), said[1] + plain(other, ids)] : said;
}

/** Forms that begin or end an agency, its members or an emergency access: two of them at once are carried out in one order here and in another there, and the worlds then differ for good. */
const inOrder = /^\/staff\/(accounts|join|emergency-access)\b/;

/**
 * What changes nothing first: a form that is sent may be read on the next page. Several at once, since what is not found
 * waits for the beat; one after the other where the order decides. What answers at the same time may cross: a page shows
 * what another form of this person just saved, or how many notifications are unread. What differs is asked again at the end, alone.
 */
export async function askAll(
  { ids }: { readonly ids: ReadonlySet<string> },
  name: string,
  twin: Twin,
  paths: readonly Asked[],
  found: Found,
  /** What crosses lawfully, by decision. */
  lawful: (asked: Asked) => boolean = () => false,
  atOnce = 8,
): Promise<void> {
  const differing: Asked[] = [];
  const ask = async (asked: Asked): Promise<void> => {
    found.pairs += 1;
    found.routes.add(asked.route);
    const [here, there] = await both(twin, asked, ids);
    if (here !== there) differing.push(asked);
  };
  const forms = paths.filter(({ method }) => method === 'POST');
  const pages = paths.filter(({ method }) => method !== 'POST');
  await inLanes(atOnce, pages, ask);
  await inLanes(
    atOnce,
    forms.filter(({ route }) => !inOrder.test(route)),
    ask,
  );
  await inLanes(
    1,
    forms.filter(({ route }) => inOrder.test(route)),
    ask,
  );
  for (const asked of differing) {
    const differs = await difference(twin, asked, ids);
    if (differs && lawful(asked)) found.crossing.add(asked.route);
    else if (differs) found.differing.set(`${asked.method} ${asked.url} (${name})`, differs);
  }
}

function partOf(here: string, there: string): string {
  let at = 0;
  while (here[at] === there[at]) at += 1;
  const words = (text: string): string => text.slice(Math.max(0, at - 40), at + 40).replaceAll(/\s+/g, ' ');
  return `“${words(here)}” / “${words(there)}”`;
}

/** The first three of each path, so that one fault that shows everywhere hides no other. */
export function listed({ differing }: Found): string {
  const shown = new Map<string, number>();
  const few = [...differing].filter(([where]) => {
    const shape = where.replaceAll(uuids, ':').replace(/ \(.*/, '');
    shown.set(shape, (shown.get(shape) ?? 0) + 1);
    return (shown.get(shape) ?? 0) < 4;
  });
  return few.map(([where, what]) => `\n    ${where}: ${what}`).join('');
}
