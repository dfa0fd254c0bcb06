/** Requests to an agency's own sign-in, by openid-client: with time limits, and only to addresses that the issuer names. */
import * as client from 'openid-client';
import type { Provider } from './provider.ts';

export type Client = Provider & { readonly secret: string };

const timeoutSeconds = 5;
const maxAnswerBytes = 512 * 1024;
const metadataCacheMs = 10 * 60_000;

/** It cannot be reached, or answers what it must not; other ways of signing in stay open. */
export class ProviderError extends Error {}

/** Follows no redirects, and limits the size of an answer. */
const boundedFetch: client.CustomFetch = async (url, options) => {
  const answer = await fetch(url, { ...options, redirect: 'manual' } as RequestInit);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > maxAnswerBytes) throw new ProviderError('an answer too long');
    parts.push(part);
  }
  const empty = answer.status === 204 || answer.status === 304;
  return new Response(empty ? null : Buffer.concat(parts), { status: answer.status, headers: answer.headers });
};

type CachedConfiguration = { readonly until: number; readonly found: Promise<client.Configuration> };

/** The metadata of each issuer, requested from time to time. */
export class Providers {
  readonly #known = new Map<string, CachedConfiguration>();

  async begin(
    one: Client,
    { returnTo, state, nonce, verifier }: { returnTo: string; state: string; nonce: string; verifier: string },
    now: Date,
  ): Promise<URL> {
    const configuration = await this.find(one, now);
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: returnTo,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(one.demands.length > 0 && { acr_values: one.demands.join(' ') }),
    });
  }

  /** The person who came back, as the issuer signed it for us. Throws what it refuses. */
  async finish(
    one: Client,
    { cameTo, state, nonce, verifier }: { cameTo: URL; state: string; nonce: string; verifier: string },
    now: Date,
  ): Promise<client.IDToken> {
    const configuration = await this.find(one, now);
    const tokens = await client.authorizationCodeGrant(configuration, cameTo, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || claims.iss !== one.issuer) throw new ProviderError('a token of another issuer');
    return claims;
  }

  /** Where to sign out there too; undefined where it offers none. */
  async end(one: Client, backTo: string, now: Date): Promise<URL | undefined> {
    const configuration = await this.find(one, now);
    if (!configuration.serverMetadata().end_session_endpoint) return undefined;
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo });
  }

  async find(one: Client, now: Date): Promise<client.Configuration> {
    const key = JSON.stringify([one.issuer, one.clientId, one.secret]);
    const known = this.#known.get(key);
    if (known && known.until > now.getTime()) return known.found;
    const found = discover(one);
    this.#known.set(key, { until: now.getTime() + metadataCacheMs, found });
    found.catch(() => this.#known.delete(key)); // An issuer that was down is tried again.
    return found;
  }
}

async function discover({ issuer, clientId, secret }: Client): Promise<client.Configuration> {
  try {
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      { token_endpoint_auth_method: 'client_secret_basic' },
      client.ClientSecretBasic(secret),
      {
        timeout: timeoutSeconds,
        [client.customFetch]: boundedFetch,
        // The signature is checked too, though the token comes straight from the issuer.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    return configuration;
  } catch (cause) {
    throw new ProviderError('the issuer did not say who it is', { cause });
  }
}
