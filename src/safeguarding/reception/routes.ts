/** Routes for a reception centre as a whole: plan it, fill the rota, share the numbers, stand down. Read, decide, change, answer. */

import { listAgencies } from '../../identity/agencies/index.ts';
import { addCapacity } from '../../operations/support-capacity/index.ts';
import { findOwnTemporaryAccess } from '../../operations/temporary-access/index.ts';
import { listOperations } from '../../operations/weeks/index.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId, newTimelessId } from '../../vocabulary/ids.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { accept } from '../../vocabulary/result.ts';
import { readNames } from '../case/read-names.ts';
import { CapacityForm, DebriefForm, PlanForm, ReceptionPath, RotaForm, RotaPath } from './forms.ts';
import * as pages from './pages.ts';
import { capacityOf, checkPlan, fullHours, type Reception, standDown, stateOf, type Wristband } from './reception.ts';
import * as store from './store.ts';

/** Names of the member’s operations; none for a volunteer. Ends the open read transaction. */
export const operationNames = async (request: Request): Promise<pages.OperationNames> =>
  request.can('night.read') && request.can('operation.read')
    ? request.under('operation.read', async (db) => {
        const all = await listOperations(db);
        return new Map(all.map(({ id, codeName }) => [id as string, codeName]));
      })
    : new Map();

const rightsOf = (request: Request) => ({
  leads: request.can('reception.change'),
  helps: request.can('night.read'),
});

export async function receptionRoutes(app: App, parts: AreaParts): Promise<void> {
  await planningRoutes(app);
  await rotaRoutes(app);
  await shiftRoutes(app);
  await endingRoutes(app, parts);
  await capacityRoutes(app);
}

async function planningRoutes(app: App): Promise<void> {
  app.get(receptionPaths.receptions.route, may('reception.read'), async (request, reply) => {
    const all = await store.listReceptions(request.db);
    const onShiftAt = await store.listShifts(request.db, request.actor.memberId, floorToHour(request.now));
    const rights = { ...rightsOf(request), onShiftAt };
    const open = all.filter((one) => isOpenTo(one, request.now));
    const starts = request.actor.roles.includes('volunteer') && open.some(({ id }) => !onShiftAt.includes(id));
    // A volunteer sees open receptions only.
    const shown = rights.helps ? all : open;
    const operations = await operationNames(request);
    return reply.sections(pages.receptionsPage(shown, operations, { ...rights, starts }, request.now));
  });

  formRoute(app, receptionPaths.add.route, {
    may: may('reception.plan'),
    /** The member’s operations that are still to come. */
    load: (request) =>
      request.under('operation.read', async (db) =>
        (await listOperations(db)).filter(
          ({ id, endsOn }) => endsOn >= request.today && request.actor.operations.includes(id),
        ),
      ),
    form: PlanForm,
    check: (operations, { operationId }) =>
      operations.some(({ id }) => id === operationId)
        ? undefined
        : { operationId: 'Select an operation that is there' },
    page: (operations) => pages.planFormPage(operations, newTimelessId()),
    event: 'reception.planned',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: ['opensAt', 'closesAt', 'places'] }),
    change: async (tx, _, { id, operationId, places, startsAt: opensAt, endsAt: closesAt }, { actor, now }) => {
      const fits = checkPlan(opensAt, closesAt, now);
      if (!fits.ok) return fits;
      const own = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      const hours = { opensAt, closesAt, stoodDownAt: null, stoodDownBy: null };
      return accept(await store.addReception(tx, { id, operationId, places, ...hours, ...own }));
    },
    refusals: pages.planErrors,
    next: (_, __, { id }) => receptionPaths.plan(id),
  });

  app.get(receptionPaths.plan.route, may('night.read', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    const rota = await store.listRota(request.db, reception.id);
    const operations = await operationNames(request);
    const { agencies, names } = await readNames(
      request,
      rota.map(({ memberId }) => memberId),
    );
    const rights = { ...rightsOf(request), reads: request.can('debrief.read') };
    return reply.case(pages.planPage({ reception, rota, operations, agencies, names, ...rights, now: request.now }));
  });
}

