/** Whether browsers will go on accepting the certificates of the sites: read at the addresses that everybody types, because they lie with the proxy in front. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { SiteCertificate } from './measures.ts';

/** In milliseconds: a site answers within it, or is not reached from here. */
const longest = 2_000;
/** In milliseconds: what was read is kept for so long, and what was not reached is asked again after so long. */
const keptFor = 3_600_000;
const askedAgainAfter = 300_000;

/** Reads the certificate that answers at an `https` origin. Trusts nobody and sends nothing: it looks, and hangs up. */
export function readSiteCertificate(origin: string, now: Date): Promise<SiteCertificate> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((done) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    const end = (found: SiteCertificate): void => {
      clearTimeout(timer);
      socket.destroy();
      done(found);
    };
    const timer = setTimeout(() => end({ host, state: 'not reached' }), longest);
    socket.once('error', () => end({ host, state: 'not reached' }));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) return end({ host, state: 'not reached' });
      const fits = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
      const secondsLeft = (Date.parse(certificate.validTo) - now.getTime()) / 1_000;
      end({ host, state: 'read', secondsLeft, fitsHost: fits !== undefined });
    });
  });
}

/** Asks each site once an hour, or every five minutes while it is not reached: no page waits for the same silence twice. */
export class SiteCertificates {
  readonly #origins: readonly string[];
  readonly #known = new Map<string, { readonly found: SiteCertificate; readonly until: number }>();

  constructor(origins: readonly (string | undefined)[]) {
    this.#origins = origins.filter((origin) => origin !== undefined).filter((origin) => origin.startsWith('https:'));
  }

  readonly read = (now: Date): Promise<SiteCertificate[]> =>
    Promise.all(
      this.#origins.map(async (origin) => {
        const known = this.#known.get(origin);
        if (known && now.getTime() < known.until) return known.found;
        const found = await readSiteCertificate(origin, now);
        const until = now.getTime() + (found.state === 'read' ? keptFor : askedAgainAfter);
        this.#known.set(origin, { found, until });
        return found;
      }),
    );
}
