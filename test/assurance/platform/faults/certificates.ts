/** Authorities of a mail server of which one comes near its end at a chosen second. */

import { limits } from '../../../../src/monitoring/rule.ts';
import { certificate } from '../../../fixtures/mail-certificate.ts';

/** The certificate of the tests, and a copy of it that ends `limits.certificate` and so many seconds from now. The copy is only read for its end: its signature does not fit. */
export function authorityEnding(secondsUntilNear: number | undefined): string {
  if (secondsUntilNear === undefined) return certificate;
  const end = new Date(Date.now() + (limits.certificate + secondsUntilNear) * 1_000);
  const wanted = `${end.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
  const bytes = Buffer.from(certificate.replaceAll(/-----[^-]+-----|\n/g, ''), 'base64');
  const at = bytes.indexOf('21261106032508Z');
  if (at < 0) throw new Error('the certificate of the tests has another end');
  bytes.write(wanted, at, 'latin1');
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `${certificate}-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
