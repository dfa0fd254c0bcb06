/** Routes for a reception centre as a whole: plan it, fill the rota, share the numbers, stand down. Read, decide, change, answer. */

import { listAgencies } from '../../identity/agencies/index.ts';
import { addCapacity } from '../../operations/support-capacity/index.ts';
import { findOwnTemporaryAccess } from '../../operations/temporary-access/index.ts';
import { listOperations } from '../../operations/weeks/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { readNames } from '../referrals/routes.ts';
import { CapacityForm, DebriefForm, PlanForm, ReceptionPath, RotaForm, RotaPath } from './forms.ts';
import {
  capacityPage,
  debriefPage,
  debriefsPage,
  endEntryPage,
  home,
  type OperationNames,
  planErrors,
  planFormPage,
  planPage,
  receptionsPage,
  rotaFormPage,
  standDownErrors,
  standDownPage,
} from './pages.ts';
import { capacityOf, checkPlan, fullHours, type Reception, standDown, stateOf } from './reception.ts';
import * as store from './store.ts';

/** Names of the member’s operations; none for a volunteer. Ends the open read transaction. */
export const operationNames = async (request: Request): Promise<OperationNames> =>
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
  await shiftRoutes(app);
  await endingRoutes(app, parts);
  await capacityRoutes(app);
}

