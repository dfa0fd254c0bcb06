/**
 * The certificate of a signed return: by which declaration, method and auditor its figures of people helped were
 * protected, and that nothing was found. A text with an Ed25519 signature below it, in the form of the checkpoints of
 * the access log. It has no time in it: the same return gives the same bytes. Pure.
 */
import { verify } from 'node:crypto';
import { type LogKey, openPublicKey, signatureLine } from '../../audit/log/index.ts';
import { serialiseCanonically } from '../../vocabulary/canonical-json.ts';
import type { Return } from '../return.ts';

export type ToCertify = Pick<Return, 'id' | 'version' | 'protection'> & {
  /** The digest that was signed: it covers the figures and how they were protected. */
  readonly digest: string;
};

const firstLine = 'safelight certificate of protected figures 1';

/** What is signed: a line for each population. */
export const certificateBody = ({ id, version, digest, protection }: ToCertify, origin: string): string =>
  [firstLine, origin, `return ${id} version ${version}`, digest, ...protection.map(serialiseCanonically), ''].join(
    '\n',
  );

export function signCertificate(signed: ToCertify, { origin, key }: Pick<LogKey, 'origin' | 'key'>): string {
  const body = certificateBody(signed, origin);
  return `${body}\n${signatureLine(origin, key, body)}`;
}

/** Whether a certificate is of this return and was signed by one of these public keys. */
export function isCertificateOf(text: string, signed: ToCertify, publicKeys: readonly string[]): boolean {
  const [, origin = ''] = text.split('\n');
  const body = certificateBody(signed, origin);
  const line = text.startsWith(`${body}\n`) ? text.slice(body.length + 1) : '';
  const [, name, signature = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)\n$/.exec(line) ?? [];
  if (name !== origin) return false;
  const bytes = Buffer.from(signature, 'base64').subarray(4);
  return publicKeys.some((key) => verify(null, Buffer.from(body), openPublicKey(key), bytes));
}
