/** Imports published results from a CSV file: template, upload, a check that stores nothing, and the import in one transaction. */
import type { z } from 'zod';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { type FileKey, FilesFolder } from '../../platform/files/index.ts';
import { UploadedFile } from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { type ColumnProblem, maxTableBytes, type Table } from '../../platform/files/table-file.ts';
import {
  describeColumnProblem,
  ImportForm,
  type ImportRefusal,
  openAgain,
  openTable,
  toWaiting,
  writeTemplate,
} from '../../platform/files/uploaded-table.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { publishedWeekPaths } from '../../vocabulary/paths/returns.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import * as page from './import-pages.ts';
import { publishedColumns } from './published-columns.ts';
import { type CheckedFile, checkPublishedFile } from './published-file.ts';
import { addPublishedWeeks, listSourcesOf } from './published-store.ts';

export async function publishedImportRoutes(app: App, { filesFolder }: AreaParts): Promise<void> {
  const folder = new FilesFolder(filesFolder);

  app.get(publishedWeekPaths.template.route, may('published week.import'), async (_request, reply) =>
    reply.export(writeTemplate('published-results.csv', publishedColumns)),
  );

  app.get(publishedWeekPaths.import.route, may('published week.import'), async (_request, reply) => showUpload(reply));

  await registerUploadRoutes(app, async (here) => {
    here.post(publishedWeekPaths.import.route, may('published week.import'), async (request, reply) =>
      receiveTable(request, reply, folder),
    );
  });

  app.post(publishedWeekPaths.save.route, may('published week.import'), async (request, reply) =>
    importTable(request, reply, folder),
  );
}

const showUpload = (reply: Reply, errors: FormErrors = {}): Promise<string> =>
  reply.page('platform/table-file', fillForm(page.uploadPage(), {}, errors));

const showCheck = (reply: Reply, checked: CheckedFile, file: FileKey, errors: FormErrors = {}) =>
  reply.page('platform/table-file', fillForm(page.checkPage(checked, toWaiting(file)), {}, errors));

/** Against what is there of the same weeks, from any source. The member may import, so may read. */
async function check(request: Request, table: Table): Promise<CheckedFile | ColumnProblem> {
  const alone = checkPublishedFile(table, []);
  if ('kind' in alone) return alone;
  const weekIds = alone.good.map(({ week }) => week.weekId);
  const stored = await request.under('published week.read', (db) => listSourcesOf(db, weekIds));
  return checkPublishedFile(table, stored);
}

/** Checks the file and shows what was found. The file waits sealed, and its key goes into the page alone. */
async function receiveTable(request: Request, reply: Reply, folder: FilesFolder): Promise<unknown> {
  const arriving = new UploadedFile(folder, request.now, maxTableBytes, 'table');
  await receiveFiles(request, arriving);
  const opened = await openTable(folder, arriving);
  const checked = opened.ok ? await check(request, opened.value.table) : undefined;
  if (!checked || 'kind' in checked || checked.good.length === 0) await arriving.drop();
  if (!opened.ok) return showUpload(reply, page.uploadErrors[opened.refusal]);
  if (!checked || 'kind' in checked) return showUpload(reply, checked && describeColumnProblem(checked));
  return showCheck(reply, checked, opened.value.file);
}

async function importTable(request: Request, reply: Reply, folder: FilesFolder): Promise<unknown> {
  const form = readForm(ImportForm, request.body);
  if (!form.ok) return showUpload(reply, { ...form.errors, ...page.uploadErrors.gone });
  const { good } = form.values;
  const opened = await openAgain(folder, form.values);
  if (!opened.ok) return showUpload(reply, page.uploadErrors[opened.refusal]);
  const alone = checkPublishedFile(opened.value.table, []);
  if ('kind' in alone) return showUpload(reply, describeColumnProblem(alone));
  const saved = await request.change(
    'published weeks imported',
    null,
    (tx) => saveLines(tx, request, opened.value.table, alone, form.values),
    { kind: 'collection', owner: request.actor.agencyId },
  );
  if (!saved.ok) {
    const checked = await check(request, opened.value.table);
    return showCheck(reply, 'kind' in checked ? alone : checked, opened.value.file, page.importErrors[saved.refusal]);
  }
  // The file stays for a second press of the button, and is swept with everything that waits.
  return reply.redirect(withQuery(publishedWeekPaths.list(), { imported: good }), 303);
}

/** Checks again within the change, so that a second press of the button meets what the first has stored. */
async function saveLines(
  tx: Writer<AnyTables>,
  request: Request,
  table: Table,
  alone: CheckedFile,
  { good, only }: z.output<typeof ImportForm>,
): Promise<Result<true, ImportRefusal>> {
  const stored = await listSourcesOf(
    tx as Reader<AnyTables>,
    alone.good.map(({ week }) => week.weekId),
  );
  const checked = checkPublishedFile(table, stored);
  if ('kind' in checked || checked.good.length !== good) return refuse('changed meanwhile');
  if (checked.bad > 0 && only.length === 0) return refuse('not only good');
  const { agencyId, memberId } = request.actor;
  const added = await addPublishedWeeks(
    tx,
    checked.good.map(({ week }) => week),
    { agencyId, importedBy: memberId, importedAt: request.now },
  );
  return added.length === good ? accept(true) : refuse('changed meanwhile');
}
