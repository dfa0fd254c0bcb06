/** The reception centre and number of a person, on the page of their record for members who may see it. */

import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import type { RecordSectionSource } from '../people/record-sections.ts';
import { listBandsWorn } from './store.ts';

export const receptionSection: RecordSectionSource = {
  action: 'wristband.link',
  tell: (request, _keys, id) =>
    request.under('wristband.read', async (_db, look) => {
      const db = look('wristbands.listed', id, { fields: ['number'] });
      const bands = await listBandsWorn(db, id);
      request.returned(bands.map((band) => band.id));
      return {
        events: bands.map(({ id: band, cameAt }) => ({
          at: cameAt,
          title: 'Came to reception',
          href: receptionPaths.wristband(band),
        })),
        open: bands.map((band) => ({
          what: 'At reception',
          text: `Wristband ${band.number}`,
          href: receptionPaths.wristband(band.id),
        })),
      };
    }),
};
