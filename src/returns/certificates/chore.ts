/** The leader signs the certificate of each return that was signed, with the key of the main log. */
import { type LogKey, loadLogKeys } from '../../audit/log/index.ts';
import type { ChoreParts } from '../../platform/area.ts';
import type { Writer } from '../../platform/database/database.ts';
import type { Chore } from '../../platform/jobs/outbox.ts';
import { signCertificate, type ToCertify } from './certificate.ts';
import { addCertificate, type CertificateTables, listToCertify } from './store.ts';

const most = 20;

export async function certifyReturns(tx: Writer<CertificateTables>, key: LogKey): Promise<boolean> {
  const signed = await listToCertify(tx, most);
  for (const { id, operationId, ...one } of signed) {
    const text = signCertificate({ ...one, id: id as ToCertify['id'] }, key);
    await addCertificate(tx, { returnId: id, operationId, text });
  }
  return signed.length === most;
}

/** The key of the main log, which signs certificates. The leader alone needs it. */
export const loadCertificateKey = ({
  logKeysFile,
  origin,
}: Pick<ChoreParts['config'], 'logKeysFile' | 'origin'>): LogKey =>
  loadLogKeys(logKeysFile, new URL(origin).hostname).main;

export const certificateChore = ({ config }: ChoreParts): Chore => {
  const key = loadCertificateKey(config);
  return { name: 'sign certificates of returns', everySeconds: 2, run: (tx) => certifyReturns(tx, key) };
};
