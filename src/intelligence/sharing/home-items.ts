/** Intelligence that other agencies shared and that waits to be read, on the home page of triage. */
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { countUnread } from './store.ts';

export const sharedHomeItems: HomeItems = {
  action: 'intelligence share.read',
  waiting: async (db, { actor }) => {
    const count = await countUnread(db, actor.agencyId as AgencyId);
    return listDue([
      {
        what: countedTask(count, 'Read shared intelligence', 'Read # items of shared intelligence'),
        detail: 'Another agency shared it with yours.',
        for: 'Intelligence',
        status: 'to read',
        due: null,
        href: intelligencePaths.received(),
        count,
      },
    ]);
  },
};
