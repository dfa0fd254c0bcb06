/** Certificates of published figures, written by the background work and read by everybody. */
import { sql } from 'kysely';
import type { Reader, Writer } from '../../../platform/database/database.ts';
import type { Protections } from '../../../returns/index.ts';
import type { StatedFigure } from '../../drafting/stated-figures.ts';

type Certificate = { publicationId: string; version: number; text: string; key: string };
export type CertificateTables = { publicationCertificates: Certificate };

export type Uncertified = {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly figures: readonly StatedFigure[];
  readonly protection: Protections;
};

/** Publications with figures whose text has no certificate, the newest first. The database shows those that everybody can read. */
export async function listUncertified(db: Reader<CertificateTables>, now: Date, most: number): Promise<Uncertified[]> {
  const { rows } = await sql<Uncertified>`
    select p.id, p.slug, p.version, p.figures, t.protection
      from publications p join releases r on r.id = p.id join returns t on t.id = r.return_id
     where jsonb_array_length(p.figures) > 0 and p.published_at <= ${now}
       and not exists (select from publication_certificates c where c.publication_id = p.id and c.version = p.version)
     order by p.changed_at desc limit ${most}`.execute(db);
  return rows;
}

export const addPublicationCertificate = (tx: Writer<CertificateTables>, certificate: Certificate): Promise<unknown> =>
  tx.insertInto('publicationCertificates').values(certificate).execute();

/** The certificate of a published text; undefined where none was signed yet. */
export const findPublicationCertificate = (
  db: Reader<CertificateTables>,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Pick<Certificate, 'text' | 'key'> | undefined> =>
  db
    .selectFrom('publicationCertificates')
    .select(['text', 'key'])
    .where('publicationId', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
