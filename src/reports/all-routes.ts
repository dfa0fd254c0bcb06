/** All routes of this area for each site, loaded after the sealing library. */
import type { RoomParts } from '../platform/doors.ts';
import type { App } from '../platform/http.ts';
import { attendanceRoutes } from './attendance-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { Drafts } from './drafts.ts';
import { fileRoutes } from './file-routes.ts';
import { onCallRoutes } from './on-call-routes.ts';
import { originalRoutes } from './original-routes.ts';
import { readingRoutes } from './reading-routes.ts';
import type { Line } from './report.ts';
import { retentionRoutes } from './retention-routes.ts';
import { returningRoutes } from './returning-routes.ts';
import { openSealing } from './sealing.ts';
import { takingRoutes } from './taking-routes.ts';
import { tellingRoutes } from './telling-routes.ts';

/** Sealing is loaded when the first of these pages is asked for. */
const room =
  (...parts: readonly ((app: App, given: RoomParts) => Promise<void>)[]) =>
  async (app: App, given: RoomParts): Promise<void> => {
    await app.register(async (own) => {
      own.addHook('onRequest', openSealing);
      for (const part of parts) await part(own as unknown as App, given);
    });
  };

/** Drafts of reports and of mailbox visits share one store until they are sent. */
export const publicReportRoutes = async (app: App, given: RoomParts): Promise<void> => {
  const drafts = new Drafts(given.ground.databases.for('main', 'public'));
  const telling = (own: App) => tellingRoutes(own, given, drafts);
  const returning = (own: App) => returningRoutes(own, given, drafts);
  await room(telling, returning)(app, given);
};

export const staffReportRoutes = (line: Line) =>
  room(
    attendanceRoutes(line),
    onCallRoutes(line),
    contactRoutes(line),
    takingRoutes(line),
    retentionRoutes(line),
    readingRoutes(line),
    fileRoutes(line),
    originalRoutes(line),
  );
