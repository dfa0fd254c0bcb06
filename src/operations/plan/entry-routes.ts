/** Who may ask what of powers of entry and planned visits: read, decide, change, answer. */
import { z } from 'zod';
import { dayOf, instantAt, timeOf } from '../../platform/clock.ts';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { addDecision } from '../policy-log/store.ts';
import { findPower, listPowersInForce } from '../powers-of-entry/load.ts';
import {
  correctErrors,
  correctPowerPage,
  newPowerPage,
  nextStepPage,
  stepErrors,
  stepPage,
  stepSlug,
  stepTakenPage,
} from '../powers-of-entry/planned-power-pages.ts';
import type { PowerEntry } from '../powers-of-entry/power-in-law.ts';
import { changedFields } from '../weeks/routes.ts';
import { moveVisitPage, newVisitPage, stopVisitPage, visitErrors } from './entry-pages.ts';
import { MoveForm, NewPowerForm, PowerForm, StopForm, stepForms, VisitForm } from './forms.ts';
import { checkCorrectedPower, nextStates, type Power, type PowerStep, powerStates, takeStep } from './planned-power.ts';
import {
  callOff,
  checkVisitTiming,
  moveVisit,
  type PlannedVisit,
  postpone,
  type VisitInPlan,
} from './planned-visit.ts';
import type { Premises } from './premises.ts';
import { createDecision, getPremisesInPlan, redirectToPremises } from './routes.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });
const PowerPath = z.object({ id: z.uuid(), power: z.uuid() });
const steps = powerStates.filter((state) => state !== 'planned');
const StepPath = PowerPath.extend({
  step: z.enum(steps.map(stepSlug) as [string, ...string[]]).transform((slug) => {
    const state = steps.find((one) => stepSlug(one) === slug);
    if (!state) throw notFound('step');
    return state;
  }),
});
const VisitPath = z.object({ id: z.uuid(), visit: z.uuid() });

type PremisesInPlan = { readonly plan: Plan; readonly premises: Premises };

async function getPowerInPlan(
  request: Request,
  path: { readonly id: string; readonly power: string },
): Promise<PremisesInPlan & { power: Power; rule: PowerEntry }> {
  const place = await getPremisesInPlan(request, path.id);
  const power = place.plan.powers.find(({ id, premisesId }) => id === path.power && premisesId === place.premises.id);
  const rule = power && findPower(power.basis, power.decidedOn ?? request.today);
  if (!power || !rule) throw notFound('power of entry');
  return { ...place, power, rule };
}

/** Only partners of this operation can be named. */
const hasUnknownPartner = (plan: Plan, ids: readonly (string | null)[]): boolean =>
  ids.some((id) => id !== null && !plan.partners.some((partner) => partner.id === id));

