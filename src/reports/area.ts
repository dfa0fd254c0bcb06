/** Reports from the public: taken in sealed, read and answered by the agency that they were sent to. */
import type { Area } from '../platform/area.ts';
import { sweepDestroyed, sweepFiles } from './attachments/sweep.ts';
import { deleteExpiredDrafts } from './intake/store.ts';
import { listReportPages } from './menu-items.ts';
import { escalateAlerts } from './on-call/store.ts';
import { publicReportRoutes } from './public-area.ts';
import { helpReportsHomeItems, reportsHomeStage } from './queue/home-items.ts';
import { retentionHomeItems } from './retention/routes.ts';
import { destroyDueReports } from './retention/store.ts';
import { staffReportRoutes } from './routes.ts';
import { reportSearch } from './search-store.ts';
import { sourceIdentityHomeItems } from './source-identity/routes.ts';

export const reports: Area = {
  pages: [
    {
      public: publicReportRoutes,
      staff: staffReportRoutes('police'),
      search: [reportSearch('police')],
      navigation: listReportPages('police'),
      homeStage: reportsHomeStage,
      homeItems: [sourceIdentityHomeItems('police'), retentionHomeItems('police')],
    },
    {
      staff: staffReportRoutes('help'),
      search: [reportSearch('help')],
      navigation: listReportPages('help'),
      homeItems: [helpReportsHomeItems, sourceIdentityHomeItems('help'), retentionHomeItems('help')],
    },
  ],
  chores: ({ config, databases }) => [
    { name: 'forget drafts', everySeconds: 600, run: deleteExpiredDrafts },
    { name: 'ring on', everySeconds: 60, run: escalateAlerts },
    { name: 'ring on apart', everySeconds: 60, store: 'safeguarding', run: escalateAlerts },
    { name: 'destroy due reports', everySeconds: 600, run: destroyDueReports },
    { name: 'destroy due reports apart', everySeconds: 600, store: 'safeguarding', run: destroyDueReports },
    { name: 'sweep files', everySeconds: 600, run: sweepFiles(config.filesFolder, databases) },
    { name: 'sweep destroyed files', everySeconds: 3_600, run: sweepDestroyed(config.filesFolder, databases) },
  ],
};
