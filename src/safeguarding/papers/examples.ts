/** Invented versions of letters and handovers, for tests. Arranges with an all-powerful database. */
import type { Db } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPaperVersion, type PaperSubject, type SafeguardingPaper } from './store.ts';

/** The next version of a paper. */
export const addSafeguardingPaper = (
  db: Db,
  of: PaperSubject,
  by: Pick<SafeguardingPaper, 'agencyId' | 'madeBy' | 'madeAt'>,
  actions: readonly string[] = [],
): Promise<void> =>
  addPaperVersion(db as never, {
    ...by,
    ...of,
    ...{ id: newTimelessId<'paper'>(), parts: { Notes: 'invented' }, changes: [], actions },
    madeAt: floorToHour(by.madeAt),
  });
