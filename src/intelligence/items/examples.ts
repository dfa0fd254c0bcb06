/** Invented intelligence, for tests. Arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { ItemId, ItemSource } from './item.ts';
import { addItem, type OpenItem } from './store.ts';

const recordedAt = new Date('2026-09-15T09:00:00Z');

/** One from another record than a report, unless `more` says otherwise. Gives its id. */
export async function addExampleItem(
  db: Db,
  keys: UnitKeys,
  by: { readonly id: string; readonly agencyId: string },
  more: Partial<OpenItem & ItemSource> = {},
): Promise<ItemId> {
  const { reportId = null, originalReference = reportId ? null : 'Log 417', ...said } = more;
  const item: OpenItem = {
    id: newId(),
    agencyId: by.agencyId as AgencyId,
    ...{ sourceEvaluation: '2', assessment: 'A', handling: 'C' },
    ...{ happenedFrom: '2026-09-01', happenedTo: '2026-09-14' },
    text: 'Four men are kept at a car wash on Mill Lane.',
    conditions: 'Not to be passed on without the consent of Lea Vale Constabulary.',
    systemReference: null,
    reviewOn: '2032-09-15',
    recordedBy: by.id as MemberId,
    recordedAt,
    ...said,
  };
  await addItem(db, keys, item, { reportId, originalReference });
  return item.id;
}
