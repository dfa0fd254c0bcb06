/** Who may plan a visit, move it, postpone it or call it off. */
import { z } from 'zod';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { newId } from '../../vocabulary/ids.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { refuse } from '../../vocabulary/result.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecision } from '../policy-log/store.ts';
import { changedFields } from '../weeks/routes.ts';
import { recordAddedVisit } from './added-visit.ts';
import { MoveForm, StopForm, VisitForm } from './forms.ts';
import { getPlanPermissions, getPremisesInPlan } from './plan-reader.ts';
import {
  callOff,
  checkVisitTiming,
  moveVisit,
  type PlannedVisit,
  postpone,
  type VisitInPlan,
} from './planned-visit.ts';
import { findFarDay, moveVisitPage, newVisitPage, stopVisitPage, visitErrors } from './planned-visit-pages.ts';
import type { Premises } from './premises.ts';
import * as store from './store.ts';

const VisitPath = z.object({ id: z.uuid(), visit: z.uuid() });

type PremisesInPlan = { readonly plan: Plan; readonly premises: Premises };

const getVisitFormData = ({ plan, premises }: PremisesInPlan, request: Request) => ({
  operation: plan.operation,
  addsTeams: getPlanPermissions(request, plan).leads,
  teams: plan.teams,
  powers: plan.powers.filter(({ premisesId }) => premisesId === premises.id),
});

const backToVisits = (_: unknown, { premises }: PremisesInPlan): string =>
  `${premisesPaths.premises(premises.id)}#visits`;

async function getVisitAtPremises(
  request: Request & { readonly params: z.output<typeof VisitPath> },
): Promise<PremisesInPlan & { visit: VisitInPlan; now: number; name: string }> {
  const { id: premisesId, visit: visitId } = request.params;
  const place = await getPremisesInPlan(request, premisesId);
  const visit = place.plan.visits.find((one) => one.id === visitId && one.premisesId === place.premises.id);
  if (!visit) throw notFound('planned visit');
  const now = await getVersion(request.db, 'planned_visits', visit.id);
  return { ...place, visit, now, name: await readOwnName(request) };
}

const ofVisit = {
  may: may('planned visit.change', VisitPath),
  load: getVisitAtPremises,
  subject: ({ visit }: { readonly visit: VisitInPlan }) => visit.id,
  refusals: visitErrors,
  next: backToVisits,
};

function planVisitRoute(app: App): void {
  formRoute(app, premisesPaths.addVisit.route, {
    may: may('planned visit.change', IdPath),
    load: async (request) => ({
      id: newId<'visit'>(),
      ...(await getPremisesInPlan(request, request.params.id)),
    }),
    form: VisitForm,
    check: ({ plan }, { day }) => findFarDay(day, plan.operation),
    page: (place, _typed, _errors, request) => newVisitPage(place.premises, getVisitFormData(place, request)),
    saves: 'Visit',
    event: 'visit.planned',
    subject: ({ id }) => id,
    details: (_, { base: _new, ...timing }) => ({ kind: 'collection', fields: Object.keys(timing) }),
    change: async (tx, place, { base: _new, ...timing }, request) => {
      const { id, premises } = place;
      const { teams, powers } = getVisitFormData(place, request);
      const visit: PlannedVisit = {
        id,
        operationId: premises.operationId,
        premisesId: premises.id,
        ...timing,
        state: 'planned',
        reason: null,
      };
      const allowed = checkVisitTiming(visit, teams, powers);
      if (!allowed.ok) return allowed;
      await store.addPlannedVisit(tx, visit);
      await recordAddedVisit(tx, { visit, premises }, request);
      return allowed;
    },
    refusals: visitErrors,
    next: backToVisits,
  });
}

function moveVisitRoute(app: App): void {
  formRoute(app, premisesPaths.moveVisit.route, {
    ...ofVisit,
    form: MoveForm,
    check: ({ plan }, { day }) => findFarDay(day, plan.operation),
    page: ({ visit, now, ...place }, _typed, _errors, request) =>
      moveVisitPage(place.premises, visit, getVisitFormData(place, request), now),
    saves: 'Visit',
    event: 'visit.moved',
    details: ({ visit }, { base: _base, why, ...timing }) => ({
      ...(why && { reason: why }),
      fields: changedFields<object>(visit, { ...visit, ...timing }),
    }),
    change: async (tx, { visit, ...place }, { base, why: _why, ...timing }, request) => {
      const current = await store.lockPlannedVisit(tx, visit.id);
      if ((await getVersion(tx, 'planned_visits', visit.id)) !== base) return refuse('changed meanwhile');
      const { teams, powers } = getVisitFormData(place, request);
      const allowed = checkVisitTiming(timing, teams, powers);
      const result = allowed.ok ? moveVisit(current, timing) : allowed;
      if (!result.ok) return result;
      await store.savePlannedVisit(tx, result.value);
      if (isAnotherVisit(current, result.value))
        await recordAddedVisit(tx, { visit: result.value, premises: place.premises }, request);
      return result;
    },
  });
}

/** Planned again, on another day or under another power: a commander decided on something else. */
const isAnotherVisit = (before: PlannedVisit, after: PlannedVisit): boolean =>
  before.state !== 'planned' || before.day !== after.day || before.powerId !== after.powerId;

/** Postponing and calling off: each writes the visit and its decision together. */
function stopVisitRoute(app: App, how: 'postpone' | 'call-off'): void {
  const off = how === 'call-off';
  const kind = off ? 'visit called off' : 'visit postponed';

  formRoute(app, (off ? premisesPaths.callOffVisit : premisesPaths.postponeVisit).route, {
    ...ofVisit,
    form: StopForm,
    page: ({ premises, visit, now, name }) => stopVisitPage(premises, visit, how, { base: now, name }),
    saves: 'Visit',
    event: off ? 'visit.called off' : 'visit.postponed',
    details: () => ({ fields: ['state', 'reason'] }),
    change: async (tx, { premises, visit }, { base, ...said }, request) => {
      const current = await store.lockPlannedVisit(tx, visit.id);
      if ((await getVersion(tx, 'planned_visits', visit.id)) !== base) return refuse('changed meanwhile');
      const result = off ? callOff(current, said.reason) : postpone(current, said.reason);
      if (!result.ok) return result;
      const words = `${premises.name}, ${longDay(visit.day)} at ${visit.starts}: ${kind}`;
      await store.savePlannedVisit(tx, result.value);
      await addDecision(tx, createDecision(request, premises.operationId, visit.id, kind, { words, ...said }));
      return result;
    },
  });
}

export async function plannedVisitRoutes(app: App): Promise<void> {
  planVisitRoute(app);
  moveVisitRoute(app);
  stopVisitRoute(app, 'postpone');
  stopVisitRoute(app, 'call-off');
}
