/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page, so that no answer appears in an address, a cookie or a log. */
import { digest } from '../../platform/crypto/crypto.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { internalOnly } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, fromStore, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { createUploads } from '../attachments/received-files.ts';
import { getLineStatus, type LineStatus, openLineAccess } from '../attendance/line-status.ts';
import { intakeLines as allLines } from '../report.ts';
import type { Drafts } from './drafts.ts';
import { reportStartPage } from './pages.ts';
import { ReportForm } from './report-form.ts';

/** A page of another site sends nothing here; a browser that does not say is let in. */
export function refuseCrossSite({ headers }: Pick<Request, 'headers'>): void {
  const from = headers['sec-fetch-site'];
  if (from === 'cross-site' || from === 'same-site') throw new Problem('bad request', 'sent by a page of another site');
}

export async function reportFormRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell, publicHeaders, exitAddresses, uploads } = parts;
  exitAddresses.add('/report/leave');
  const lines = openLineAccess(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const findTelling = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report',
    createUploads(folder, 'telling', findTelling, () => clock.now()),
  );
  const buffers = new PageBuffers(publicHeaders, 20);
  const form = new ReportForm(parts, { drafts, lines, folder });

  app.get('/report', internalOnly(fromStore), async (request, reply) => {
    const now = clock.now();
    const standing = await Promise.all(allLines.map((line): Promise<LineStatus> => getLineStatus(lines, line, now)));
    const model = reportStartPage(translatorFor(request.language), standing);
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
