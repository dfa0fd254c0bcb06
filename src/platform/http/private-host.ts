/** The host of the private entrance: which requests ask for it, which addresses exist there, and whose forms it takes. Pure. */
import { pathOf, privateEntrance } from '../addresses.ts';

/** As much of a request as says which host it asks for. */
export type AskedHost = {
  readonly url?: string | undefined;
  /** The address as it came, where another has taken its place. */
  readonly originalUrl?: string;
  readonly headers: { readonly host?: string | undefined };
};

/**
 * The name of the host that a request asks for, in one spelling: without port and last dot, in lower case. Undefined
 * where it gives none. A host in the address counts before the header (RFC 9112, 3.2.2). Other headers do not count:
 * anybody can write them.
 */
export function hostNameOf({ url, originalUrl = url, headers }: AskedHost): string | undefined {
  const [, asked = headers.host] = /^https?:\/\/([^/?#]*)/i.exec(originalUrl ?? '') ?? [];
  const address = `http://${asked?.replace(/:\d*$/, '')}`;
  if (!asked || !URL.canParse(address)) return undefined;
  return withoutLastDot(new URL(address).hostname);
}

const withoutLastDot = (name: string): string => name.replace(/\.$/, '');

/** The host of an origin, in the same spelling. */
export const hostNameOfOrigin = (origin: string): string => withoutLastDot(new URL(origin).hostname);

/** Whether a request asks for the private host; never where there is none. */
export function privateHostTest(privateOrigin: string | undefined): (asked: AskedHost) => boolean {
  if (privateOrigin === undefined) return () => false;
  const name = hostNameOfOrigin(privateOrigin);
  return (asked) => hostNameOf(asked) === name;
}

/** What crawlers read on the private host. The route has this address, and `/robots.txt` there leads to it. */
export const privateRobots = `${privateEntrance}/robots.txt`;

/** No route has it. */
const nowhere = '/-';

/** As people type the address that they read on paper, whose sentence goes on behind it. */
const entranceSpellings = new RegExp(`^(?:/|${privateEntrance}[.,]?/?)$`, 'i');

/**
 * Takes a canonical address that the private host is asked for, gives the one that answers. The entrance is at `/`. Of
 * all else only `files` exist, which the pages of the journey load. So no other route is reached by this host.
 */
export function addressOnPrivateHost(address: string, files: ReadonlySet<string>): string {
  const path = pathOf(address);
  if (entranceSpellings.test(path)) return privateEntrance + address.slice(path.length);
  if (path === '/robots.txt') return privateRobots;
  return files.has(path) ? address : nowhere;
}

type SentForm = AskedHost & {
  readonly headers: { readonly 'sec-fetch-site'?: string | string[] | undefined; readonly origin?: string | undefined };
};

/**
 * Whether a page of another host sent this form. The browser's own word counts first (Sec-Fetch-Site). A browser that
 * does not give it names the origin of the page. Our pages send no referrer, so an older browser names `null`: that form
 * is let in, and its step has to be ours.
 */
export function isSentFromElsewhere(sent: SentForm, privateOrigin: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site } = sent.headers;
  if (site !== undefined) return site === 'cross-site' || site === 'same-site';
  if (origin === undefined || origin === 'null') return false;
  if (privateHostTest(privateOrigin)(sent)) return origin !== privateOrigin;
  return !URL.canParse(origin) || hostNameOfOrigin(origin) !== hostNameOf(sent);
}
