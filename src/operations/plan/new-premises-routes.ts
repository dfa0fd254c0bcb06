/** Adding premises with all that is known of them in one form: the place, who can refer, the power of entry, the first visit. Only the place must be filled in. */
import type { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, type FormErrors, IdPath, may, type Request } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecision } from '../policy-log/store.ts';
import { findPower, listPowersInForce } from '../powers-of-entry/load.ts';
import { findMissingOnNewWarrant, progressErrors } from '../powers-of-entry/planned-power-pages.ts';
import { recordAddedVisit } from './added-visit.ts';
import { NewPremisesForm } from './forms.ts';
import { newPremisesPage } from './new-premises-pages.ts';
import { getPlanOfParticipant } from './plan-reader.ts';
import { addProgress, noStepTaken, type Power, type ProgressRefusal } from './planned-power.ts';
import { checkVisitTiming, type PlannedVisit, type VisitRefusal } from './planned-visit.ts';
import { findFarDay, visitErrors } from './planned-visit-pages.ts';
import { mayRefer, type Premises } from './premises.ts';
import { findCopiedReason, findImmigrationBefore } from './premises-before.ts';
import * as store from './store.ts';

type Values = z.output<typeof NewPremisesForm>;
type Known = {
  readonly id: Premises['id'];
  readonly powerId: Power['id'];
  readonly visitId: PlannedVisit['id'];
  readonly plan: Plan;
  readonly name: string;
};

const toPremises = ({ id, plan }: Known, values: Values): Premises => {
  const { business, name, address, town, postcode, dwelling, priority, reason } = values;
  const { risks, languages, interpreter, referrerId, immigrationEntry } = values;
  // Without an organisation the person of the premises before is nobody's.
  const onCall = referrerId === null ? { referrerOnCall: null, referrerContact: null } : values;
  const { referrerOnCall, referrerContact } = onCall;
  return {
    ...{ id, operationId: plan.operation.id, business, name, address, town, postcode, dwelling, priority, reason },
    ...{ risks, languages, interpreter, referrerId, referrerOnCall, referrerContact, immigrationEntry },
  };
};

/** Undefined where no power was chosen. */
function toPower(
  { id, powerId, plan }: Known,
  values: Values,
  today: string,
): Result<Power | undefined, ProgressRefusal> {
  const { basis, purposes, holderId, reference, accompanying } = values;
  // A day before the power began is refused as a step, not dropped.
  const rule = basis === null ? undefined : (findPower(basis, values.progressOn ?? today) ?? findPower(basis, today));
  if (basis === null || !rule) return accept(undefined);
  const planned: Power = {
    ...{ id: powerId, operationId: plan.operation.id, premisesId: id, basis, purposes, holderId, reference },
    ...{ heldBy: null, accompanying, note: null, ...noStepTaken },
  };
  return addProgress(planned, values, rule, today);
}

/** Undefined where no visit is planned yet. It stands on the power of the same form. */
function toVisit({ id, powerId, visitId, plan }: Known, values: Values): PlannedVisit | undefined {
  const { teamId, day, starts, minutes, basis } = values;
  if (teamId === null || day === null || starts === null) return undefined;
  return {
    ...{ id: visitId, operationId: plan.operation.id, premisesId: id, teamId, day, starts, minutes },
    ...{ powerId: basis === null ? null : powerId, turn: null, state: 'planned', reason: null },
  };
}

/** The same checks as the forms of each part make. */
function findWrongPart({ plan }: Known, values: Values, today: string): FormErrors | undefined {
  const { basis, holderId, referrerId, accompanying } = values;
  if (basis !== null && !listPowersInForce(today).some(({ id }) => id === basis))
    return { basis: 'Select a power of the catalogue' };
  if (holderId !== null && !plan.partners.some(({ id }) => id === holderId))
    return { holderId: 'Select a partner of this operation' };
  if (accompanying.some((named) => !plan.partners.some(({ id }) => id === named)))
    return { accompanying: 'Select partners of this operation' };
  if (referrerId !== null && !plan.agencies.some((agency) => agency.id === referrerId && mayRefer(agency)))
    return { referrerId: 'Select an organisation that can refer' };
  const { immigrationEntry: chosen, immigrationReason: reason } = values;
  const copied = findCopiedReason(findImmigrationBefore(plan), { chosen, reason });
  if (copied) return { immigrationReason: copied };
  // The day is filled in beforehand: it counts once a visit is planned.
  return values.teamId !== null && values.day !== null ? findFarDay(values.day, plan.operation) : undefined;
}

/** Premises, power, visit and decision stand together or not at all. */
async function addAll(
  tx: Parameters<typeof store.addPremises>[0] & Parameters<typeof addDecision>[0],
  known: Known,
  values: Values,
  request: Request,
): Promise<Result<true, VisitRefusal | ProgressRefusal>> {
  const premises = toPremises(known, values);
  const added = toPower(known, values, request.today);
  if (!added.ok) return added;
  const [power, visit] = [added.value, toVisit(known, values)];
  const allowed = visit ? checkVisitTiming(visit, known.plan.teams, power ? [power] : []) : accept(true as const);
  if (!allowed.ok) return allowed;
  await store.addPremises(tx, premises);
  if (power) await store.addPower(tx, power);
  if (visit) {
    await store.addPlannedVisit(tx, visit);
    await recordAddedVisit(tx, { visit, premises }, request);
  }
  const { immigrationEntry, decidedBy, immigrationReason, immigrationAlternative } = values;
  if (immigrationEntry !== null && decidedBy !== null && immigrationReason !== null) {
    const words = `${premises.name}: immigration ${wordsOf(immigrationEntry)}`;
    const said = { words, decidedBy, reason: immigrationReason, alternative: immigrationAlternative };
    await addDecision(tx, createDecision(request, premises.operationId, premises.id, 'immigration entry', said));
  }
  return accept(true);
}

export async function newPremisesRoutes(app: App): Promise<void> {
  formRoute(app, operationPaths.addPremises.route, {
    may: may('target.plan', IdPath),
    load: async (request): Promise<Known> => {
      const plan = await getPlanOfParticipant(request, request.params.id);
      const name = await readOwnName(request);
      return { id: newId(), powerId: newId(), visitId: newId(), plan, name };
    },
    form: NewPremisesForm,
    contradictions: findMissingOnNewWarrant,
    check: (known, values, { today }) => findWrongPart(known, values, today),
    page: ({ plan, name }, _typed, _errors, { today, now }) => newPremisesPage(plan, name, today, now),
    saves: 'Premises',
    event: 'premises.added',
    subject: ({ id }) => id,
    details: (known, values) => ({
      kind: 'collection',
      fields: Object.entries(values).flatMap(([field, value]) =>
        value === null || field === 'another' || (Array.isArray(value) && value.length === 0) ? [] : [field],
      ),
      returned: [...(values.basis === null ? [] : [known.powerId]), ...(toVisit(known, values) ? [known.visitId] : [])],
    }),
    change: (tx, known, values, request) => addAll(tx, known, values, request),
    refusals: { ...visitErrors, ...progressErrors },
    next: (_, { id, plan }, { another }) =>
      another ? operationPaths.addPremises(plan.operation.id) : premisesPaths.premises(id),
  });
}
