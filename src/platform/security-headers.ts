/** What every answer says about what a browser may do with it. Helmet says it on the staff door, where what is allowed is its own; the public door's answers carry the same words ready made. */

const directives = (allowed: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> => ({
  'default-src': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  ...allowed,
});

export type Allowed = Readonly<Record<string, readonly string[]>>;

/** What public pages may load: their own style sheet, inside or linked, and nothing that runs. */
export const publicAllowed = (styleHash: string): Allowed => ({ 'style-src': ["'self'", styleHash] });

export const staffAllowed: Allowed = {
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
};

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

/** The same as finished headers. A test holds the two equal. */
export const securityHeaders = (allowed: Allowed): Readonly<Record<string, string>> => ({
  'content-security-policy': Object.entries(directives(allowed))
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': `max-age=${seconds}`,
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
});
