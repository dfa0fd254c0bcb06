/** Agencies' sign-in for tests, on loopback: a real provider whose people sign in by themselves, and one that answers whatever a test says. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import Provider from 'oidc-provider';

export const clientId = 'safelight';
export const clientSecret = 'a secret that only tests know';

async function listen(t: TestContext, answer: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Who signs in next, and with what. */
export type Person = { subject: string; amr: string[] };

export type RealProvider = {
  readonly issuer: string;
  readonly person: Person;
  /** Does there what a browser does, and returns where it is sent back to. */
  readonly walk: (from: string) => Promise<URL>;
};

/** oidc-provider, whose own login page lets the person in at once. */
export async function openRealProvider(t: TestContext, redirectUris: readonly string[]): Promise<RealProvider> {
  const person: Person = { subject: 'subject-1', amr: ['pwd', 'mfa'] };
  let handle: RequestListener = (_request, response) => response.end();
  const { origin } = await listen(t, (request, response) => handle(request, response));
  const provider = new Provider(origin, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [...redirectUris] }],
    claims: { openid: ['sub', 'acr', 'amr'] },
    acrValues: ['mfa'],
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith('/sign-in/')) return void callback(request, response);
    void provider.interactionFinished(request, response, {
      login: { accountId: person.subject, amr: person.amr, remember: false },
    });
  };
  return { issuer: origin, person, walk: (from) => walk(from, origin) };
}

async function walk(from: string, within: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(from);
  while (at.origin === within) {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie: header } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = answer.headers.get('location');
    if (!to) throw new Error(`${at.pathname} answers ${answer.status}: ${await answer.text()}`);
    at = new URL(to, at);
  }
  return at;
}

export type Claims = Readonly<Record<string, unknown>>;
export type Signing = 'well' | 'with another key' | 'not at all' | 'with the client secret';

export type HostileProvider = {
  readonly issuer: string;
  /** The token that it gives for whatever code. */
  next: { claims: Claims; signing: Signing };
  readonly asked: () => number;
  metadata: Claims;
};

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Speaks the protocol and lies as it is told. */
export async function openHostileProvider(t: TestContext): Promise<HostileProvider> {
  const [own, another] = [keyPair(), keyPair()];
  let asked = 0;
  const { origin } = await listen(t, (request, response) => {
    const json = (value: unknown) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value));
    };
    if (request.url === '/.well-known/openid-configuration')
      return json({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
        ...provider.metadata,
      });
    if (request.url === '/keys')
      return json({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    asked += 1;
    return json({ access_token: 'x', token_type: 'Bearer', id_token: token(provider.next) });
  });

  function token({ claims, signing }: HostileProvider['next']): string {
    const alg = { well: 'RS256', 'with another key': 'RS256', 'not at all': 'none', 'with the client secret': 'HS256' }[
      signing
    ];
    const body = `${encoded({ alg, kid: 'k', typ: 'JWT' })}.${encoded(claims)}`;
    if (signing === 'not at all') return `${body}.`;
    if (signing === 'with the client secret')
      return `${body}.${createHmac('sha256', clientSecret).update(body).digest('base64url')}`;
    const { privateKey } = signing === 'well' ? own : another;
    return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
  }
  const provider: HostileProvider = {
    issuer: origin,
    next: { claims: {}, signing: 'well' },
    asked: () => asked,
    metadata: {},
  };
  return provider;
}

/** Takes what is asked, and never answers. */
export const openSilentProvider = async (t: TestContext): Promise<string> => (await listen(t, () => {})).origin;
