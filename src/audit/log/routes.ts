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
import { endWitnessPage, logPage, type Standing, witnessErrors, witnessPage } from './pages.ts';
import {
  addWitness,
  cosignaturesUnder,
  endWitness,
  latestCheckpoint,
  latestCosignatures,
  listKeys,
  listWitnesses,
  unsealed,
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
    const main = await standing(request.look('log.standing shown', null, { fields: ['size', 'tail', 'witnesses'] }));
    const apart = await behindTheWall(request, standing);
    const may = {
      readSafeguarding: request.can('safeguarding log.sealed'),
      register: request.can('witness.register'),
      agencyId: request.actor.agencyId,
    };
    return reply.page('audit/log/log', logPage({ main, safeguarding: apart }, witnesses, agencies, may, request.now));
  });

  app.get('/log/checkpoints/:store', may('log.sealed', StorePath), async (request, reply) => {
    const { store } = request.params;
    const text = store === 'main' ? await download(request.db) : await behindTheWall(request, download);
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
    reply.page('platform/form', endWitnessPage(await ownWitness(request, request.params.id))),
  );

  app.post('/log/witnesses/:id/end', may('witness.end', WitnessPath), async (request, reply) => {
    const witness = await ownWitness(request, request.params.id);
    const ended = await request.change('witness.ended', witness.id, async (tx) =>
      (await endWitness(tx, witness.id, request.now)) ? accept(true) : refuse('not there'),
    );
    if (!ended.ok) throw notFound('witness');
    return reply.redirect('/staff/log', 303);
  });
}

async function ownWitness(request: Request, id: string): Promise<Witness> {
  const found = (await listWitnesses(request.db)).find((one) => one.id === id);
  if (!found || found.agencyId !== request.actor.agencyId) throw notFound('witness');
  return found;
}

type Db = Request['db'];

async function standing(db: Db): Promise<Standing> {
  return {
    note: await latestCheckpoint(db),
    keys: await listKeys(db),
    unsealed: await unsealed(db),
    cosignatures: await latestCosignatures(db),
  };
}

/** The checkpoint with what witnesses have put under it. */
async function download(db: Db): Promise<string | undefined> {
  const note = await latestCheckpoint(db);
  const lines = note ? await cosignaturesUnder(db, readCheckpoint(note)?.size ?? 0) : [];
  return note && [note, ...lines.map((line) => `${line}\n`)].join('');
}

/** Nothing for police, who would see it grow. The other controller's database may be out of reach, or none of this process's business: the page says so and shows the rest. */
async function behindTheWall<Value>(request: Request, read: (db: Db) => Promise<Value>): Promise<Value | undefined> {
  if (!request.can('safeguarding log.sealed')) return undefined;
  try {
    return await request.under('safeguarding log.sealed', read);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unavailable') return undefined;
    throw error;
  }
}
