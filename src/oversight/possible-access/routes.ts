/** Who could have seen a record, for the data-protection lead who answers for it and for the auditor. */
import { z } from 'zod';
import type { AreaPolicy, StoreName } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm, withUniformTiming } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { exportLogPage, marking } from '../access-log/pages.ts';
import {
  createExportMode,
  findLoggableId,
  type LogReadMode,
  readLogNames,
  sendCsv,
  viewMode,
} from '../access-log/reading.ts';
import { RecordPath } from '../forms.ts';
import {
  type Entry,
  isOversightAccess,
  isRefusal,
  listLogOfRecords,
  readAccessHistory,
  readRecordStates,
} from '../store.ts';
import { createAccessChart } from './chart.ts';
import {
  createDependencyLookup,
  listReadRules,
  possibleAccessColumns,
  possibleAccessPage,
  toPossibleAccessRows,
} from './pages.ts';
import { findMemberPossibleAccess, type RecordState } from './possible-access.ts';

const title = 'Possible access to this record';
const fields = ['terms', 'grants', 'standing'];

const exportPageOf = (id: string) =>
  exportLogPage({
    title,
    path: oversightPaths.possibleAccess(id),
    exportPath: oversightPaths.exportPossibleAccess(id),
  });

export async function possibleAccessRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const options = withUniformTiming(may('log.read', RecordPath, PageQuery));
  app.get(oversightPaths.possibleAccess.route, options, async (request, reply) => {
    const { id } = request.params;
    const { page } = request.query;
    const { rows, kinds, picture } = await computePossibleAccess(request, policy, id);
    const address = oversightPaths.possibleAccess(id);
    const pages = paginate(page, pageSize, rows.length, (to) => withQuery(address, { page: to }));
    const shown = rows.slice((page - 1) * pageSize, page * pageSize);
    return reply.page('oversight/possible-access', {
      ...possibleAccessPage(id, shown, pages, kinds, request.mayTake('log.export')),
      picture,
    });
  });

  const exportOptions = withUniformTiming(may('log.export', RecordPath));
  app.get(oversightPaths.exportPossibleAccess.route, exportOptions, async (request, reply) =>
    reply.form(exportPageOf(request.params.id)),
  );
  app.post(oversightPaths.exportPossibleAccess.route, exportOptions, async (request, reply) => {
    const { id } = request.params;
    const form = readForm(ExportForm, request.body);
    if (!form.ok) return reply.form(exportPageOf(id), answersOf(request.body), form.errors);
    const { rows } = await computePossibleAccess(request, policy, id, createExportMode(request, form.values));
    return sendCsv(reply, 'could-have-seen', [[marking, `record ${id}`], [...possibleAccessColumns], ...rows]);
  });
}

/** From the rules of today and the history of both databases: the rows of the table, where the record is kept, and the chart. */
async function computePossibleAccess(request: Request, policy: AreaPolicy, id: string, how: LogReadMode = viewMode) {
  const [event, details] = [how.event('access.worked out'), how.details(fields)];
  const db = request.look(event, await findLoggableId(request, how, policy, id), details);
  const read = async (store: StoreName, from: AuditedReader<AnyTables>) => ({
    store,
    records: await readRecordStates(from, [id], createDependencyLookup(policy)),
    log: await listLogOfRecords(from, [id]),
  });
  const main = await read('main', db);
  const behind = request.can(how.behind)
    ? await request.under(how.behind, (_db, look) => read('safeguarding', look(event, id, details)))
    : undefined;
  const found = behind && !main.records.has(id) && behind.records.has(id) ? behind : main;
  const mentioned = listMentioned(found.records);
  const history = await request.under('log.read', (reader) => readAccessHistory(reader, mentioned));
  const sightings = findMemberPossibleAccess(
    { ...history, rules: listReadRules(policy, found.store), records: found.records },
    id,
  );
  const looked = countLooks([...main.log, ...(behind?.log ?? [])]);
  const ids = sightings.map(({ memberId }) => memberId);
  const around = await request.under('log.read', (reader) => readLogNames(reader, ids));
  const kinds = [...new Set((found.records.get(id) ?? []).map(({ keptIn }) => keptIn))];
  const drawn = [...Map.groupBy(sightings, ({ memberId }) => memberId)].map(([memberId, spans]) => ({
    memberId,
    name: getMemberName(around.names, memberId),
    spans,
  }));
  const byName = drawn.toSorted((one, other) => one.name.localeCompare(other.name));
  const picture = createAccessChart(byName, request.now.getTime());
  return { rows: toPossibleAccessRows(sightings, looked, around, request.now), kinds, picture };
}

const isId = (value: unknown): value is string => z.uuid().safeParse(value).success;

/** Every id that the columns of a record, or of what decides access to it, ever held: its operations and teams are among them. */
const listMentioned = (records: ReadonlyMap<string, readonly RecordState[]>): string[] => [
  ...new Set([...records.values()].flat().flatMap(({ said }) => Object.values(said).filter(isId))),
];

/** How often each member looked. Oversight itself and what was refused are left out. */
function countLooks(log: readonly Entry[]): Map<string, number> {
  const looked = new Map<string, number>();
  for (const entry of log) {
    const { memberId } = entry;
    if (memberId && !isOversightAccess(entry) && !isRefusal(entry))
      looked.set(memberId, (looked.get(memberId) ?? 0) + 1);
  }
  return looked;
}
