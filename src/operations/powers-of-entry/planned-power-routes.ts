/** Who may add a power of entry to a plan, correct it, and record each step of it. */
import { z } from 'zod';
import { dayOf, instantAt, timeOf } from '../../platform/clock.ts';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { newId } from '../../vocabulary/ids.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { refuse } from '../../vocabulary/result.ts';
import { NewPowerForm, PowerForm, stepForms } from '../plan/forms.ts';
import { createVisitRecordsReader, getPremisesInPlan } from '../plan/plan-reader.ts';
import {
  addProgress,
  checkCorrectedPower,
  nextStates,
  noStepTaken,
  type Power,
  type PowerStep,
  powerStates,
  takeStep,
} from '../plan/planned-power.ts';
import type { Premises } from '../plan/premises.ts';
import * as store from '../plan/store.ts';
import { getPowerStatus, listUses } from '../plan/visit-outcome.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { findKeptOutPartner, findUnlawfulPurpose } from './answers-against-the-law.ts';
import { findPower, listPowersInForce } from './load.ts';
import * as page from './planned-power-pages.ts';
import type { PowerEntry } from './power-in-law.ts';

const PowerPath = z.object({ id: z.uuid(), power: z.uuid() });
const steps = powerStates.filter((state) => state !== 'planned');
const StepPath = PowerPath.extend({
  step: z.enum(steps.map(page.stepSlug) as [string, ...string[]]).transform((slug) => {
    const state = steps.find((one) => page.stepSlug(one) === slug);
    if (!state) throw notFound('step');
    return state;
  }),
});

type PremisesInPlan = { readonly plan: Plan; readonly premises: Premises };

async function getPowerInPlan(
  request: Request,
  path: z.output<typeof PowerPath>,
): Promise<PremisesInPlan & { power: Power; rule: PowerEntry }> {
  const place = await getPremisesInPlan(request, path.id);
  const power = place.plan.powers.find(({ id, premisesId }) => id === path.power && premisesId === place.premises.id);
  const rule = power && findPower(power.basis, power.decidedOn ?? request.today);
  if (!power || !rule) throw notFound('power of entry');
  return { ...place, power, rule };
}

/** Only partners of this operation can be named. */
const findUnknownPartner = ({ plan }: PremisesInPlan, ids: readonly (string | null)[]): FormErrors | undefined =>
  ids.some((id) => id !== null && !plan.partners.some((partner) => partner.id === id))
    ? { accompanying: 'Select partners of this operation' }
    : undefined;

/** What is wrong with the answers of a form about a power, if anything is. */
const findWrongAnswer = (
  place: PremisesInPlan,
  rule: PowerEntry | undefined,
  said: {
    readonly holderId: string | null;
    readonly accompanying: readonly string[];
    readonly purposes: readonly string[];
  },
): FormErrors | undefined =>
  findUnknownPartner(place, [said.holderId, ...said.accompanying]) ??
  findKeptOutPartner(place.premises.immigrationEntry, place.plan.partners, said.accompanying) ??
  (rule && findUnlawfulPurpose(rule, said.purposes));

const backToPowers = (_: unknown, { premises }: PremisesInPlan): string =>
  `${premisesPaths.premises(premises.id)}#powers`;

function addPowerRoute(app: App): void {
  formRoute(app, premisesPaths.addPower.route, {
    may: may('target.plan', IdPath),
    load: async (request) => ({ id: newId<'power'>(), ...(await getPremisesInPlan(request, request.params.id)) }),
    form: NewPowerForm,
    contradictions: page.findMissingOnNewWarrant,
    check: (place, said, { today }) => {
      const rule = listPowersInForce(today).find(({ id }) => id === said.basis);
      return rule ? findWrongAnswer(place, rule, said) : { basis: 'Select a power of the catalogue' };
    },
    page: ({ plan, premises }, _typed, _errors, { today }) => page.newPowerPage(premises, plan.partners, today),
    saves: 'Power of entry',
    event: 'power.added',
    subject: ({ id }) => id,
    details: (_, values) => ({ kind: 'collection', fields: Object.keys(values) }),
    change: async (tx, { id, premises }, { progress, progressOn, lastDay, ...values }, { today }) => {
      const { id: premisesId, operationId } = premises;
      const { grantedBy, entries, ...said } = values;
      const planned = { id, operationId, premisesId, ...said, ...noStepTaken };
      const rule = findPower(said.basis, progressOn ?? today) ?? findPower(said.basis, today);
      if (!rule) throw notFound('power of entry');
      const result = addProgress(planned, { progress, progressOn, lastDay, grantedBy, entries }, rule, today);
      if (result.ok) await store.addPower(tx, result.value);
      return result;
    },
    refusals: page.progressErrors,
    next: backToPowers,
  });
}

