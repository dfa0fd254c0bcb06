/** Who may ask what of the log: the people who answer for it, and witnesses. */
import { z } from 'zod';
import { listAgencies } from '../../identity/agencies/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readCheckpoint, readWitnessKey } from '../sealing/checkpoint.ts';
import { WitnessForm } from './forms.ts';
import { endWitnessPage, type LogStatus, logPage, witnessErrors, witnessPage } from './pages.ts';
import {
  addWitness,
  countUnsealed,
  endWitness,
  findLatestCheckpoint,
  listCosignatureLines,
  listKeys,
  listLatestCosignatures,
  listWitnesses,
} from './store.ts';
import type { Witness } from './witness.ts';
import { witnessRoutes } from './witness-routes.ts';

const StorePath = z.object({ store: z.enum(['main', 'safeguarding']) });
const WitnessPath = z.object({ id: z.uuid() });

export async function logRoutes(app: App): Promise<void> {
  await witnessRoutes(app);

  app.get('/log', may('log.sealed'), async (request, reply) => {
    const witnesses = await listWitnesses(request.db);
    const agencies = await listAgencies(request.db);
    const main = await getLogStatus(
      request.look('log.standing shown', null, { fields: ['size', 'tail', 'witnesses'] }),
    );
    const safeguardingStatus = await readSafeguardingLog(request, getLogStatus);
    const may = {
      readSafeguarding: request.can('safeguarding log.sealed'),
      register: request.can('witness.register'),
      agencyId: request.actor.agencyId,
    };
    return reply.page(
      'audit/log/log',
      logPage({ main, safeguarding: safeguardingStatus }, witnesses, agencies, may, request.now),
    );
  });

  app.get('/log/checkpoints/:store', may('log.sealed', StorePath), async (request, reply) => {
    const { store } = request.params;
    const text =
      store === 'main' ? await findCheckpointText(request.db) : await readSafeguardingLog(request, findCheckpointText);
    if (!text) throw notFound('checkpoint');
    return reply.export({ fileName: `checkpoint-${store}.txt`, type: 'text/plain', content: text });
  });

  app.get('/log/witnesses/new', may('witness.register'), async (_request, reply) =>
    reply.page('platform/form', witnessPage()),
  );

  app.post('/log/witnesses/new', may('witness.register'), async (request, reply) => {
    const again = (errors: Record<string, string>) =>
      reply.page('platform/form', witnessPage(answersOf(request.body), errors));
    const form = readForm(WitnessForm, request.body);
    if (!form.ok) return again({ ...form.errors });
    const witness: Witness = {
      id: newId(),
      agencyId: request.actor.agencyId,
      name: readWitnessKey(form.values.key)?.name ?? '',
      key: form.values.key,
      registeredBy: request.actor.memberId,
      registeredAt: request.now,
      endedAt: null,
    };
    const added = await request.change(
      'witness.registered',
      witness.id,
      async (tx) => ((await addWitness(tx, witness)) ? accept(true) : refuse('known already')),
      { kind: 'collection', fields: ['name', 'key'] },
    );
    if (!added.ok) return again({ ...witnessErrors[added.refusal] });
    return reply.redirect('/staff/log', 303);
  });

  app.get('/log/witnesses/:id/end', may('witness.end', WitnessPath), async (request, reply) =>
    reply.page('platform/form', endWitnessPage(await getOwnWitness(request, request.params.id))),
  );

  app.post('/log/witnesses/:id/end', may('witness.end', WitnessPath), async (request, reply) => {
    const witness = await getOwnWitness(request, request.params.id);
    const ended = await request.change('witness.ended', witness.id, async (tx) =>
      (await endWitness(tx, witness.id, request.now)) ? accept(true) : refuse('not there'),
    );
    if (!ended.ok) throw notFound('witness');
    return reply.redirect('/staff/log', 303);
  });
}

async function getOwnWitness(request: Request, id: string): Promise<Witness> {
  const found = (await listWitnesses(request.db)).find((one) => one.id === id);
  if (!found || found.agencyId !== request.actor.agencyId) throw notFound('witness');
  return found;
}

type Db = Request['db'];

async function getLogStatus(db: Db): Promise<LogStatus> {
  return {
    note: await findLatestCheckpoint(db),
    keys: await listKeys(db),
    unsealed: await countUnsealed(db),
    cosignatures: await listLatestCosignatures(db),
  };
}

/** The checkpoint with what witnesses have put under it. */
async function findCheckpointText(db: Db): Promise<string | undefined> {
  const note = await findLatestCheckpoint(db);
  const lines = note ? await listCosignatureLines(db, readCheckpoint(note)?.size ?? 0) : [];
  return note && [note, ...lines.map((line) => `${line}\n`)].join('');
}

/** Nothing for police, who would see it grow. The other controller's database may be out of reach, or none of this process's business: the page says so and shows the rest. */
async function readSafeguardingLog<Value>(
  request: Request,
  read: (db: Db) => Promise<Value>,
): Promise<Value | undefined> {
  if (!request.can('safeguarding log.sealed')) return undefined;
  try {
    return await request.under('safeguarding log.sealed', read);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unavailable') return undefined;
    throw error;
  }
}
