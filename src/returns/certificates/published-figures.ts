/**
 * The certificate of the figures of a published release: a text with an Ed25519 signature below it, in the form of the
 * certificates of returns. Its digest covers the figures as figures.json prints them, and nothing else: from the digest
 * of a return, or of a whole protected table, a reader could try numbers that the release does not print. Pure.
 */
import { createHash, verify } from 'node:crypto';
import { formatPublicKey, type LogKey, logPublicKey, openPublicKey, signatureLine } from '../../audit/log/index.ts';
import { serialiseCanonically } from '../../vocabulary/canonical-json.ts';
import type { AuditedFigures } from './audited-figures.ts';

const firstLine = 'safelight certificate of published figures 1';

export type CertificateKey = LogKey;

export type PrintedFigures = {
  /** The address of the release, and the number of its text. */
  readonly url: string;
  readonly version: number;
  /** The list under `figures` of the file. */
  readonly figures: readonly object[];
};

/** SHA-256 of the list, written as JSON without spaces. */
export const digestOf = (figures: readonly object[]): string =>
  createHash('sha256').update(JSON.stringify(figures)).digest('hex');

const headOf = (origin: string, { url, version, figures }: PrintedFigures): string =>
  [firstLine, origin, `${url} version ${version}`, digestOf(figures), ''].join('\n');

export type SignedFigures = { readonly text: string; readonly key: string };

/** Signs a line for each population of people helped that the figures are of. */
export function signPublished(
  printed: PrintedFigures,
  audited: readonly AuditedFigures[],
  { origin, key }: Pick<LogKey, 'origin' | 'key'>,
): SignedFigures {
  const body = `${headOf(origin, printed)}${audited.map((one) => `${serialiseCanonically(one)}\n`).join('')}`;
  return { text: `${body}\n${signatureLine(origin, key, body)}`, key: formatPublicKey(logPublicKey(origin, key)) };
}

export type Verified =
  | { readonly holds: true; readonly origin: string; readonly audited: readonly AuditedFigures[] }
  | { readonly holds: false; readonly why: string };

/** Whether a certificate is of these figures, and was signed with this key. */
export function verifyPublished(text: string, printed: PrintedFigures, key: string): Verified {
  const [body = '', line = ''] = text.split(/\n\n(?=— )/);
  const origin = body.split('\n')[1] ?? '';
  const signed = `${body}\n`;
  const [, name, signature = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)\n$/.exec(line) ?? [];
  const bytes = Buffer.from(signature, 'base64').subarray(4);
  if (name !== origin || !isSigned(signed, key, bytes))
    return { holds: false, why: 'the signature is not by this key' };
  const head = headOf(origin, printed);
  if (!signed.startsWith(head))
    return { holds: false, why: 'it is not of these figures, this address or this version' };
  const audited = signed.slice(head.length).trimEnd().split('\n').filter(Boolean);
  return { holds: true, origin, audited: audited.map((one) => JSON.parse(one) as AuditedFigures) };
}

function isSigned(body: string, key: string, signature: Buffer): boolean {
  try {
    return verify(null, Buffer.from(body), openPublicKey(key), signature);
  } catch {
    return false;
  }
}