/** The power as it is corrected, and when it was used. A step that was not taken has no day to correct. */
function correctPower(current: Power, values: z.output<typeof PowerForm>) {
  const { base: _base, why: _why, executedOn, executedTime, ...corrected } = values;
  const { appliedOn, decidedOn, expiresOn, returnedOn, grantedBy, ...said } = corrected;
  const { executedAt } = current;
  const used = executedAt && {
    day: executedOn ?? dayOf(executedAt),
    time: executedTime || timeOf(executedAt),
  };
  const changed: Power = {
    ...current,
    ...said,
    appliedOn: current.appliedOn && (appliedOn ?? current.appliedOn),
    decidedOn: current.decidedOn && (decidedOn ?? current.decidedOn),
    grantedBy: current.decidedOn && grantedBy,
    expiresOn: current.state === 'refused' ? null : current.decidedOn && (expiresOn ?? current.expiresOn),
    returnedOn: current.returnedOn && (returnedOn ?? current.returnedOn),
    executedAt: used && instantAt(used.day, used.time),
  };
  return { changed, usedOn: used?.day ?? null, fields: Object.keys(said) };
}

type ReadVisits = ReturnType<typeof createVisitRecordsReader>;

function correctPowerRoute(app: App, readVisits: ReadVisits): void {
  formRoute(app, premisesPaths.power.route, {
    may: may('target.change', PowerPath),
    load: async (request) => {
      const place = await getPowerInPlan(request, request.params);
      const { text: state } = getPowerStatus(
        place.power,
        await readVisits(request, place.power.operationId),
        request.today,
      );
      return { ...place, state, now: await getVersion(request.db, 'powers', place.power.id) };
    },
    form: PowerForm,
    contradictions: (typed, { power }) => page.findMissingOnCorrection(typed, power),
    check: (place, said) => findWrongAnswer(place, place.rule, said),
    page: ({ plan, premises, power, now, state }) => page.correctPowerPage(premises, power, plan.partners, now, state),
    saves: 'Power of entry',
    event: 'power.corrected',
    subject: ({ power }) => power.id,
    details: ({ power }, values) => ({ reason: values.why, fields: correctPower(power, values).fields }),
    change: async (tx, { power }, values, { today }) => {
      const current = await store.lockPower(tx, power.id);
      if ((await getVersion(tx, 'powers', power.id)) !== values.base) return refuse('changed meanwhile');
      const { changed, usedOn } = correctPower(current, values);
      const rule = findPower(changed.basis, changed.decidedOn ?? today);
      if (!rule) throw notFound('power of entry');
      const result = checkCorrectedPower(changed, rule, today, usedOn);
      if (result.ok) await store.savePower(tx, result.value);
      return result;
    },
    refusals: page.correctErrors,
    next: backToPowers,
  });
}

type Step = (typeof steps)[number];

const toStep = (to: Step, values: z.output<(typeof stepForms)[Step]>): PowerStep => ({
  ...{ at: null, reference: null, lastDay: null, accompanying: null, note: null, entries: null, grantedBy: null },
  ...values,
  ...('time' in values && { at: instantAt(values.on, values.time) }),
  to,
});

function takeStepRoute(app: App, readVisits: ReadVisits): void {
  formRoute(app, premisesPaths.powerStep.route, {
    may: may('target.change', StepPath),
    load: async (request) => {
      const place = await getPowerInPlan(request, request.params);
      const [use] = listUses(place.power, await readVisits(request, place.power.operationId));
      return { ...place, step: request.params.step, usedAt: use?.arrivedAt };
    },
    form: ({ step }) => stepForms[step],
    contradictions: (typed, { rule, step }) => page.findMissingOnGrant(typed, rule, step),
    check: (place, values) => {
      const named = toStep(place.step, values).accompanying ?? [];
      return (
        findUnknownPartner(place, named) ??
        findKeptOutPartner(place.premises.immigrationEntry, place.plan.partners, named)
      );
    },
    page: ({ plan, premises, power, rule, step, usedAt }, _typed, _errors, { today }) =>
      page.stepPage(premises, power, rule, step, { partners: plan.partners, today, usedAt }),
    instead: ({ premises, power, rule, step }) =>
      nextStates(power, rule).includes(step) ? undefined : page.stepTakenPage(premises, power, rule, step),
    saves: 'Power of entry',
    event: ({ step }) => `power.${step}`,
    subject: ({ power }) => power.id,
    details: (_, values) => ({ fields: Object.keys(values) }),
    change: async (tx, { power, rule, step }, values, { today }) => {
      const current = await store.lockPower(tx, power.id);
      const governing = step === 'granted' ? findPower(current.basis, values.on) : rule;
      if (!governing) throw notFound('power of entry');
      const result = takeStep(current, toStep(step, values), governing, today);
      if (result.ok) await store.savePower(tx, result.value);
      return result;
    },
    refusals: page.stepErrors,
    next: backToPowers,
  });
}

export async function plannedPowerRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);
  addPowerRoute(app);
  correctPowerRoute(app, readVisits);

  app.get(premisesPaths.nextPowerStep.route, may('target.change', PowerPath), async (request, reply) => {
    const { premises, power, rule } = await getPowerInPlan(request, request.params);
    return reply.case(page.nextStepPage(premises, power, rule, await readVisits(request, power.operationId)));
  });

  takeStepRoute(app, readVisits);
}
