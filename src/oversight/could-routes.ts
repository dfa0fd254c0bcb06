/** Who may ask who could have seen a record: whoever answers for it, and the auditor. */
import type { RoomPolicy, StoreName } from '../platform/access.ts';
import type { AnyTables, Seen } from '../platform/database.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, may, type Request, readForm } from '../platform/http.ts';
import { addressWith, PageQuery, pageSize, pagesOf } from '../platform/paging.ts';
import { couldPage, parentIn, readRules, sightColumns, sightRows } from './could-pages.ts';
import { couldSee } from './could-see.ts';
import { RecordPath, TakeForm } from './forms.ts';
import { marking, takePage } from './log-pages.ts';
import { aroundOf, sendTable, takenBy } from './reading.ts';
import { gatherStandings, listLogOf, readHistory } from './store.ts';

export async function couldRoutes(app: App, policy: RoomPolicy): Promise<void> {
  const title = 'Who could have seen this, and when';
  const fields = ['terms', 'grants', 'standing'];

  const computed = async (request: Request, id: string) => {
    const db = request.look('access.worked out', id, { fields });
    const history = await readHistory(db);
    const read = async (store: StoreName, from: Seen<AnyTables>) => ({
      store,
      records: await gatherStandings(from, [id], parentIn(policy)),
      log: await listLogOf(from, [id]),
    });
    const main = await read('main', db);
    const behind = request.can('help log.read')
      ? await request.under('help log.read', (_db, look) =>
          read('safeguarding', look('access.worked out', id, { fields })),
        )
      : undefined;
    const found = behind && !main.records.has(id) && behind.records.has(id) ? behind : main;
    const sightings = couldSee({ ...history, rules: readRules(policy, found.store), records: found.records }, id);
    const looked = new Map<string, number>();
    for (const { memberId } of [...main.log, ...(behind?.log ?? [])])
      if (memberId) looked.set(memberId, (looked.get(memberId) ?? 0) + 1);
    const around = await request.under('log.read', (reader) =>
      aroundOf(
        reader,
        sightings.map(({ memberId }) => memberId),
      ),
    );
    const kinds = [...new Set((found.records.get(id) ?? []).map(({ keptIn }) => keptIn))];
    return { rows: sightRows(sightings, looked, around, request.now), kinds };
  };

  app.get('/oversight/records/:id/could', may('log.read', RecordPath, PageQuery), async (request, reply) => {
    const { id } = request.params;
    const { page } = request.query;
    const { rows, kinds } = await computed(request, id);
    const pages = pagesOf(page, pageSize, rows.length, (to) =>
      addressWith(`/staff/oversight/records/${id}/could`, { page: to }),
    );
    return reply.page('platform/page', couldPage(id, rows.slice((page - 1) * pageSize, page * pageSize), pages, kinds));
  });

  app.get('/oversight/records/:id/could/take', may('log.read', RecordPath), async (request, reply) =>
    reply.page('platform/form', takePage(`/staff/oversight/records/${request.params.id}/could/take`, title)),
  );
  app.post('/oversight/records/:id/could/take', may('log.read', RecordPath), async (request, reply) => {
    const { id } = request.params;
    const form = readForm(TakeForm, request.body);
    if (!form.ok)
      return reply.page(
        'platform/form',
        takePage(`/staff/oversight/records/${id}/could/take`, title, answersOf(request.body), form.errors),
      );
    request.look('access.taken along', id, takenBy(request, form.values.why));
    const { rows } = await computed(request, id);
    return sendTable(reply, 'could-have-seen', [[marking, `record ${id}`], [...sightColumns], ...rows]);
  });
}
