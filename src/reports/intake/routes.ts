/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page, so that no answer appears in an address, a cookie or a log. */
import { digest } from '../../platform/crypto/crypto.ts';
import { isUnavailable } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { carryLanguage, findJourneyRequest, internalOnly, onBothSites } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, fromStore, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { createUploads } from '../attachments/received-files.ts';
import { getLineStatus, type LineStatus, openLineAccess } from '../attendance/line-status.ts';
import type { Drafts } from './drafts.ts';
import { reportStartPage } from './pages.ts';
import { ReportForm } from './report-form.ts';

/** A page of another site sends nothing here; a browser that does not say is let in. */
export function refuseCrossSite({ headers }: Pick<Request, 'headers'>): void {
  const from = headers['sec-fetch-site'];
  if (from === 'cross-site' || from === 'same-site') throw new Problem('bad request', 'sent by a page of another site');
}

/** People who help stand first: a person in fear reads them before police. */
const allLines = ['help', 'police'] as const;

export async function reportFormRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell, publicHeaders, siteSettings, exitAddresses, uploads, beginJourney } = parts;
  exitAddresses.add('/report/leave');
  const lines = openLineAccess(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const findTelling = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report',
    createUploads(folder, 'telling', findTelling, () => clock.now()),
  );
  const buffers = new PageBuffers(publicHeaders, 20, siteSettings);
  const form = new ReportForm(parts, { drafts, lines, folder });

  app.get('/report', onBothSites(fromStore), async (request, reply) => {
    const now = clock.now();
    const standing = await Promise.all(allLines.map((line): Promise<LineStatus> => getLineStatus(lines, line, now)));
    const model = reportStartPage(translatorFor(request.language), standing);
    // The named page leads into the private journey by a step of its own.
    if (!findJourneyRequest()) {
      const shown = { ...getShell(request.language), ...model, step: beginJourney.step() };
      return buffers.sendOnce(
        request,
        reply,
        carryLanguage(views.render('reports/public-begin', shown), request),
        'no-store',
      );
    }
    if (model.open) {
      const opened = await form.open({ request, reply }).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
      });
      if (opened !== undefined) return opened;
    }
    // Without a place for a draft, who reads it can still be said.
    return buffers.send(request, reply, {
      key: `report ${request.language}`,
      version: digest(JSON.stringify(model)),
      cacheControl: 'no-store',
      shortLived: true,
      make: () => views.render('reports/public-begin', { ...getShell(request.language), ...model }),
    });
  });

  app.post('/report', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    return form.press({ request, reply }, answersOf(request.body));
  });

  app.post('/report/leave', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    return form.leave({ request, reply }, answersOf(request.body));
  });
}
