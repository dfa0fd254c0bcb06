/** Adds premises from a CSV file: template, upload, a check that stores nothing, and the import in one transaction. */
import type { LogDetails } from '../../platform/audit-hook/audit.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { type FileKey, FilesFolder } from '../../platform/files/index.ts';
import { UploadedFile } from '../../platform/files/staff-copies.ts';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { maxTableBytes } from '../../platform/files/table-file.ts';
import {
  describeColumnProblem,
  ImportForm,
  type ImportRefusal,
  openAgain,
  openTable,
  toWaiting,
  writeTemplate,
} from '../../platform/files/uploaded-table.ts';
import {
  type App,
  type FormErrors,
  IdPath,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { createAddedVisitEntry } from '../plan/added-visit.ts';
import { listFilledFields, toImmigrationDecision } from '../plan/new-premises.ts';
import { getPlanOfParticipant } from '../plan/plan-reader.ts';
import { addManyPremises } from '../plan/store.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { listTeamsThatSeeAtOnce } from '../plan-check/seen-at-once.ts';
import { addDecisions, findDecisionToProceed } from '../policy-log/store.ts';
import { columns } from './columns.ts';
import { type CheckedFile, checkTable, type GoodLine } from './import-check.ts';
import * as page from './pages.ts';
import { AddressIndex } from './same-address.ts';
import { listPremisesElsewhere, lockAddresses } from './store.ts';

export async function premisesImportRoutes(app: App, { filesFolder }: AreaParts): Promise<void> {
  const folder = new FilesFolder(filesFolder);

  app.get(operationPaths.premisesTemplate.route, may('target.plan', IdPath), async (request, reply) => {
    await getPlanOfParticipant(request, request.params.id);
    return reply.export(
      writeTemplate(
        'premises.csv',
        columns.map(({ name }) => name),
      ),
    );
  });

  app.get(operationPaths.premisesFile.route, may('target.plan', IdPath), async (request, reply) =>
    showUpload(reply, await getPlanOfParticipant(request, request.params.id)),
  );

  await registerUploadRoutes(app, async (here) => {
    here.post(operationPaths.premisesFile.route, may('target.plan', IdPath), async (request, reply) =>
      receiveTable(request, reply, folder, await getPlanOfParticipant(request, request.params.id)),
    );
  });

  app.post(
    operationPaths.importPremises.route,
    saving('Premises', may('target.plan', IdPath)),
    async (request, reply) =>
      importTable(request, reply, folder, await getPlanOfParticipant(request, request.params.id)),
  );
}

function showUpload(reply: Reply, plan: Plan, errors: FormErrors = {}): Promise<string> {
  return reply.page('platform/table-file', fillForm(page.uploadPage(plan), {}, errors));
}

/** Checks the file and shows what was found. The file waits sealed, and its key goes into the page alone. */
async function receiveTable(request: Request, reply: Reply, folder: FilesFolder, plan: Plan): Promise<unknown> {
  const others = await readElsewhere(request, plan);
  const arriving = new UploadedFile(folder, request.now, maxTableBytes, 'table');
  await receiveFiles(request, arriving);
  const table = await openTable(folder, arriving);
  const checked = table.ok ? await checkTable(table.value.table, plan, others, request.today) : undefined;
  if (!checked || 'kind' in checked || checked.good.length === 0) await arriving.drop();
  if (!table.ok) return showUpload(reply, plan, page.uploadErrors[table.refusal]);
  if (!checked || 'kind' in checked) return showUpload(reply, plan, checked && describeColumnProblem(checked));
  return showCheck(request, reply, plan, checked, table.value.file);
}

const showCheck = (
  request: Request,
  reply: Reply,
  plan: Plan,
  checked: CheckedFile,
  file: FileKey,
  errors: FormErrors = {},
): Promise<string> => {
  const shown = page.checkPage({
    plan,
    checked,
    file: toWaiting(file),
    warning: findSeenAtOnce(plan, checked, request.now),
  });
  return reply.page('platform/table-file', fillForm(shown, {}, errors));
};

/** A team whose briefing time is over sees each address at once. */
function findSeenAtOnce(plan: Plan, { good }: CheckedFile, now: Date): string | undefined {
  const teams = listTeamsThatSeeAtOnce(plan, now).filter(({ id }) => good.some(({ visit }) => visit?.teamId === id));
  if (teams.length === 0) return undefined;
  return `${teams.map(({ name }) => name).join(', ')}: the briefing time is over, so this team sees the addresses of its visits as soon as you import them. To prevent this, first set a later briefing time.`;
}

async function readElsewhere(request: Request, { operation }: Plan) {
  const others = await listPremisesElsewhere(
    request.look('premises.compared', operation.id, { fields: ['name', 'address'] }),
    operation.id,
  );
  request.returned(others.map(({ id }) => id));
  return others;
}

async function importTable(request: Request, reply: Reply, folder: FilesFolder, plan: Plan): Promise<unknown> {
  const form = readForm(ImportForm, request.body);
  if (!form.ok) return showUpload(reply, plan, { ...form.errors, ...page.uploadErrors.gone });
  const others = await readElsewhere(request, plan);
  const { good, only } = form.values;
  const table = await openAgain(folder, form.values);
  if (!table.ok) return showUpload(reply, plan, page.uploadErrors[table.refusal]);
  const checked = await checkTable(table.value.table, plan, others, request.today);
  if ('kind' in checked) return showUpload(reply, plan, describeColumnProblem(checked));
  const again = (refusal: ImportRefusal) =>
    showCheck(request, reply, plan, checked, table.value.file, page.importErrors[refusal]);
  if (checked.good.length !== good) return again('changed meanwhile');
  if (checked.bad > 0 && only.length === 0) return again('not only good');
  const saved = await saveGoodLines(request, plan, checked.good);
  if (!saved.ok) return again(saved.refusal);
  // The file stays for a second press of the button, and is swept with everything that waits.
  const list = withQuery(operationPaths.premises(plan.operation.id), { imported: checked.good.length });
  return reply.redirect(list, 303);
}

/** One transaction with a row of the log for each of the premises, as the form for one writes it. */
async function saveGoodLines(
  request: Request,
  plan: Plan,
  good: readonly GoodLine[],
): Promise<Result<true, 'changed meanwhile'>> {
  const rows = good.map(({ premises, visit, values }) => ({
    event: 'premises.added',
    subject: premises.id,
    fields: listFilledFields(values),
    returned: visit ? [visit.id] : [],
  }));
  const [first, ...also] = rows;
  if (!first) return refuse('changed meanwhile');
  const details: LogDetails = { kind: 'collection', fields: first.fields, returned: first.returned, also };
  return request.change(first.event, first.subject, (tx) => addGoodLines(tx, request, plan, good), details);
}

async function addGoodLines(
  tx: Writer<AnyTables>,
  request: Request,
  plan: Plan,
  good: readonly GoodLine[],
): Promise<Result<true, 'changed meanwhile'>> {
  const { id } = plan.operation;
  const there = new AddressIndex(await lockAddresses(tx, id));
  if (good.some(({ premises }) => there.find(premises))) return refuse('changed meanwhile');
  const visits = good.flatMap(({ visit }) => visit ?? []);
  await addManyPremises(
    tx,
    id,
    good.map(({ premises }) => premises),
    visits,
  );
  const go = visits.length > 0 && (await findDecisionToProceed(tx, id)) === 'go';
  await addDecisions(
    tx,
    good.flatMap(({ premises, visit, values }) => [
      ...[toImmigrationDecision(premises, values, request)].filter((one) => one !== undefined),
      ...(go && visit ? [createAddedVisitEntry({ visit, premises }, request)] : []),
    ]),
  );
  return accept(true);
}
