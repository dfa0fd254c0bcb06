/** Routes for exporting a file as its reporter sent it: for a reader of the report to whom a custodian opened it. The file leaves sealed to one recipient, and the export is logged first. */

import { z } from 'zod';
import { requestEnd } from '../../access/custodian-decisions/index.ts';
import { ExportForm, formatExportReason } from '../../platform/exports/export-reason.ts';
import { isSecretKey, readRecipient, sealForRecipient } from '../../platform/files/index.ts';
import { answersOf, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { refuse } from '../../vocabulary/result.ts';
import { fileAddressOf } from '../attachments/pages.ts';
import { exportFileName } from '../attachments/received-files.ts';
import { createFileOpener, FilePath } from '../attachments/routes.ts';
import * as files from '../attachments/store.ts';
import { actionOf } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { getReport, lockReport } from '../store.ts';
import {
  originalPurposes,
  purposeAfterWithdrawal,
  requestHours,
  type SourceIdentityRequest,
} from './identity-request.ts';
import { isOriginalKept, originalAccessOf } from './original-file.ts';
import * as page from './original-pages.ts';
import { sourceIdentityAddress } from './pages.ts';
import { isDecidable, lineTime } from './routes.ts';
import { addSourceIdentityRequest, listReportIdentityRequests } from './store.ts';

const OriginalRequestForm = z.object({
  purpose: z.enum(originalPurposes, 'Select what for'),
  reason: Sentence('Say why you need the file as it came'),
  hours: z.enum(requestHours, 'Select for how long').transform(Number),
});
const OriginalExportForm = ExportForm.extend({
  why: z.enum(page.exportReasons, 'Select why you take it along'),
  recipient: RequiredText('Enter the public key of whoever is to open it', 4_000),
});

/** Enough of it to know it again. */
const shortenKey = (recipient: string): string => `${recipient.slice(0, 12)}…${recipient.slice(-8)}`;

/** Removes secret keys from the answers, so that the form does not show them again. */
const withoutSecrets = (typed: Answers): Answers =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, isSecretKey(String(value)) ? '' : value]));

/** Wherever somebody has typed one. */
const secretKeyErrors = (typed: Answers): FormErrors =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      isSecretKey(String(value)) ? [[name, page.recipientErrors['a secret key']]] : [],
    ),
  );

const recipientErrorsOf = (recipient: Awaited<ReturnType<typeof readRecipient>>): FormErrors =>
  recipient.ok ? {} : { recipient: page.recipientErrors[recipient.refusal] };

export const originalRoutes =
  (line: IntakeLine) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const path = fileAddressOf[line].replace('/staff', '');
    const { folder, opened, originalKey } = createFileOpener(line, parts);

    /** The file and the state of the reader's request. Logged as a view of the file's description, not of its content. */
    async function viewFile(request: Request, id: string) {
      const db = request.look('file.shown', id, { fields: ['about'] });
      const file = opened(await files.getFile(db, id));
      const { state } = await getReport(db, file.reportId);
      const asked = (await listReportIdentityRequests(request.db, file.reportId)).filter(({ fileId }) => fileId === id);
      const standing = originalAccessOf(file, state, asked, request.actor.memberId, lineTime(line, request));
      return { file, state, standing };
    }

    app.get(`${path}/:id/export`, may(actionOf(line, 'report file.export'), FilePath), async (request, reply) => {
      const { file, standing } = await viewFile(request, request.params.id);
      if (standing.at === 'open') return reply.page('platform/form', page.exportOriginalPage(line, file, standing));
      return reply.page('platform/page', page.originalClosedPage(line, file, standing));
    });

    app.post(`${path}/:id/export`, may(actionOf(line, 'report file.export'), FilePath), async (request, reply) => {
      const { id } = request.params;
      const { file, standing } = await viewFile(request, id);
      if (standing.at !== 'open') {
        const shut = { '': 'It does not stand open to you. Nothing was sent.' };
        return reply.page('platform/page', page.originalClosedPage(line, file, standing, shut));
      }
      const typed = answersOf(request.body);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', page.exportOriginalPage(line, file, standing, withoutSecrets(typed), errors));
      const form = readForm(OriginalExportForm, typed);
      const recipient = await readRecipient(String(typed.recipient ?? ''));
      const errors = { ...recipientErrorsOf(recipient), ...(form.ok ? {} : form.errors), ...secretKeyErrors(typed) };
      if (!form.ok || !recipient.ok || Object.keys(errors).length > 0) return again(errors);
      const key = originalKey(file);
      const read = key && (await folder.openStream(line, key));
      if (!read) return again(page.exportErrors['not here']);
      if (!(await decryptsCompletely(read()))) return again(page.exportErrors.changed);
      request.look('file.exported', id, {
        kind: 'disclosure',
        fields: ['content'],
        recipient: request.actor.agencyId,
        returned: [standing.opening.id],
        reason: `${formatExportReason(form.values)}; sealed to ${shortenKey(recipient.value)}`,
      });
      return reply.export({
        fileName: exportFileName(file),
        type: 'application/octet-stream',
        content: sealForRecipient(recipient.value, read),
      });
    });

    app.get(
      `${path}/:id/ask`,
      may(actionOf(line, 'source identity request.make'), FilePath),
      async (request, reply) => {
        const { file } = await viewFile(request, request.params.id);
        if (!isOriginalKept(file)) throw notFound('original');
        const asked = page.requestOriginalPage(line, file);
        if (await isDecidable(request)) return reply.page('platform/form', asked);
        return reply.page('platform/form', { ...asked, warning: page.requestErrors['no custodian'][''], closed: true });
      },
    );

    app.post(
      `${path}/:id/ask`,
      may(actionOf(line, 'source identity request.make'), FilePath),
      async (request, reply) => {
        const { id: fileId } = request.params;
        const { file } = await viewFile(request, fileId);
        if (!isOriginalKept(file)) throw notFound('original');
        const again = (errors: FormErrors) =>
          reply.page('platform/form', page.requestOriginalPage(line, file, answersOf(request.body), errors));
        const form = readForm(OriginalRequestForm, request.body);
        if (!form.ok) return again(form.errors);
        if (!(await isDecidable(request))) return again(page.requestErrors['no custodian']);
        const { hours, ...said } = form.values;
        const { reportId } = file;
        const askedAt = lineTime(line, request);
        const opening: SourceIdentityRequest = {
          id: newTimelessId(),
          reportId,
          fileId,
          agencyId: request.actor.agencyId as AgencyId,
          askedBy: request.actor.memberId as MemberId,
          ...said,
          askedAt,
          until: requestEnd(askedAt, hours),
        };
        const asked = await request.change(
          'original file.requested',
          fileId,
          async (tx) => {
            const { report } = await lockReport(tx, reportId);
            if (report.state === 'withdrawn' && said.purpose !== purposeAfterWithdrawal) return refuse('taken back');
            if (!isOriginalKept(await files.lockFile(tx, fileId))) return refuse('not kept');
            return addSourceIdentityRequest(tx, opening);
          },
          { kind: 'collection', returned: [opening.id], reason: opening.purpose },
        );
        if (!asked.ok) return again(page.requestErrors[asked.refusal]);
        return reply.redirect(`${sourceIdentityAddress(line)}/requests/${opening.id}`, 303);
      },
    );
  };

/** Read once to its end before anything leaves: of what was changed, not a piece does. */
async function decryptsCompletely(pieces: AsyncIterable<unknown>): Promise<boolean> {
  try {
    for await (const _piece of pieces);
    return true;
  } catch {
    return false;
  }
}
