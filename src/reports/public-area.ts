/** Reports on the public site: the form and the mailbox. A process with the public site alone loads no more of the area. */
import type { Area } from '../platform/area.ts';
import type { App } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { Drafts } from './intake/drafts.ts';
import { reportFormRoutes } from './intake/routes.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { withSealing } from './sealing/with-sealing.ts';

/** Drafts of reports and of mailbox visits share one store until they are sent. */
export const publicReportRoutes = async (app: App, given: AreaParts): Promise<void> => {
  const drafts = new Drafts(given.requestServices.databases.for('main', 'public'));
  const reportForm = (own: App) => reportFormRoutes(own, given, drafts);
  const mailbox = (own: App) => mailboxRoutes(own, given, drafts);
  await withSealing(reportForm, mailbox)(app, given);
};

export const publicReports: Area = { pages: [{ public: publicReportRoutes }] };
