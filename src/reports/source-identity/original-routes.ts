/** Routes for exporting a file as its reporter sent it: for a reader of the report to whom a custodian opened it. The file leaves sealed to one recipient, and the export is logged first. */

import { z } from 'zod';
import { ExportForm, formatExportReason } from '../../platform/exports/export-reason.ts';
import { isSecretKey, readRecipient, sealForRecipient } from '../../platform/files/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { OpenFile } from '../attachments/pages.ts';
import { exportFileName } from '../attachments/received-files.ts';
import { createFileOpener, FilePath } from '../attachments/routes.ts';
import * as files from '../attachments/store.ts';
import { actionOf } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { getReport, lockReport } from '../store.ts';
import { originalPurposes, purposeAfterWithdrawal, requestHours } from './identity-request.ts';
import { isOriginalKept, originalAccessOf } from './original-file.ts';
import * as page from './original-pages.ts';
import { nobodyDecides } from './pages.ts';
import { createRequest, isDecidable, lineTime } from './routes.ts';
import { addSourceIdentityRequest, listReportIdentityRequests } from './store.ts';

const OriginalRequestForm = z.object({
  purpose: z.enum(originalPurposes, 'Select what for'),
  reason: Sentence('Enter the reason why you need the original file'),
  hours: z.enum(requestHours, 'Select for how long').transform(Number),
});
const OriginalExportForm = ExportForm.extend({
  why: z.enum(page.exportReasons, 'Select why you export it'),
  recipient: RequiredText('Enter the public key of the recipient', 4_000),
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
    exportRoutes(line, app, parts);
    requestRoutes(line, app, parts);
  };

/** The file and the state of the reader's request. Logged as a view of the file's description, not of its content. */
async function viewFile(line: IntakeLine, parts: AreaParts, request: Request, id: string) {
  const db = request.look('file.shown', id, { fields: ['about'] });
  const file = createFileOpener(line, parts).opened(await files.getFile(db, id));
  const { state } = await getReport(db, file.reportId);
  const asked = (await listReportIdentityRequests(request.db, file.reportId)).filter(({ fileId }) => fileId === id);
  const standing = originalAccessOf(file, state, asked, request.actor.memberId, lineTime(line, request));
  return { file, state, standing };
}

/** Opens the file as it came, and reads it through once. */
async function openOriginal(line: IntakeLine, parts: AreaParts, file: OpenFile) {
  const { folder, originalKey } = createFileOpener(line, parts);
  const key = originalKey(file);
  const read = key && (await folder.openStream(line, key));
  if (!read) return refuse('not here');
  return (await decryptsCompletely(read())) ? accept(read) : refuse('changed');
}

/** The reason and the key of the recipient, with all that is wrong with either. */
async function readExport(typed: Answers) {
  const form = readForm(OriginalExportForm, typed);
  const recipient = await readRecipient(String(typed.recipient ?? ''));
  const errors = { ...recipientErrorsOf(recipient), ...(form.ok ? {} : form.errors), ...secretKeyErrors(typed) };
  if (!form.ok || !recipient.ok || Object.keys(errors).length > 0) return { ok: false, errors } as const;
  return { ok: true, reason: form.values, recipient: recipient.value } as const;
}

function exportRoutes(line: IntakeLine, app: App, parts: AreaParts): void {
  const { fileExport } = reportPaths[line];
  app.get(fileExport.route, may(actionOf(line, 'report file.export'), FilePath), async (request, reply) => {
    const { file, standing } = await viewFile(line, parts, request, request.params.id);
    return standing.at === 'open'
      ? reply.form(page.exportOriginalPage(line, file, standing))
      : reply.case(page.originalClosedPage(line, file, standing));
  });

  // The answer is the file: nothing is changed.
  app.post(fileExport.route, may(actionOf(line, 'report file.export'), FilePath), async (request, reply) => {
    const { id } = request.params;
    const { file, standing } = await viewFile(line, parts, request, id);
    if (standing.at !== 'open') {
      const shut = { '': 'It is not open to you. Nothing was sent.' };
      return reply.case(page.originalClosedPage(line, file, standing, shut));
    }
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.form(page.exportOriginalPage(line, file, standing), withoutSecrets(typed), errors);
    const asked = await readExport(typed);
    if (!asked.ok) return again(asked.errors);
    const original = await openOriginal(line, parts, file);
    if (!original.ok) return again(page.exportErrors[original.refusal]);
    request.look('file.exported', id, {
      kind: 'disclosure',
      fields: ['content'],
      recipient: request.actor.agencyId,
      returned: [standing.opening.id],
      reason: `${formatExportReason(asked.reason)}; sealed to ${shortenKey(asked.recipient)}`,
    });
    return reply.export({
      fileName: exportFileName(file),
      type: 'application/octet-stream',
      content: sealForRecipient(asked.recipient, original.value),
    });
  });
}

function requestRoutes(line: IntakeLine, app: App, parts: AreaParts): void {
  const paths = reportPaths[line];
  formRoute(app, paths.newFileRequest.route, {
    may: may(actionOf(line, 'source identity request.make'), FilePath),
    load: async (request) => {
      const { file } = await viewFile(line, parts, request, request.params.id);
      if (!isOriginalKept(file)) throw notFound('original');
      const about = { id: newTimelessId<'source identity request'>(), reportId: file.reportId, fileId: file.id };
      return { file, about, decidable: await isDecidable(request) };
    },
    form: OriginalRequestForm,
    check: ({ decidable }) => (decidable ? undefined : page.requestErrors['no custodian']),
    page: ({ file, decidable }, typed) => ({
      ...page.requestOriginalPage(line, file),
      ...(!typed && !decidable && nobodyDecides),
    }),
    event: 'original file.requested',
    subject: ({ file }) => file.id,
    details: ({ about }, { purpose }) => ({ kind: 'collection', returned: [about.id], reason: purpose }),
    change: async (tx, { file, about }, said, request) => {
      const { report } = await lockReport(tx, file.reportId);
      if (report.state === 'withdrawn' && said.purpose !== purposeAfterWithdrawal) return refuse('taken back');
      if (!isOriginalKept(await files.lockFile(tx, file.id))) return refuse('not kept');
      return addSourceIdentityRequest(tx, createRequest(line, request, about, said));
    },
    refusals: page.requestErrors,
    next: (_, { about }) => paths.sourceIdentityRequest(about.id),
  });
}

/** Read once to its end before anything leaves: of what was changed, not a piece does. */
async function decryptsCompletely(pieces: AsyncIterable<unknown>): Promise<boolean> {
  try {
    for await (const _piece of pieces);
    return true;
  } catch {
    return false;
  }
}
