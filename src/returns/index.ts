/** Public interface of returns. */
import type { Listeners } from '../platform/jobs/outbox.ts';
import { newId } from '../vocabulary/ids.ts';
import { addRecordsChange } from './store.ts';

export { type AuditedFigures, listAudited, type Protections } from './certificates/audited-figures.ts';
export { loadCertificateKey } from './certificates/chore.ts';
export { type CertificateKey, digestOf, signPublished, verifyPublished } from './certificates/published-figures.ts';
export { findEdition } from './counting/definitions.ts';
export { returnsHomeStage } from './home-items.ts';
export { returnsPolicy } from './policy.ts';
export { returnRoutes } from './routes.ts';
export {
  type CertifiedReturn,
  getSignedReturn,
  listSignedReturns,
  type SignedReturnSummary,
} from './signed-return-store.ts';

/** News that makes a return grow old. */
export const returnsListeners: Listeners = {
  'records changed': [
    async (tx, { about, details }, now) => {
      if (about)
        await addRecordsChange(tx, {
          id: newId(),
          operationId: about,
          what: String(details.what ?? 'records'),
          at: now,
        });
    },
  ],
};
