/** Where the search of the header looks for reports: by reference alone, because what they say is sealed. */
import type { Reader } from '../platform/database/database.ts';
import { hasReference, mayBeReference, mostResults, type SearchSource } from '../platform/search/search-store.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import type { IntakeLine } from './report.ts';
import type { ReportTables } from './store.ts';

export const reportSearch = (line: IntakeLine): SearchSource => ({
  title: 'Reports',
  action: line === 'help' ? 'help report.read' : 'report.read',
  event: 'reports.searched',
  fields: ['receivedAt'],
  find: async (db: Reader<ReportTables>, sought) => {
    if (!mayBeReference('report', sought)) return [];
    const found = await db
      .selectFrom('reports')
      .select(['id', 'receivedAt'])
      .where(hasReference('id', 'report', sought))
      .limit(mostResults)
      .execute();
    return found.map(({ id, receivedAt }) => ({
      id,
      text: 'Report',
      href: reportPaths[line].report(id),
      reference: referenceOf('report', id),
      detail: `received ${longDay(dayOf(receivedAt))}`,
    }));
  },
});
