/** All routes of this area for each site, loaded after the sealing library. */

import type { App } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { fileRoutes } from './attachments/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { Drafts } from './intake/drafts.ts';
import { tellingRoutes } from './intake/routes.ts';
import { returningRoutes } from './mailbox/routes.ts';
import { onCallRoutes } from './on-call/routes.ts';
import { readingRoutes } from './queue/routes.ts';
import type { Line } from './report.ts';
import { retentionRoutes } from './retention/routes.ts';
import { openSealing } from './sealing/sealing.ts';
import { originalRoutes } from './source-identity/original-routes.ts';
import { contactRoutes } from './source-identity/routes.ts';
import { takingRoutes } from './staff-intake/routes.ts';

/** Sealing is loaded when the first of these pages is asked for. */
const room =
  (...parts: readonly ((app: App, given: AreaParts) => Promise<void>)[]) =>
  async (app: App, given: AreaParts): Promise<void> => {
    await app.register(async (own) => {
      own.addHook('onRequest', openSealing);
      for (const part of parts) await part(own as unknown as App, given);
    });
  };

/** Drafts of reports and of mailbox visits share one store until they are sent. */
export const publicReportRoutes = async (app: App, given: AreaParts): Promise<void> => {
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
