/** Agencies to ring before a visit, on the home page: urgent half an hour before. */
import { findPlannedVisit, startOf } from '../../operations/plan/index.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { deconflictionPaths } from '../../vocabulary/paths/intelligence.ts';
import { stateOfMatch } from './deconfliction.ts';
import { listUnacknowledged } from './store.ts';

/** More than anybody rings in an hour. */
const mostRead = 20;

export const deconflictionHomeItems: HomeItems = {
  action: 'deconfliction match.read',
  waiting: async (db, { now }) => {
    const open = await listUnacknowledged(db, mostRead);
    const starts: Date[] = [];
    for (const { target, operationId } of open) {
      const visit = operationId === null ? undefined : await findPlannedVisit(db, target);
      if (visit) starts.push(startOf(visit));
    }
    const first = starts.toSorted((one, other) => one.getTime() - other.getTime())[0];
    const isNow = stateOfMatch({ acknowledgedAt: null, endedAt: null }, first, now) === 'ring now';
    return listDue([
      {
        what: countedTask(open.length, 'Ring another agency before a visit', 'Ring other agencies about # matches'),
        detail: 'It works on the same premises, person or number.',
        for: 'Checks with other agencies',
        status: 'needs attention',
        due: first ?? null,
        urgency: isNow ? 'urgent' : 'pressing',
        href: deconflictionPaths.checks(),
        count: open.length,
      },
    ]);
  },
};