async function rotaRoutes(app: App): Promise<void> {
  formRoute(app, receptionPaths.rota.route, {
    may: may('reception.plan', ReceptionPath),
    /** The reception and its possible partners: support agencies only. */
    load: async (request) => {
      const reception = await store.getReception(request.db, request.params.id);
      const agencies = await request.under('agency.read', listAgencies);
      return { reception, partners: agencies.filter(({ side }) => side === 'help') };
    },
    form: RotaForm,
    check: ({ partners }, { agencyId }) =>
      partners.some(({ id }) => id === agencyId) ? undefined : { agencyId: 'Select a partner that is there' },
    page: ({ reception, partners }) => pages.rotaFormPage(reception, partners, newTimelessId()),
    event: 'rota.added',
    subject: ({ reception }) => reception.id,
    details: () => ({ kind: 'collection', fields: ['work', 'language', 'beds', 'startsAt', 'endsAt'] }),
    change: async (tx, { reception }, entry, { actor }) => {
      const of = { receptionId: reception.id, operationId: reception.operationId };
      const added = { ...of, authorId: actor.memberId as MemberId, memberId: null, endedAt: null };
      return accept(await store.addEntry(tx, { ...entry, ...added }));
    },
    refusals: {},
    next: (_, { reception }) => receptionPaths.plan(reception.id),
  });

  app.get(receptionPaths.rotaEnd.route, may('rota.end', RotaPath), async (request, reply) => {
    const entry = await store.getEntry(request.db, request.params.id);
    return reply.form(pages.endEntryPage(receptionPaths.plan(entry.receptionId)));
  });
  buttonRoute(app, receptionPaths.rotaEnd.route, {
    may: may('rota.end', RotaPath),
    load: async ({ params }) => params.id,
    event: 'rota.ended',
    subject: (id) => id,
    details: () => ({ fields: ['endedAt'] }),
    change: async (tx, id, _, { now }) => accept(await store.endEntry(tx, id, floorToHour(now))),
    next: (receptionId) => receptionPaths.plan(receptionId),
  });
}

/** Open, or opening within an hour, so that volunteers can start early. */
const isOpenTo = (reception: Reception, now: Date): boolean =>
  [now, new Date(now.getTime() + hourMs)].some((at) => stateOf(reception, at) === 'open');

/** The shift that a volunteer starts: for the hours of their temporary access; with an account, until the reception closes. Undefined where nothing is open to them. */
async function shiftToStart(request: Request) {
  const open = (await store.listReceptions(request.db)).filter((one) => isOpenTo(one, request.now));
  const pass = request.can('shift.read')
    ? await request.under('shift.read', (db) => findOwnTemporaryAccess(db, request.actor.memberId))
    : undefined;
  const { agencyId, memberId, operations, roles } = request.actor;
  const at = open.find(({ operationId }) =>
    pass ? operationId === pass.operationId : operations.includes(operationId),
  );
  if (!at || !roles.includes('volunteer')) return undefined;
  const until = pass && pass.endsAt < at.closesAt ? pass.endsAt : at.closesAt;
  return {
    id: newTimelessId<'rota entry'>(),
    receptionId: at.id,
    operationId: at.operationId,
    agencyId: agencyId as AgencyId,
    authorId: memberId as MemberId,
    memberId: memberId as MemberId,
    work: 'looks after people',
    language: null,
    beds: null,
    forWhom: null,
    ...fullHours(floorToHour(request.now), until),
    endedAt: null,
  } as const;
}

