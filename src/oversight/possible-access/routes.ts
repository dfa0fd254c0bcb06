/** Who could have seen a record, for the data-protection lead who answers for it and for the auditor. */
import type { AreaPolicy, StoreName } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm, withUniformTiming } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
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
import { isOversightAccess, isRefusal, listLogOfRecords, readAccessHistory, readRecordStates } from '../store.ts';
import { createAccessChart } from './chart.ts';
import {
  createParentLookup,
  listReadRules,
  possibleAccessColumns,
  possibleAccessPage,
  toPossibleAccessRows,
} from './pages.ts';
import { findMemberPossibleAccess } from './possible-access.ts';

const getPossibleAccessPath = (id: string): string => `/staff/oversight/records/${id}/possible-access`;

export async function possibleAccessRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const title = 'Who could have seen this, and when';
  const fields = ['terms', 'grants', 'standing'];

  const computed = async (request: Request, id: string, how: LogReadMode = viewMode) => {
    const [event, details] = [how.event('access.worked out'), how.details(fields)];
    const db = request.look(event, await findLoggableId(request, how, policy, id), details);
    const history = await readAccessHistory(db);
    const read = async (store: StoreName, from: AuditedReader<AnyTables>) => ({
      store,
      records: await readRecordStates(from, [id], createParentLookup(policy)),
      log: await listLogOfRecords(from, [id]),
    });
    const main = await read('main', db);
    const behind = request.can(how.behind)
      ? await request.under(how.behind, (_db, look) => read('safeguarding', look(event, id, details)))
      : undefined;
    const found = behind && !main.records.has(id) && behind.records.has(id) ? behind : main;
    const sightings = findMemberPossibleAccess(
      { ...history, rules: listReadRules(policy, found.store), records: found.records },
      id,
    );
    const looked = new Map<string, number>();
    for (const entry of [...main.log, ...(behind?.log ?? [])]) {
      const { memberId } = entry;
      if (memberId && !isOversightAccess(entry) && !isRefusal(entry))
        looked.set(memberId, (looked.get(memberId) ?? 0) + 1);
    }
    const around = await request.under('log.read', (reader) =>
      readLogNames(
        reader,
        sightings.map(({ memberId }) => memberId),
      ),
    );
    const kinds = [...new Set((found.records.get(id) ?? []).map(({ keptIn }) => keptIn))];
    const members = Map.groupBy(sightings, ({ memberId }) => memberId);
    const drawn = [...members].map(([memberId, spans]) => ({
      memberId,
      name: getMemberName(around.names, memberId),
      spans,
    }));
    const byName = drawn.toSorted((one, other) => one.name.localeCompare(other.name));
    const picture = createAccessChart(byName, request.now.getTime());
    return { rows: toPossibleAccessRows(sightings, looked, around, request.now), kinds, picture };
  };

  app.get(
    '/oversight/records/:id/possible-access',
    withUniformTiming(may('log.read', RecordPath, PageQuery)),
    async (request, reply) => {
      const { id } = request.params;
      const { page } = request.query;
      const { rows, kinds, picture } = await computed(request, id);
      const pages = paginate(page, pageSize, rows.length, (to) => withQuery(getPossibleAccessPath(id), { page: to }));
      return reply.page('oversight/possible-access', {
        ...possibleAccessPage(
          id,
          rows.slice((page - 1) * pageSize, page * pageSize),
          pages,
          kinds,
          request.mayTake('log.export'),
        ),
        picture,
      });
    },
  );

  app.get(
    '/oversight/records/:id/possible-access/export',
    withUniformTiming(may('log.export', RecordPath)),
    async (request, reply) =>
      reply.page('platform/form', exportLogPage(getPossibleAccessPath(request.params.id), title)),
  );
  app.post(
    '/oversight/records/:id/possible-access/export',
    withUniformTiming(may('log.export', RecordPath)),
    async (request, reply) => {
      const { id } = request.params;
      const form = readForm(ExportForm, request.body);
      if (!form.ok)
        return reply.page(
          'platform/form',
          exportLogPage(getPossibleAccessPath(id), title, answersOf(request.body), form.errors),
        );
      const { rows } = await computed(request, id, createExportMode(request, form.values));
      return sendCsv(reply, 'could-have-seen', [[marking, `record ${id}`], [...possibleAccessColumns], ...rows]);
    },
  );
}
