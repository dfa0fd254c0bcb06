/** All routes of this area for each site, loaded after the sealing library. */

import type { App } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { fileRoutes } from './attachments/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { Drafts } from './intake/drafts.ts';
import { reportFormRoutes } from './intake/routes.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { onCallRoutes } from './on-call/routes.ts';
import { queueRoutes } from './queue/routes.ts';
import type { IntakeLine } from './report.ts';
import { retentionRoutes } from './retention/routes.ts';
import { openSealing } from './sealing/sealing.ts';
import { originalRoutes } from './source-identity/original-routes.ts';
import { sourceIdentityRoutes } from './source-identity/routes.ts';
import { staffIntakeRoutes } from './staff-intake/routes.ts';

/** Sealing is loaded when the first of these pages is asked for. */
const withSealing =
  (...parts: readonly ((app: App, given: AreaParts) => Promise<void>)[]) =>
  async (app: App, given: AreaParts): Promise<void> => {
    await app.register(async (own: App) => {
      own.addHook('onRequest', openSealing);
      for (const part of parts) await part(own, given);
    });
  };

/** Drafts of reports and of mailbox visits share one store until they are sent. */
export const publicReportRoutes = async (app: App, given: AreaParts): Promise<void> => {
  const drafts = new Drafts(given.requestServices.databases.for('main', 'public'));
  const reportForm = (own: App) => reportFormRoutes(own, given, drafts);
  const mailbox = (own: App) => mailboxRoutes(own, given, drafts);
  await withSealing(reportForm, mailbox)(app, given);
};

export const staffReportRoutes = (line: IntakeLine) =>
  withSealing(
    attendanceRoutes(line),
    onCallRoutes(line),
    sourceIdentityRoutes(line),
    staffIntakeRoutes(line),
    retentionRoutes(line),
    queueRoutes(line),
    fileRoutes(line),
    originalRoutes(line),
  );