async function planningRoutes(app: App): Promise<void> {
  app.get('/safeguarding/reception', may('reception.read'), async (request, reply) => {
    const all = await store.listReceptions(request.db);
    const onShiftAt = await store.listShifts(request.db, request.actor.memberId, floorToHour(request.now));
    const rights = { ...rightsOf(request), onShiftAt };
    const open = all.filter((one) => isOpenTo(one, request.now));
    const starts = request.actor.roles.includes('volunteer') && open.some(({ id }) => !onShiftAt.includes(id));
    // A volunteer sees open receptions only.
    const shown = rights.helps ? all : open;
    const operations = await operationNames(request);
    return reply.page('platform/page', receptionsPage(shown, operations, { ...rights, starts }, request.now));
  });

  const comingOperations = (request: Request) =>
    request.under('operation.read', async (db) =>
      (await listOperations(db)).filter(
        ({ id, endsOn }) => endsOn >= request.today && request.actor.operations.includes(id),
      ),
    );
  app.get('/safeguarding/reception/new', may('reception.plan'), async (request, reply) =>
    reply.page('platform/form', planFormPage(await comingOperations(request), newTimelessId())),
  );
  app.post('/safeguarding/reception/new', may('reception.plan'), async (request, reply) => {
    const operations = await comingOperations(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', planFormPage(operations, newTimelessId(), answersOf(request.body), errors));
    const form = readForm(PlanForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, operationId, places, startsAt: opensAt, endsAt: closesAt } = form.values;
    if (!operations.some((one) => one.id === operationId))
      return again({ operationId: 'Select an operation that is there' });
    const fits = checkPlan(opensAt, closesAt, request.now);
    if (!fits.ok) return again(planErrors[fits.refusal]);
    const { agencyId, memberId } = request.actor;
    const own = { agencyId: agencyId as AgencyId, authorId: memberId as MemberId };
    const reception: Reception = {
      id,
      operationId,
      places,
      opensAt,
      closesAt,
      ...own,
      stoodDownAt: null,
      stoodDownBy: null,
    };
    await request.change('reception.planned', id, async (tx) => accept(await store.addReception(tx, reception)), {
      kind: 'collection',
      fields: ['opensAt', 'closesAt', 'places'],
    });
    return reply.redirect(`${home}/${id}/plan`, 303);
  });

  app.get('/safeguarding/reception/:id/plan', may('night.read', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    const rota = await store.listRota(request.db, reception.id);
    const operations = await operationNames(request);
    const { agencies, names } = await readNames(
      request,
      rota.map(({ memberId }) => memberId),
    );
    const rights = { ...rightsOf(request), reads: request.can('debrief.read') };
    return reply.page(
      'platform/page',
      planPage({ reception, rota, operations, agencies, names, ...rights, now: request.now }),
    );
  });

  /** The reception and its possible partners: support agencies only. */
  const withPartners = async (request: Request, id: Reception['id']) => {
    const reception = await store.getReception(request.db, id);
    const agencies = await request.under('agency.read', listAgencies);
    return { reception, partners: agencies.filter(({ side }) => side === 'help') };
  };
  app.get('/safeguarding/reception/:id/rota', may('reception.plan', ReceptionPath), async (request, reply) => {
    const { reception, partners } = await withPartners(request, request.params.id);
    return reply.page('platform/form', rotaFormPage(reception, partners, newTimelessId()));
  });
  app.post('/safeguarding/reception/:id/rota', may('reception.plan', ReceptionPath), async (request, reply) => {
    const { reception, partners } = await withPartners(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', rotaFormPage(reception, partners, newTimelessId(), answersOf(request.body), errors));
    const form = readForm(RotaForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!partners.some(({ id }) => id === form.values.agencyId))
      return again({ agencyId: 'Select a partner that is there' });
    const entry = {
      ...form.values,
      receptionId: reception.id,
      operationId: reception.operationId,
      authorId: request.actor.memberId as MemberId,
      memberId: null,
      endedAt: null,
    };
    await request.change('rota.added', reception.id, async (tx) => accept(await store.addEntry(tx, entry)), {
      kind: 'collection',
      fields: ['work', 'language', 'beds', 'startsAt', 'endsAt'],
    });
    return reply.redirect(`${home}/${reception.id}/plan`, 303);
  });

  app.get('/safeguarding/reception/rota/:id/end', may('rota.end', RotaPath), async (request, reply) => {
    const entry = await store.getEntry(request.db, request.params.id);
    return reply.page('platform/form', endEntryPage(entry.id, `${home}/${entry.receptionId}/plan`));
  });
  app.post('/safeguarding/reception/rota/:id/end', may('rota.end', RotaPath), async (request, reply) => {
    let receptionId = '';
    await request.change(
      'rota.ended',
      request.params.id,
      async (tx) => {
        receptionId = await store.endEntry(tx, request.params.id, floorToHour(request.now));
        return accept(true);
      },
      { fields: ['endedAt'] },
    );
    return reply.redirect(`${home}/${receptionId}/plan`, 303);
  });
}

/** Open, or opening within an hour, so that volunteers can start early. */
const isOpenTo = (reception: Reception, now: Date): boolean =>
  [now, new Date(now.getTime() + hourMs)].some((at) => stateOf(reception, at) === 'open');

/** A volunteer starts their own shift, for the hours of their temporary access; with an account, until the reception closes. */
async function shiftRoutes(app: App): Promise<void> {
  const passOf = async (request: Request) =>
    request.can('shift.read')
      ? request.under('shift.read', (db) => findOwnTemporaryAccess(db, request.actor.memberId))
      : undefined;

  app.post('/safeguarding/reception/start', may('shift.start'), async (request, reply) => {
    const open = (await store.listReceptions(request.db)).filter((one) => isOpenTo(one, request.now));
    const pass = await passOf(request);
    const { agencyId, memberId, operations } = request.actor;
    const at = open.find(({ operationId }) =>
      pass ? operationId === pass.operationId : operations.includes(operationId),
    );
    if (!at || !request.actor.roles.includes('volunteer')) return reply.redirect(home, 303);
    const until = pass && pass.endsAt < at.closesAt ? pass.endsAt : at.closesAt;
    const entry = {
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
    await request.change(
      'shift.started',
      at.id,
      async (tx) => accept(await store.startShift(tx, entry, floorToHour(request.now))),
      { kind: 'collection', fields: ['startsAt', 'endsAt'] },
    );
    return reply.redirect(`${home}/${at.id}`, 303);
  });
}

async function endingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const present = async (request: Request, id: Reception['id']) => {
    const reception = await store.getReception(request.db, id);
    const db = request.look('wristbands.counted', id, { fields: ['leftAt'] });
    const bands = await store.listWristbands(db, id);
    return { reception, here: bands.filter(({ leftAt }) => leftAt === null).length };
  };
  app.get('/safeguarding/reception/:id/stand-down', may('reception.change', ReceptionPath), async (request, reply) => {
    const { reception, here } = await present(request, request.params.id);
    return reply.page('platform/form', standDownPage(reception, here));
  });
  app.post('/safeguarding/reception/:id/stand-down', may('reception.change', ReceptionPath), async (request, reply) => {
    const { reception, here: shown } = await present(request, request.params.id);
    const done = await request.change(
      'reception.stood down',
      reception.id,
      async (tx) => {
        const now = await store.lockReception(tx, reception.id);
        const here = (await store.listWristbands(tx as never, now.id)).filter(({ leftAt }) => leftAt === null).length;
        const down = standDown(now, here, request.actor.memberId as MemberId, floorToHour(request.now));
        if (down.ok) await store.saveReception(tx, down.value);
        return down;
      },
      { fields: ['stoodDownAt'] },
    );
    if (!done.ok) return reply.page('platform/form', standDownPage(reception, shown, standDownErrors[done.refusal]));
    return reply.redirect(`${home}/${reception.id}/debrief`, 303);
  });

  app.get('/safeguarding/reception/:id/debrief', may('debrief.write', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    return reply.page('platform/form', debriefPage(reception, newTimelessId()));
  });
  app.post('/safeguarding/reception/:id/debrief', may('debrief.write', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    const form = readForm(DebriefForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', debriefPage(reception, newTimelessId(), answersOf(request.body), form.errors));
    const { agencyId, memberId } = request.actor;
    const debrief = {
      ...form.values,
      receptionId: reception.id,
      agencyId: agencyId as AgencyId,
      authorId: memberId as MemberId,
      writtenAt: floorToHour(request.now),
    };
    await request.change(
      'debrief.written',
      debrief.id,
      async (tx) => accept(await store.addDebrief(tx, keys, debrief)),
      {
        kind: 'collection',
        fields: ['words'],
      },
    );
    return reply.redirect(`${home}/${reception.id}/debriefs`, 303);
  });
  app.get('/safeguarding/reception/:id/debriefs', may('debrief.read', ReceptionPath), async (request, reply) => {
    const reception = await store.getReception(request.db, request.params.id);
    const db = request.look('debriefs.shown', reception.id, { fields: ['words'] });
    const all = await store.listDebriefs(db, keys, reception.id);
    request.returned(all.map(({ id }) => id));
    const said = await readNames(
      request,
      all.map(({ authorId }) => authorId),
    );
    return reply.page('platform/page', debriefsPage(reception, all, { ...said, plans: request.can('night.read') }));
  });
}

/** The one transfer: the safeguarding lead sends numbers from this database to the main one. */
async function capacityRoutes(app: App): Promise<void> {
  const counted = async (request: Request, id: Reception['id']) =>
    request.under('reception.read', async (db) => {
      const reception = await store.getReception(db, id);
      if (!request.actor.operations.includes(reception.operationId)) throw notFound('reception');
      return { reception, capacity: capacityOf(reception, await store.listRota(db, id)) };
    });
  app.get('/safeguarding/reception/:id/capacity', may('capacity.tell', ReceptionPath), async (request, reply) => {
    const { reception, capacity } = await counted(request, request.params.id);
    return reply.page('platform/form', capacityPage(reception, capacity, newId()));
  });
  app.post('/safeguarding/reception/:id/capacity', may('capacity.tell', ReceptionPath), async (request, reply) => {
    const { reception, capacity } = await counted(request, request.params.id);
    const { agencyId, memberId } = request.actor;
    const told = {
      id: CapacityForm.parse(answersOf(request.body)).id,
      operationId: reception.operationId,
      agencyId: agencyId as AgencyId,
      memberId: memberId as MemberId,
      toldAt: request.now,
      ...capacity,
    };
    await request.change('capacity.told', reception.operationId, async (tx) => accept(await addCapacity(tx, told)), {
      kind: 'disclosure',
      fields: Object.keys(capacity),
    });
    return reply.redirect(`${home}/${reception.id}/plan`, 303);
  });
}
