/** Notices to custody about a person, for the page of the case. Reads nothing from the main database for it. */

import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { type CaseEvent, eventsFor } from '../case/timeline.ts';
import type { RecordSectionSource } from '../people/record-sections.ts';
import type { Notice } from './notice.ts';
import { listNotices } from './store.ts';

export const custodyNoticesSection: RecordSectionSource = {
  action: 'custody safeguarding notice.read',
  tell: (request, keys, _id, ids) =>
    request.under('custody safeguarding notice.read', async (_db, look) => {
      const db = look('custody safeguarding notices.listed', null, { fields: ['recipient'] });
      const notices: Notice[] = [];
      for (const personId of ids) notices.push(...(await listNotices(db, keys, { personId })));
      request.returned(notices.map(({ id }) => id));
      return { events: notices.flatMap(eventsOf) };
    }),
};

const eventsOf = ({ id, recipient, authorId, givenAt, withdrawnAt, withdrawnBy }: Notice): CaseEvent[] => {
  const of = eventsFor(recipient, custodyNoticePaths.notice(id));
  return [
    of(givenAt, 'Custody safeguarding notice sent', authorId),
    ...(withdrawnAt ? [of(withdrawnAt, 'Custody safeguarding notice withdrawn', withdrawnBy)] : []),
  ];
};
