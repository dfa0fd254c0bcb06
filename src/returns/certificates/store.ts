/** Certificates of signed returns, read and written by the background work. */
import type { Reader, Writer } from '../../platform/database/database.ts';
import type { ToCertify } from './certificate.ts';

export type CertificateTables = {
  returnCertificates: { returnId: string; operationId: string; text: string };
  returns: { id: string; operationId: string; version: number; protection: ToCertify['protection'] };
  returnSignatures: { returnId: string; digest: string };
};

/** Signed returns without a certificate, at most so many. */
export const listToCertify = (db: Reader<CertificateTables>, most: number) =>
  db
    .selectFrom('returns as r')
    .innerJoin('returnSignatures as s', 's.returnId', 'r.id')
    .leftJoin('returnCertificates as c', 'c.returnId', 'r.id')
    .select(['r.id', 'r.operationId', 'r.version', 'r.protection', 's.digest'])
    .where('c.returnId', 'is', null)
    .where('r.protection', '<>', JSON.stringify([]) as never)
    .orderBy('r.id')
    .limit(most)
    .execute();

/** Keeps the certificate of one return. */
export const addCertificate = (
  tx: Writer<CertificateTables>,
  certificate: CertificateTables['returnCertificates'],
): Promise<unknown> => tx.insertInto('returnCertificates').values(certificate).execute();