async function shiftRoutes(app: App): Promise<void> {
  const here = (entry: Awaited<ReturnType<typeof shiftToStart>>): string =>
    entry ? receptionPaths.board(entry.receptionId) : receptionPaths.receptions();

  buttonRoute(app, receptionPaths.start.route, {
    may: may('shift.start'),
    load: shiftToStart,
    skip: (entry) => (entry ? undefined : here(entry)),
    event: 'shift.started',
    subject: (entry) => entry?.receptionId ?? null,
    details: () => ({ kind: 'collection', fields: ['startsAt', 'endsAt'] }),
    change: async (tx, entry, _, { now }) => accept(entry && (await store.startShift(tx, entry, floorToHour(now)))),
    next: (_, entry) => here(entry),
  });
}

async function endingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const countPresent = (bands: readonly Wristband[]): number => bands.filter(({ leftAt }) => leftAt === null).length;

  formRoute(app, receptionPaths.standDown.route, {
    may: may('reception.change', ReceptionPath),
    load: async (request) => {
      const { id } = request.params;
      const reception = await store.getReception(request.db, id);
      const db = request.look('wristbands.counted', id, { fields: ['leftAt'] });
      return { reception, here: countPresent(await store.listWristbands(db, id)) };
    },
    form: NothingAsked,
    page: ({ reception, here }) => pages.standDownPage(reception, here),
    event: 'reception.stood down',
    subject: ({ reception }) => reception.id,
    details: () => ({ fields: ['stoodDownAt'] }),
    change: async (tx, { reception }, _, { actor, now }) => {
      const current = await store.lockReception(tx, reception.id);
      const here = countPresent(await store.listWristbands(tx, current.id));
      const down = standDown(current, here, actor.memberId as MemberId, floorToHour(now));
      if (down.ok) await store.saveReception(tx, down.value);
      return down;
    },
    refusals: pages.standDownErrors,
    next: (_, { reception }) => receptionPaths.debrief(reception.id),
  });

  formRoute(app, receptionPaths.debrief.route, {
    may: may('debrief.write', ReceptionPath),
    load: (request) => store.getReception(request.db, request.params.id),
    form: DebriefForm,
    page: () => pages.debriefPage(newTimelessId()),
    saves: 'Debrief',
    event: 'debrief.written',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: ['words'] }),
    change: async (tx, { id: receptionId }, said, { actor, now }) => {
      const own = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      return accept(await store.addDebrief(tx, keys, { ...said, receptionId, ...own, writtenAt: floorToHour(now) }));
    },
    refusals: {},
    next: (_, { id }) => receptionPaths.debriefs(id),
  });

  app.get(receptionPaths.debriefs.route, may('debrief.read', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    const db = request.look('debriefs.shown', reception.id, { fields: ['words'] });
    const all = await store.listDebriefs(db, keys, reception.id);
    request.returned(all.map(({ id }) => id));
    const said = await readNames(
      request,
      all.map(({ authorId }) => authorId),
    );
    return reply.sections(pages.debriefsPage(reception, all, { ...said, plans: request.can('night.read') }));
  });
}

/** The one transfer: the safeguarding lead sends numbers from this database to the main one. */
async function capacityRoutes(app: App): Promise<void> {
  formRoute(app, receptionPaths.capacity.route, {
    may: may('capacity.tell', ReceptionPath),
    load: (request) =>
      request.under('reception.read', async (db) => {
        const reception = await store.getReception(db, request.params.id);
        if (!request.actor.operations.includes(reception.operationId)) throw notFound('reception');
        return { reception, capacity: capacityOf(reception, await store.listRota(db, reception.id)) };
      }),
    form: CapacityForm,
    page: ({ reception, capacity }) => pages.capacityPage(reception, capacity, newId()),
    event: 'capacity.told',
    subject: ({ reception }) => reception.operationId,
    details: ({ capacity }) => ({ kind: 'disclosure', fields: Object.keys(capacity) }),
    change: async (tx, { reception: { operationId }, capacity }, { id }, { actor, now: reportedAt }) => {
      const by = { agencyId: actor.agencyId as AgencyId, memberId: actor.memberId as MemberId };
      return accept(await addCapacity(tx, { id, operationId, ...by, reportedAt, ...capacity }));
    },
    refusals: {},
    next: (_, { reception }) => receptionPaths.plan(reception.id),
  });
}