async function powerRoutes(app: App): Promise<void> {
  app.get('/premises/:id/powers/new', may('target.plan', IdPath), async (request, reply) => {
    const { plan, premises } = await getPremisesInPlan(request, request.params.id);
    return reply.page('platform/form', newPowerPage(premises, plan.partners, request.today));
  });

  app.post('/premises/:id/powers/new', may('target.plan', IdPath), async (request, reply) => {
    const { plan, premises } = await getPremisesInPlan(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        newPowerPage(premises, plan.partners, request.today, answersOf(request.body), errors),
      );
    const form = readForm(NewPowerForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!listPowersInForce(request.today).some(({ id }) => id === form.values.basis))
      return again({ basis: 'Select a power of the catalogue' });
    if (hasUnknownPartner(plan, [form.values.holderId, ...form.values.accompanying]))
      return again({ accompanying: 'Select partners of this operation' });
    const power: Power = {
      id: newId(),
      operationId: premises.operationId,
      premisesId: premises.id,
      state: 'planned',
      ...form.values,
      appliedOn: null,
      decidedOn: null,
      expiresOn: null,
      executedAt: null,
      returnedOn: null,
    };
    await request.change('power.added', power.id, async (tx) => accept(await store.addPower(tx, power)), {
      kind: 'collection',
      fields: Object.keys(form.values),
    });
    return redirectToPremises(reply, premises, '#powers');
  });

  app.get('/premises/:id/powers/:power', may('target.change', PowerPath), async (request, reply) => {
    const { plan, premises, power } = await getPowerInPlan(request, request.params);
    const now = await getVersion(request.db, 'powers', power.id);
    return reply.page('platform/form', correctPowerPage(premises, power, plan.partners, now));
  });

  app.post('/premises/:id/powers/:power', may('target.change', PowerPath), async (request, reply) => {
    const { plan, premises, power } = await getPowerInPlan(request, request.params);
    const now = await getVersion(request.db, 'powers', power.id);
    const again = (errors: FormErrors) => {
      const model = correctPowerPage(premises, power, plan.partners, now, answersOf(request.body), errors);
      return reply.page('platform/form', model);
    };
    const form = readForm(PowerForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, executedOn, executedTime, appliedOn, decidedOn, expiresOn, returnedOn, ...said } = form.values;
    if (hasUnknownPartner(plan, [said.holderId, ...said.accompanying]))
      return again({ accompanying: 'Select partners of this operation' });
    const saved = await request.change(
      'power.corrected',
      power.id,
      async (tx) => {
        const current = await store.lockPower(tx, power.id);
        if ((await getVersion(tx, 'powers', power.id)) !== base) return refuse('changed meanwhile');
        const { executedAt } = current;
        const used = executedAt && {
          day: executedOn ?? dayOf(executedAt),
          time: executedTime || timeOf(executedAt),
        };
        const changed: Power = {
          ...current,
          ...said,
          // A step that was not taken has no day to correct.
          appliedOn: current.appliedOn && (appliedOn ?? current.appliedOn),
          decidedOn: current.decidedOn && (decidedOn ?? current.decidedOn),
          expiresOn: current.expiresOn && (expiresOn ?? current.expiresOn),
          returnedOn: current.returnedOn && (returnedOn ?? current.returnedOn),
          executedAt: used && instantAt(used.day, used.time),
        };
        const rule = findPower(changed.basis, changed.decidedOn ?? request.today);
        if (!rule) throw notFound('power of entry');
        const result = checkCorrectedPower(changed, rule, request.today, used?.day ?? null);
        if (result.ok) await store.savePower(tx, result.value);
        return result;
      },
      { reason: why, fields: Object.keys(said) },
    );
    if (!saved.ok) return again(correctErrors[saved.refusal]);
    return redirectToPremises(reply, premises, '#powers');
  });

  app.get('/premises/:id/powers/:power/next', may('target.change', PowerPath), async (request, reply) => {
    const { premises, power, rule } = await getPowerInPlan(request, request.params);
    return reply.page('platform/page', nextStepPage(premises, power, rule));
  });

  app.get('/premises/:id/powers/:power/:step', may('target.change', StepPath), async (request, reply) => {
    const { plan, premises, power, rule } = await getPowerInPlan(request, request.params);
    const { step } = request.params;
    if (!nextStates(power, rule).includes(step))
      return reply.page('platform/page', stepTakenPage(premises, power, rule, step));
    const around = { partners: plan.partners, today: request.today };
    return reply.page('platform/form', stepPage(premises, power, rule, step, around));
  });

  app.post('/premises/:id/powers/:power/:step', may('target.change', StepPath), async (request, reply) => {
    const { plan, premises, power, rule } = await getPowerInPlan(request, request.params);
    const to = request.params.step;
    const around = { partners: plan.partners, today: request.today };
    const again = (errors: FormErrors) =>
      reply.page('platform/form', stepPage(premises, power, rule, to, around, answersOf(request.body), errors));
    const form = readForm(stepForms[to], request.body);
    if (!form.ok) return again(form.errors);
    const step: PowerStep = {
      ...{ at: null, reference: null, lastDay: null, accompanying: null, note: null },
      ...form.values,
      ...('time' in form.values && { at: instantAt(form.values.on, form.values.time) }),
      to,
    };
    if (hasUnknownPartner(plan, step.accompanying ?? []))
      return again({ accompanying: 'Select partners of this operation' });
    const taken = await request.change(
      `power.${to}`,
      power.id,
      async (tx) => {
        const current = await store.lockPower(tx, power.id);
        const governing = to === 'granted' ? findPower(current.basis, step.on) : rule;
        if (!governing) throw notFound('power of entry');
        const result = takeStep(current, step, governing, request.today);
        if (result.ok) await store.savePower(tx, result.value);
        return result;
      },
      { fields: Object.keys(form.values) },
    );
    if (!taken.ok) return again(stepErrors[taken.refusal]);
    return redirectToPremises(reply, premises, '#powers');
  });
}

const getVisitFormData = ({ plan, premises }: PremisesInPlan) => ({
  operation: plan.operation,
  teams: plan.teams,
  powers: plan.powers.filter(({ premisesId }) => premisesId === premises.id),
});

async function getVisitAtPremises(
  request: Request,
  path: { readonly id: string; readonly visit: string },
): Promise<PremisesInPlan & { visit: VisitInPlan; now: number }> {
  const place = await getPremisesInPlan(request, path.id);
  const visit = place.plan.visits.find(({ id, premisesId }) => id === path.visit && premisesId === place.premises.id);
  if (!visit) throw notFound('planned visit');
  return { ...place, visit, now: await getVersion(request.db, 'planned_visits', visit.id) };
}

