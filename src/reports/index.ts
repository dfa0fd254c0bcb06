/** The door of reports: what the public tells, sealed as it comes in, and answered without a name. */

import type { RoomParts } from '../platform/doors.ts';
import type { App } from '../platform/http.ts';
import { attendanceRoutes } from './attendance-routes.ts';
import { readingRoutes } from './reading-routes.ts';
import type { Line } from './report.ts';
import { returningRoutes } from './returning-routes.ts';
import { tellingRoutes } from './telling-routes.ts';

export { pairOf } from './intake.ts';
export { up as reportsMigration, upLine as reportsApartMigration } from './migrations/0030-reports.ts';
export { reportsPolicy } from './policy.ts';
export { forgetDrafts } from './public-store.ts';
export { reportsDesk, reportsNavigation, reportsPlace } from './reading-routes.ts';

export async function publicReportRoutes(app: App, parts: RoomParts): Promise<void> {
  await tellingRoutes(app, parts);
  await returningRoutes(app, parts);
}

export const staffReportRoutes =
  (line: Line) =>
  async (app: App, parts: RoomParts): Promise<void> => {
    await attendanceRoutes(line)(app, parts);
    await readingRoutes(line)(app, parts);
  };
