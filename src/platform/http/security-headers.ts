/** What every answer says about what a browser may do with it: helmet's words, said once at the start and sent as they are. */
import { Socket } from 'node:net';
import helmet from 'helmet';

const directives = (allowed: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> => ({
  'default-src': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  ...allowed,
});

export type Allowed = Readonly<Record<string, readonly string[]>>;

/** What public pages may load: the style sheets that they carry inside, linked ones of this site, and nothing that runs. */
export const publicAllowed = (...styleHashes: readonly string[]): Allowed => ({
  'style-src': ["'self'", ...styleHashes],
});

/** On the reporting journey also the script by which a reader leaves, which sends us that they left. */
export const journeyAllowed: Allowed = {
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'connect-src': ["'self'"],
};

export const staffAllowed: Allowed = {
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
};

/** Takes the headers of a public page, gives those of what scripts of other sites may read: feeds and tables of figures. No cookie goes with such a request. */
export const openDataHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...headers,
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
});

/** For the route of a picture that pages of other sites may show. */
export const shownElsewhere = {
  onSend: async (_request: unknown, reply: { header: (name: string, value: string) => unknown }): Promise<void> => {
    reply.header('cross-origin-resource-policy', 'cross-origin');
  },
};

/** Takes the headers of a public page, gives those of the one page that other sites may frame: the card of a release. It has no form, no script and no cookie that a frame could misuse. */
export function frameableHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { 'x-frame-options': _, 'content-security-policy': policy = '', ...others } = openDataHeaders(headers);
  const framed = policy
    .replace("frame-ancestors 'none'", 'frame-ancestors *')
    .replace("form-action 'self'", "form-action 'none'");
  return { ...others, 'content-security-policy': framed };
}

const seconds = 63_072_000;

/** Options for helmet. */
export const helmetFor = (allowed: Allowed) => ({
  contentSecurityPolicy: { useDefaults: false, directives: directives(allowed) as Record<string, string[]> },
  referrerPolicy: { policy: 'no-referrer' as const },
  strictTransportSecurity: { maxAge: seconds, includeSubDomains: false },
  crossOriginOpenerPolicy: { policy: 'same-origin' as const },
  xDownloadOptions: false,
  xXssProtection: false,
  xDnsPrefetchControl: { allow: false },
});

// An import of it would open all that it offers, down to a client for WebSockets: 20 ms of each start.
const { IncomingMessage, ServerResponse } = process.getBuiltinModule('node:http');

/** The headers that helmet would set on each answer of a site, by lower-case name. */
export function securityHeaders(allowed: Allowed): Readonly<Record<string, string>> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(helmetFor(allowed))(response.req, response, (problem?: unknown) => {
    if (problem) throw problem;
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}
