/** The door of reports: what the public tells, sealed as it comes in, and answered without a name. */
export { publicReportRoutes, staffReportRoutes } from './all-routes.ts';
export { contactsDesk } from './contact-routes.ts';
export { pairOf } from './intake.ts';
export { up as reportsMigration, upLine as reportsApartMigration } from './migrations/0030-reports.ts';
export { up as reportFilesMigration } from './migrations/0032-report-files.ts';
export {
  up as receivedAsToldMigration,
  upLine as receivedAsToldApartMigration,
} from './migrations/0034-received-as-told.ts';
export { up as reportsTakenMigration, upApart as reportsTakenApartMigration } from './migrations/0037-reports-taken.ts';
export { up as retentionMigration, upApart as retentionApartMigration } from './migrations/0038-retention.ts';
export {
  up as answeringMigration,
  upApart as answeringApartMigration,
} from './migrations/0039-on-call-and-openings.ts';
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
