/** Routes of received taskings: list, import, read, compare the key, end a key. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { listOperations, listWeeks } from '../../../operations/weeks/index.ts';
import type { AnyTables, Reader } from '../../../platform/database/database.ts';
import { registerUploadRoutes } from '../../../platform/files/staff-uploads.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import { NothingAsked } from '../../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { type AgencyId, newId } from '../../../vocabulary/ids.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { receiveInMemory } from '../collected-file.ts';
import { decodeDocument, maxDocumentBytes, readTasking } from '../document/reading.ts';
import { findConflicts, findOtherKey, judgeTaskings, type ReceivedTasking } from './received.ts';
import * as pages from './received-pages.ts';
import * as store from './received-store.ts';

const CompareForm = z.object({
  compared: z.literal('yes', 'Compare the fingerprint on the telephone, then tick the box'),
});

export const readTaskingFile = (bytes: Uint8Array) => {
  const read = readTasking(bytes);
  if (!read.ok) return read;
  return accept({ document: read.value, content: decodeDocument(bytes), digest: hash('sha256', bytes, 'hex') });
};

export async function receivedTaskingRoutes(app: App, { origin }: Pick<AreaParts, 'origin'>): Promise<void> {
  app.get(taskingPaths.list.route, may('tasking.read'), async (request, reply) => {
    const taskings = await store.listTaskings(request.db);
    const keys = await store.listCoordinatorKeys(request.db);
    return reply.sections(
      pages.taskingsPage({
        ...{ taskings, keys, states: judgeTaskings(taskings, keys) },
        may: { import: request.can('tasking.import'), endKey: request.can('coordinator key.end') },
        sendTo: withQuery(`${origin}${taskingPaths.receive()}`, { agency: request.actor.agencyId }),
      }),
    );
  });

  app.get(taskingPaths.import.route, may('tasking.import'), async (_request, reply) =>
    reply.form(pages.importTaskingPage()),
  );
  await registerUploadRoutes(app, async (here) => {
    here.post(taskingPaths.import.route, may('tasking.import'), async (request, reply) => {
      const bytes = await receiveInMemory(request, maxDocumentBytes);
      const read = bytes ? readTaskingFile(bytes) : refuse('no file' as const);
      if (!read.ok) return reply.form(pages.importTaskingPage(), {}, pages.importErrors[read.refusal]);
      return reply.redirect(taskingPaths.tasking(await keepTasking(request, read.value)), 303);
    });
  });

  app.get(taskingPaths.tasking.route, may('tasking.read', IdPath), async (request, reply) =>
    reply.sections(pages.taskingPage(await readView(request, request.params.id))),
  );
  keyRoutes(app);
}

async function keepTasking(request: Request, came: Pick<store.NewTasking, 'document' | 'content' | 'digest'>) {
  const { actor, now } = request;
  const kept = await request.change(
    'tasking.imported',
    null,
    async (tx) =>
      accept(
        await store.addTaskingOnce(tx, {
          ...{ id: newId<'received tasking'>(), agencyId: actor.agencyId as AgencyId },
          ...{ receivedAt: now, receivedBy: actor.memberId },
          ...came,
        }),
      ),
    { kind: 'collection', owner: actor.agencyId },
  );
  if (!kept.ok) throw new Error('a tasking was not kept');
  return kept.value;
}

const mostOffered = 30;

/** One tasking with its key, its week and what both disagree on. */
async function readView(request: Request, id: string): Promise<pages.TaskingView> {
  const { db, actor, today } = request;
  const tasking = await store.getTasking(db, id);
  const taskings = await store.listTaskings(db);
  const keys = await store.listCoordinatorKeys(db);
  const weeks = await listWeeks(db);
  const week = weeks.find((one) => one.id === tasking.weekId);
  const { window } = tasking.document.week;
  const offered = weeks
    .filter(
      ({ agencyId, startsOn, endsOn }) =>
        agencyId === actor.agencyId && endsOn >= window.from && startsOn <= window.until,
    )
    .slice(0, mostOffered);
  return {
    ...{ tasking, week, offered },
    state: judgeTaskings(taskings, keys).get(tasking.id) ?? 'key not compared',
    otherKey: findOtherKey(tasking, keys),
    conflicts: week
      ? findConflicts(tasking.document, { week, operations: await listOwn(db, actor, week.id), today })
      : [],
    may: { use: request.can('tasking.use'), compare: request.can('coordinator key.compare') },
  };
}

/** The operations of the own agency in a week, as far as the member sees them. */
const listOwn = async (db: Reader<AnyTables>, { agencyId }: Request['actor'], weekId: string) =>
  (await listOperations(db, { weekId })).filter((one) => one.agencyId === agencyId);

function keyRoutes(app: App): void {
  formRoute(app, taskingPaths.compare.route, {
    may: may('coordinator key.compare', IdPath),
    load: async ({ db, params }) => {
      const tasking = await store.getTasking(db, params.id);
      return { tasking, other: findOtherKey(tasking, await store.listCoordinatorKeys(db)) };
    },
    form: CompareForm,
    page: ({ tasking, other }) => pages.compareKeyPage(tasking, other),
    saves: 'Key',
    event: 'coordinator key.compared',
    subject: ({ tasking }) => tasking.id,
    details: () => ({ fields: ['name', 'public_key'] }),
    change: async (tx, { tasking }, _values, { actor, now }) =>
      (await store.addCoordinatorKey(tx, toKey(tasking, actor, now))) ? accept(true) : refuse('compared before'),
    refusals: pages.compareErrors,
    next: (_, { tasking }) => taskingPaths.tasking(tasking.id),
  });

  formRoute(app, taskingPaths.endKey.route, {
    may: may('coordinator key.end', IdPath),
    load: ({ db, params }) => store.getCoordinatorKey(db, params.id),
    form: NothingAsked,
    page: (key) => pages.endCoordinatorKeyPage(key),
    event: 'coordinator key.ended',
    subject: ({ id }) => id,
    details: () => ({ fields: ['ended_at'] }),
    change: async (tx, { id }, _values, { now }) =>
      (await store.endCoordinatorKey(tx, id, now)) ? accept(true) : refuse('ended before'),
    refusals: pages.endErrors,
    next: () => taskingPaths.list(),
  });
}

const toKey = ({ document: { instance, publicKey } }: ReceivedTasking, actor: Request['actor'], now: Date) => ({
  ...{ id: newId<'coordinator key'>(), agencyId: actor.agencyId as AgencyId },
  ...{ name: instance.name, instanceId: instance.id, publicKey },
  ...{ comparedBy: actor.memberId, comparedAt: now, endedAt: null },
});
