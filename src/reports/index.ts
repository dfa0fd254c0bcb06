/** The interface of reports: what the public report, sealed on receipt and answered without a name. */

export { sweepDestroyed, sweepFiles } from './attachments/sweep.ts';
export { forgetDrafts } from './intake/store.ts';
export { reportsMigrations } from './migrations/all.ts';
export { ringOn } from './on-call/store.ts';
export { reportsPolicy } from './policy.ts';
export { toldOf } from './queue/report-summary.ts';
export { reportsDesk, reportsNavigation, reportsPlace } from './queue/routes.ts';
export type { ReportId } from './report.ts';
export { retentionDesk } from './retention/routes.ts';
export { destroyDueReports } from './retention/store.ts';
export { publicReportRoutes, staffReportRoutes } from './routes.ts';
export { pairOf } from './sealing/sealed-report.ts';
export { openSealing } from './sealing/sealing.ts';
export { contactsDesk } from './source-identity/routes.ts';
export { getReport } from './store.ts';
