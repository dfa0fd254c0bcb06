/** Disclosures without consent that were requested but not sent yet. The record’s page shows them, so that nobody requests one twice. */

import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { childPurpose, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type CaseEvent, eventsFor } from '../case/timeline.ts';
import { deriveDisclosureStatus } from './disclosure.ts';
import * as disclosures from './store.ts';

export const unsentDisclosuresSection = {
  action: 'disclosure.read',
  tell: (request: Request, _keys: unknown, _id: PersonId, ids: readonly PersonId[]) =>
    request.under('disclosure.read', async (_db, look) => {
      const db = look('disclosures.listed', null, { fields: ['purpose', 'timing'] });
      const unsent = await disclosures.listUnsent(db, ids, floorToHour(request.now));
      const all = await disclosures.listDisclosureSummaries(db, ids);
      request.returned([...new Set([...unsent, ...all].map((one) => one.id))]);
      return {
        events: all.flatMap(eventsOf),
        disclosedTo: all.filter(isChildNotified).map(({ recipient }) => recipient),
        open: unsent.map((one) => ({
          what: 'Not shared yet',
          text: `${capital(wordsOf(one.purpose))}. ${deriveDisclosureStatus(one) === 'approved' ? 'Approved. The colleague who asked for it must send it.' : 'A second person must approve it.'}`,
          href: disclosurePaths.disclosure(one.id),
        })),
      };
    }),
};

/** What waited for approval is known only by the referral that was sent afterwards. */
const isChildNotified = ({ basis, purpose, timing }: disclosures.DisclosureSummary): boolean =>
  timing === 'at once' && purpose !== nrmPurpose && (basis === 'child' || purpose === childPurpose);

const eventsOf = ({
  id,
  recipient,
  askedBy,
  askedAt,
  approvedBy,
  approvedAt,
  refusedBy,
  refusedAt,
}: disclosures.DisclosureSummary): CaseEvent[] => {
  const of = eventsFor(recipient, disclosurePaths.disclosure(id));
  return [
    of(askedAt, 'Disclosure without consent requested', askedBy),
    ...(approvedAt ? [of(approvedAt, 'Disclosure without consent approved', approvedBy)] : []),
    ...(refusedAt ? [of(refusedAt, 'Disclosure without consent refused', refusedBy)] : []),
  ];
};
