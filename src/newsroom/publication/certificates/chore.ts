/** The leader signs the certificate of each published text with figures, once everybody can read it. */
import type { ChoreParts } from '../../../platform/area.ts';
import type { Writer } from '../../../platform/database/database.ts';
import type { Chore } from '../../../platform/jobs/outbox.ts';
import { type CertificateKey, listAudited, loadCertificateKey, signPublished } from '../../../returns/index.ts';
import { printedFigures } from '../figures.ts';
import { addPublicationCertificate, type CertificateTables, listUncertified } from './store.ts';

const most = 20;

/** Figures of people helped that no auditor passed get no certificate. */
export async function certifyPublications(
  tx: Writer<CertificateTables>,
  { log, origin, now }: { readonly log: CertificateKey; readonly origin: string; readonly now: Date },
): Promise<boolean> {
  const waiting = await listUncertified(tx, now, most);
  let signed = 0;
  for (const { id, slug, version, figures, protection } of waiting) {
    const audited = listAudited(
      protection,
      figures.map(({ key }) => key),
    );
    if (!audited) continue;
    const printed = { url: `${origin}/news/${slug}`, version, figures: printedFigures(figures) };
    await addPublicationCertificate(tx, { publicationId: id, version, ...signPublished(printed, audited, log) });
    signed += 1;
  }
  return waiting.length === most && signed > 0;
}

export const publicationCertificateChore = ({ config, clock }: ChoreParts): Chore => {
  const log = loadCertificateKey(config);
  return {
    name: 'sign certificates of published figures',
    everySeconds: 2,
    run: (tx) => certifyPublications(tx, { log, origin: config.origin, now: clock.now() }),
  };
};
