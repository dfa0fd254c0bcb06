/** Where the search of the header looks for reports: by reference alone, because what they say is sealed. */
import type { Reader } from '../platform/database/database.ts';
import { hasReference, mostResults, referenceSource, type SearchSource } from '../platform/search/search-store.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import type { IntakeLine } from './report.ts';
import type { ReportTables } from './store.ts';

export const reportSearch = (line: IntakeLine): SearchSource =>
  referenceSource(
    'report',
    {
      title: 'Reports',
      action: line === 'help' ? 'help report.read' : 'report.read',
      event: 'reports.searched',
      fields: ['receivedAt'],
    },
    async (db: Reader<ReportTables>, sought) => {
      const found = await db
        .selectFrom('reports')
        .select(['id', 'receivedAt'])
        .where(hasReference('id', 'report', sought))
        .limit(mostResults)
        .execute();
      return found.map(({ id, receivedAt }) => ({ id, detail: `received ${longDay(dayOf(receivedAt))}` }));
    },
    { text: 'Report', href: reportPaths[line].report },
  );
