/** The interface of reports: what the public report, sealed on receipt and answered without a name. */
export { publicReportRoutes, staffReportRoutes } from './all-routes.ts';
export { contactsDesk } from './contact-routes.ts';
export { pairOf } from './intake.ts';
export { reportsMigrations } from './migrations/all.ts';
export { ringOn } from './on-call-store.ts';
export { reportsPolicy } from './policy.ts';
export { forgetDrafts } from './public-store.ts';
export { reportsDesk, reportsNavigation, reportsPlace } from './reading-routes.ts';
export type { ReportId } from './report.ts';
export { retentionDesk } from './retention-routes.ts';
export { destroyDueReports } from './retention-store.ts';
export { openSealing } from './sealing.ts';
export { getReport } from './store.ts';
export { sweepDestroyed, sweepFiles } from './sweep.ts';
export { toldOf } from './told-of.ts';
