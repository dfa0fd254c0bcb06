/** Whoever is or may be under 18: the council's children's services are told in any case, and until they are, it stands on first pages. */
import { listAgencies } from '../partnership/index.ts';
import type { Desk } from '../platform/home.ts';
import type { Request } from '../platform/http.ts';
import { capital, countWord, plural } from '../vocabulary/english.ts';
import { countUntold } from './store.ts';

/** Who has children's services, from the main store, before this one is read. */
export const councilsOf = (request: Request): Promise<string[]> =>
  request.under('agency.read', async (db) =>
    (await listAgencies(db)).flatMap(({ id, kind }) => (kind === 'council' ? [id as string] : [])),
  );

export const childrenDesk: Desk = {
  action: 'referral.read',
  title: 'Treat as a child: tell children’s services now',
  pressing: true,
  apart: async (request) => {
    const councils = await councilsOf(request);
    const count = await request.under('note.read', (db, look) => {
      look('notes.waiting counted', null, { fields: ['age'] });
      return countUntold(db, councils);
    });
    return count === 0
      ? []
      : [
          {
            count,
            text: `${capital(countWord(count))} ${plural(count, 'person is or may be under 18', 'people are or may be under 18')}, and the council’s children’s services are not told yet`,
            href: '/staff/safeguarding?children=yes',
          },
        ];
  },
};
