/** Asking for a count, and the page that waits for it. The process that is asked goes on counting after it answered. */
import { z } from 'zod';
import { getOperation } from '../../operations/plan/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, IdPath, may, type Request, readForm, saving } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { accept } from '../../vocabulary/result.ts';
import { CountForm } from '../forms.ts';
import { countErrors, countPage } from '../pages.ts';
import { nextVersion } from '../return.ts';
import { listKindsChanged, listVersions } from '../store.ts';
import { countExactly, type ExactCount, protectAndKeep } from './count-operation.ts';
import { stateAt } from './count-request.ts';
import { countingPage, refreshSeconds } from './pages.ts';
import { RunningCounts } from './running-counts.ts';
import { addCountRequest, findCountRequest, getCountRequest, tellOfCount } from './store.ts';

/** So long an answer waits for the count: most are there by then. Milliseconds. */
const patience = 1_000;

const AgainQuery = z.object({ again: z.uuid().optional().catch(undefined) });

export function countRoutes(app: App): void {
  const running = new RunningCounts();
  app.addHook('onClose', () => running.stop());
  waitingRoute(app, running);

  app.get(returnPaths.count.route, may('return.count', IdPath, AgainQuery), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const [latest] = await listVersions(request.db, operation.id);
    const changed = latest?.signature ? await listKindsChanged(request.db, latest) : [];
    const { again } = request.query;
    const earlier = again ? await findCountRequest(request.db, again) : undefined;
    const note = earlier?.operationId === operation.id ? earlier.note : null;
    return reply.form(countPage(operation, latest, request.today, { changedKinds: changed, note }));
  });

  // Not a form route: the records are read and counted before the change begins, so that no connection is held meanwhile. Nothing is saved yet.
  app.post(returnPaths.count.route, saving(null, may('return.count', IdPath)), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const [latest] = await listVersions(request.db, operation.id);
    const again = (errors: FormErrors) =>
      reply.form(countPage(operation, latest, request.today), answersOf(request.body), errors);
    const form = readForm(CountForm, request.body);
    if (!form.ok) return again(form.errors);
    const { note } = form.values;
    const next = nextVersion(latest, note);
    if (!next.ok) return again(countErrors[next.refusal]);
    const count = await countExactly(request, operation);
    const asked = { id: newId(), operationId: operation.id, note, askedBy: request.actor.memberId };
    // Claims the form: a second press of it is led to this count.
    await request.change('count asked', operation.id, async (tx) => {
      await addCountRequest(tx, asked, request.now);
      return accept(asked.id);
    });
    beginCount(running, request, asked, count);
    await running.settled(asked.id, patience);
    return reply.redirect(returnPaths.counting(asked.id), 303);
  });
}

function beginCount(
  running: RunningCounts,
  request: Request,
  asked: { readonly id: string; readonly note: string | null },
  count: ExactCount,
): void {
  const began = performance.now();
  const { store } = request.work;
  running.begin({
    id: asked.id,
    whose: request.actor.memberId,
    work: async () => {
      const kept = await protectAndKeep(request, asked, count);
      if (kept.ok) return undefined;
      return kept.refusal === 'given up' ? 'stopped' : kept.refusal;
    },
    tell: (state) =>
      tellOfCount(store, asked.id, { at: new Date(request.now.getTime() + performance.now() - began), state }),
    onError: (error) => request.log.error({ err: error }, 'a count of an operation failed'),
  });
}

/** Leads to the return as soon as it is there; until then the page asks again by itself. */
function waitingRoute(app: App, running: RunningCounts): void {
  app.get(returnPaths.counting.route, may('return.count', IdPath), async (request, reply) => {
    const { id } = request.params;
    const before = await getCountRequest(request.db, id);
    const { codeName } = await getOperation(request.db, before.operationId);
    const asked = before.state === 'counting' ? await waitFor(running, request, id) : before;
    const state = stateAt(asked, request.now);
    if (state === 'counted') return reply.redirect(returnPaths.return(asked.returnId ?? ''), 303);
    if (state === 'counting') reply.header('refresh', String(refreshSeconds));
    return reply.case(countingPage(asked, { codeName, state }));
  });
}

/** Waits with no connection held, where the count goes on in this process. */
async function waitFor(running: RunningCounts, request: Request, id: string) {
  await request.work.endReading();
  await running.settled(id, patience);
  return request.under('return.count', (db) => getCountRequest(db, id));
}
