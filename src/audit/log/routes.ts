/** Who may ask what of the log: the people who answer for it, and witnesses. */
import { z } from 'zod';
import { listAgencies } from '../../identity/agencies/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { auditPaths } from '../../vocabulary/paths/audit.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readCheckpoint, readWitnessKey } from '../sealing/checkpoint.ts';
import { WitnessForm } from './forms.ts';
import { endWitnessPage, type LogStatus, logDetailsPage, logPage, witnessErrors, witnessPage } from './pages.ts';
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
  sealRoutes(app);
  registrationRoutes(app);
}

/** How the log stands, and its latest checkpoint as a file. */
function sealRoutes(app: App): void {
  app.get(auditPaths.log.route, may('log.sealed'), async (request, reply) => {
    const { statuses, witnesses, readers } = await readLogs(request);
    return reply.sections(logPage(statuses, witnesses, readers, request.now));
  });

  app.get(auditPaths.details.route, may('log.sealed'), async (request, reply) => {
    const agencies = await listAgencies(request.db);
    const { statuses, witnesses, readers } = await readLogs(request);
    return reply.page('audit/log/details', logDetailsPage(statuses, witnesses, agencies, readers, request.now));
  });

  app.get(auditPaths.checkpoint.route, may('log.sealed', StorePath), async (request, reply) => {
    const { store } = request.params;
    const text =
      store === 'main' ? await findCheckpointText(request.db) : await readSafeguardingLog(request, findCheckpointText);
    if (!text) throw notFound('checkpoint');
    return reply.export({ fileName: `checkpoint-${store}.txt`, type: 'text/plain', content: text });
  });
}

/** Both logs as they stand, their witnesses, and what the reader may see and do. */
async function readLogs(request: Request) {
  const witnesses = await listWitnesses(request.db);
  const main = await getLogStatus(request.look('log.standing shown', null, { fields: ['size', 'tail', 'witnesses'] }));
  const safeguarding = await readSafeguardingLog(request, getLogStatus);
  const readers = {
    readSafeguarding: request.can('safeguarding log.sealed'),
    register: request.can('witness.register'),
    agencyId: request.actor.agencyId,
  };
  return { statuses: { main, safeguarding }, witnesses, readers };
}

function registrationRoutes(app: App): void {
  formRoute(app, auditPaths.newWitness.route, {
    may: may('witness.register'),
    load: async () => newId<'witness'>(),
    form: WitnessForm,
    page: witnessPage,
    event: 'witness.registered',
    subject: (id) => id,
    details: () => ({ kind: 'collection', fields: ['name', 'key'] }),
    change: async (tx, id, { key }, { actor, now }) => {
      const added = await addWitness(tx, {
        id,
        agencyId: actor.agencyId,
        name: readWitnessKey(key)?.name ?? '',
        key,
        registeredBy: actor.memberId,
        registeredAt: now,
        endedAt: null,
      });
      return added ? accept(id) : refuse('known already');
    },
    refusals: witnessErrors,
    next: () => auditPaths.details(),
  });

  formRoute(app, auditPaths.endWitness.route, {
    may: may('witness.end', WitnessPath),
    load: getOwnWitness,
    form: NothingAsked,
    page: (witness) => endWitnessPage(witness),
    event: 'witness.ended',
    subject: ({ id }) => id,
    change: async (tx, { id }, _, { now }) => {
      if (!(await endWitness(tx, id, now))) throw notFound('witness');
      return accept(true);
    },
    refusals: {},
    next: () => auditPaths.details(),
  });
}

async function getOwnWitness({
  db,
  actor,
  params,
}: Request & { readonly params: { readonly id: string } }): Promise<Witness> {
  const found = (await listWitnesses(db)).find(({ id }) => id === params.id);
  if (!found || found.agencyId !== actor.agencyId) throw notFound('witness');
  return found;
}

type Db = Request['db'];

const getLogStatus = async (db: Db): Promise<LogStatus> => ({
  note: await findLatestCheckpoint(db),
  keys: await listKeys(db),
  unsealed: await countUnsealed(db),
  cosignatures: await listLatestCosignatures(db),
});

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
