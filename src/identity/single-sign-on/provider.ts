/** An agency's own sign-in (OpenID Connect): its settings, and the required strength of sign-in. Pure: no clock, no database, no wording. */
import type { AgencyId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type Provider = {
  readonly agencyId: AgencyId;
  readonly issuer: string;
  readonly clientId: string;
  /** One of these must be reported, as `acr` or among `amr`; an empty list requires nothing. */
  readonly demands: readonly string[];
};

/** Minutes within which a person must come back from their agency's sign-in. */
export const attemptMinutes = 10;

export type IssuerRefusal = 'not an address' | 'not secret on the way' | 'more than an address';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An issuer is reached under TLS. A demonstration may have one on the same machine without it. */
export function checkIssuer(text: string, { live }: { readonly live: boolean }): Result<string, IssuerRefusal> {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return refuse('not an address');
  if (url.search || url.hash || url.username || url.password) return refuse('more than an address');
  if (url.protocol === 'http:' && (live || !loopback.test(url.hostname))) return refuse('not secret on the way');
  return accept(text);
}

type AssuranceClaims = { readonly acr?: unknown; readonly amr?: unknown };

/** Whether the agency reported more than a password. */
export function meetsDemands(demands: readonly string[], { acr, amr }: AssuranceClaims): boolean {
  if (demands.length === 0) return true;
  const said = [acr, ...(Array.isArray(amr) ? amr : [])];
  return demands.some((demand) => said.includes(demand));
}
