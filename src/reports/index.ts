/** The door of reports: what the public tells, sealed as it comes in, and answered without a name. */
import type { RoomParts } from '../platform/doors.ts';
import type { App } from '../platform/http.ts';
import { attendanceRoutes } from './attendance-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { readingRoutes } from './reading-routes.ts';
import type { Line } from './report.ts';
import { returningRoutes } from './returning-routes.ts';
import { openSealing } from './sealing.ts';
import { tellingRoutes } from './telling-routes.ts';

export { pairOf } from './intake.ts';
export { up as reportsMigration, upLine as reportsApartMigration } from './migrations/0030-reports.ts';
export { up as reportFilesMigration } from './migrations/0032-report-files.ts';
export { reportsPolicy } from './policy.ts';
export { forgetDrafts } from './public-store.ts';
export { reportsDesk, reportsNavigation, reportsPlace } from './reading-routes.ts';
export { openSealing } from './sealing.ts';
export { sweepFiles } from './sweep.ts';

/** Sealing is loaded when the first of these pages is asked for. */
const room =
  (...parts: readonly ((app: App, given: RoomParts) => Promise<void>)[]) =>
  async (app: App, given: RoomParts): Promise<void> => {
    await app.register(async (own) => {
      own.addHook('onRequest', openSealing);
      for (const part of parts) await part(own as unknown as App, given);
    });
  };

export const publicReportRoutes = room(tellingRoutes, returningRoutes);
export const staffReportRoutes = (line: Line) => room(attendanceRoutes(line), readingRoutes(line), fileRoutes(line));
