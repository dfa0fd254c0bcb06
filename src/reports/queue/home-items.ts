/** Reports for the home page: those that wait for an answer, and those that the reader opened lately. The same for both lines. */
import { filterReadable, listRecentlyOpened } from '../../platform/audit-hook/recently-opened.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import {
  countedTask,
  type HomeItem,
  type HomeItems,
  type HomeRecent,
  type HomeStage,
  listDue,
  mostRecent,
} from '../../platform/http/home.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { IntakeLine } from '../report.ts';
import { countWaiting, type WaitingCounts } from '../store.ts';
import { queueTitles } from './pages.ts';
import { actionOf } from './routes.ts';

/** Reports of danger first; then all others that wait, by their earliest deadline. */
const listReportItems = (line: IntakeLine, counts: WaitingCounts): HomeItem[] => {
  const { danger, dangerDueAt, waiting, dueAt, overdue } = counts;
  const others = waiting - danger;
  const shared = { for: queueTitles[line], status: 'to do', href: reportPaths[line].queue() } as const;
  return listDue([
    {
      ...shared,
      what: countedTask(danger, 'Answer a report of danger', 'Answer # reports of danger'),
      due: dangerDueAt,
      urgency: 'pressing',
      count: danger,
    },
    {
      ...shared,
      what: countedTask(others, 'Answer a report', 'Answer # reports'),
      detail: overdue > 0 ? countedTask(overdue, '1 report is late.', '# reports are late.') : undefined,
      due: dueAt,
      urgency: overdue > 0 ? 'pressing' : undefined,
      count: others,
    },
  ]);
};

/** Reports by the end of their number, as far as the member may still read them. */
async function listRecentReports(line: IntakeLine, db: Reader<AnyTables>): Promise<HomeRecent[]> {
  const opened = await listRecentlyOpened(db, ['report.shown'], mostRecent);
  const readable = await filterReadable(
    db,
    'reports',
    opened.map(({ subject }) => subject),
  );
  return opened
    .filter(({ subject }) => readable.has(subject))
    .map(({ subject, at }) => ({
      text: `Report ${referenceOf('report', subject)}`,
      href: reportPaths[line].report(subject),
      at,
    }));
}

/** Reports to support agencies, until they are answered. */
export const helpReportsHomeItems: HomeItems = {
  action: actionOf('help', 'report.read'),
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const items = listReportItems('help', await countWaiting(db, request.now));
    return { items, recent: await listRecentReports('help', db) };
  },
};

/** Reports to police, until they are answered. */
export const reportsHomeStage: HomeStage = {
  stage: 'reports',
  action: 'report.read',
  says: () => 'reports of the public to answer',
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const items = listReportItems('police', await countWaiting(db, request.now));
    return { items, recent: await listRecentReports('police', db) };
  },
};
