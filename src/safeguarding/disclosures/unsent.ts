/** Disclosures without consent that were requested but not sent yet. The record’s page shows them, so that nobody requests one twice. */

import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { Id } from '../../vocabulary/ids.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { deriveDisclosureStatus } from './disclosure.ts';
import * as disclosures from './store.ts';

export const unsentDisclosuresSection = {
  action: 'disclosure.read',
  tell: (request: Request, _keys: unknown, id: Id<'person'>) =>
    request.under('disclosure.read', async (_db, look) => {
      const db = look('disclosures.listed', null, { fields: ['purpose', 'told'] });
      const unsent = await disclosures.listUnsent(db, [id], floorToHour(request.now));
      request.returned(unsent.map((one) => one.id));
      return {
        open: unsent.map((one) => ({
          what: 'Not told yet',
          text: `${capital(wordsOf(one.purpose))}. ${deriveDisclosureStatus(one) === 'approved' ? 'Approved: whoever asked for it sends it.' : 'Waits until a second person has approved it.'}`,
          href: disclosurePaths.disclosure(one.id),
        })),
      };
    }),
};