async function visitPlanRoutes(app: App): Promise<void> {
  app.get('/premises/:id/visits/new', may('planned visit.change', IdPath), async (request, reply) => {
    const place = await getPremisesInPlan(request, request.params.id);
    return reply.page('platform/form', newVisitPage(place.premises, getVisitFormData(place)));
  });

  app.post('/premises/:id/visits/new', may('planned visit.change', IdPath), async (request, reply) => {
    const place = await getPremisesInPlan(request, request.params.id);
    const { premises } = place;
    const parts = getVisitFormData(place);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', newVisitPage(premises, parts, answersOf(request.body), errors));
    const form = readForm(VisitForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base: _new, ...timing } = form.values;
    const visit: PlannedVisit = {
      id: newId(),
      operationId: premises.operationId,
      premisesId: premises.id,
      ...timing,
      state: 'planned',
      reason: null,
    };
    const added = await request.change(
      'visit.planned',
      visit.id,
      async (tx) => {
        const allowed = checkVisitTiming(visit, parts.teams, parts.powers);
        if (allowed.ok) await store.addPlannedVisit(tx, visit);
        return allowed;
      },
      { kind: 'collection', fields: Object.keys(timing) },
    );
    if (!added.ok) return again(visitErrors[added.refusal]);
    return redirectToPremises(reply, premises, '#visits');
  });

  app.get('/premises/:id/visits/:visit/move', may('planned visit.change', VisitPath), async (request, reply) => {
    const { visit, now, ...place } = await getVisitAtPremises(request, request.params);
    return reply.page('platform/form', moveVisitPage(place.premises, visit, getVisitFormData(place), now));
  });

  app.post('/premises/:id/visits/:visit/move', may('planned visit.change', VisitPath), async (request, reply) => {
    const { visit, now, ...place } = await getVisitAtPremises(request, request.params);
    const parts = getVisitFormData(place);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', moveVisitPage(place.premises, visit, parts, now, answersOf(request.body), errors));
    const form = readForm(MoveForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...timing } = form.values;
    const moved = await request.change(
      'visit.moved',
      visit.id,
      async (tx) => {
        const current = await store.lockPlannedVisit(tx, visit.id);
        if ((await getVersion(tx, 'planned_visits', visit.id)) !== base) return refuse('changed meanwhile');
        const allowed = checkVisitTiming(timing, parts.teams, parts.powers);
        const result = allowed.ok ? moveVisit(current, timing) : allowed;
        if (result.ok) await store.savePlannedVisit(tx, result.value);
        return result;
      },
      { ...(why && { reason: why }), fields: changedFields<object>(visit, { ...visit, ...timing }) },
    );
    if (!moved.ok) return again(visitErrors[moved.refusal]);
    return redirectToPremises(reply, place.premises, '#visits');
  });

  stopVisitRoutes(app, 'postpone');
  stopVisitRoutes(app, 'call-off');
}

/** Postponing and calling off: each writes the visit and its decision together. */
function stopVisitRoutes(app: App, how: 'postpone' | 'call-off'): void {
  const path = `/premises/:id/visits/:visit/${how}`;

  app.get(path, may('planned visit.change', VisitPath), async (request, reply) => {
    const { premises, visit, now } = await getVisitAtPremises(request, request.params);
    return reply.page('platform/form', stopVisitPage(premises, visit, how, now));
  });

  app.post(path, may('planned visit.change', VisitPath), async (request, reply) => {
    const { premises, visit, now } = await getVisitAtPremises(request, request.params);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', stopVisitPage(premises, visit, how, now, answersOf(request.body), errors));
    const form = readForm(StopForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, ...said } = form.values;
    const kind = how === 'postpone' ? 'visit postponed' : 'visit called off';
    const words = `${premises.name}, ${longDay(visit.day)} at ${visit.starts}: ${kind}`;
    const stopped = await request.change(
      kind === 'visit postponed' ? 'visit.postponed' : 'visit.called off',
      visit.id,
      async (tx) => {
        const current = await store.lockPlannedVisit(tx, visit.id);
        if ((await getVersion(tx, 'planned_visits', visit.id)) !== base) return refuse('changed meanwhile');
        const result = how === 'postpone' ? postpone(current, said.reason) : callOff(current, said.reason);
        if (!result.ok) return result;
        await store.savePlannedVisit(tx, result.value);
        await addDecision(tx, createDecision(request, premises.operationId, visit.id, kind, { words, ...said }));
        return result;
      },
      { fields: ['state', 'reason'] },
    );
    if (!stopped.ok) return again(visitErrors[stopped.refusal]);
    return redirectToPremises(reply, premises, '#visits');
  });
}

export async function entryRoutes(app: App): Promise<void> {
  await powerRoutes(app);
  await visitPlanRoutes(app);
}
