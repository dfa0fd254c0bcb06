/** A person's stay and needs at a reception centre, for their subject access request; found through the number linked to the record. */

import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type Part } from '../../vocabulary/records-held.ts';
import { listRecordIdsAbout } from '../people/subject-access-store.ts';
import { listBandsOf, listFirstNights, listNeeds } from './store.ts';

export const readHeldReception: AreaRecordsHeld = async (db, _keys, about) => {
  const parts: Part[] = [];
  for (const person of await listRecordIdsAbout(db, about))
    for (const band of await listBandsOf(db, person)) {
      const needs = await listNeeds(db, [band.id]);
      const nights = await listFirstNights(db, [band.id]);
      parts.push({
        title: 'Your time at a reception centre',
        lines: [
          ...createLines(`wristbands/${band.id}`, formatMoments(band), [
            ['number', 'Your number there'],
            ['cameAt', 'You came in the hour after'],
            ['leftAt', 'You left in the hour after'],
          ]),
          ...createLines(`wristband_people/${band.id}`, { is: 'yes' }, [
            ['is', 'Your number was linked to your record'],
          ]),
          ...needs.flatMap((need) =>
            createLines(`wristband_needs/${need.id}`, formatMoments(need), [
              ['kind', 'You needed'],
              ['detail', 'More closely'],
              ['askedAt', 'Asked for in the hour after'],
              ['metAt', 'Given in the hour after'],
            ]),
          ),
          ...nights.flatMap((night) =>
            createLines(`first_nights/${night.wristbandId}`, { is: 'yes' }, [
              ['is', 'A partner was to shelter you for the first night'],
            ]),
          ),
        ],
      });
    }
  return parts;
};
