/** What one filled-in form of new premises adds to the plan: the place, its power of entry, its first visit and its decision. The form and the file of premises share it. */
import type { z } from 'zod';
import type { FormErrors, Request } from '../../platform/http/server.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findKeptOutPartner, findUnlawfulPurpose } from '../powers-of-entry/answers-against-the-law.ts';
import { findPower, listPowersInForce } from '../powers-of-entry/load.ts';
import type { NewPremisesForm } from './forms.ts';
import { addProgress, noStepTaken, type Power, type ProgressRefusal } from './planned-power.ts';
import type { PlannedVisit } from './planned-visit.ts';
import { findFarDay } from './planned-visit-pages.ts';
import { mayRefer, type Premises } from './premises.ts';
import { findCopiedReason, type ImmigrationBefore } from './premises-before.ts';

export type NewPremises = z.output<typeof NewPremisesForm>;
/** The plan that they are added to, and the ids that they and their parts get. */
export type NewPremisesIn = {
  readonly id: Premises['id'];
  readonly powerId: Power['id'];
  readonly visitId: PlannedVisit['id'];
  readonly plan: Plan;
};

export const toPremises = ({ id, plan }: NewPremisesIn, values: NewPremises): Premises => {
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
export function toPower(
  { id, powerId, plan }: NewPremisesIn,
  values: NewPremises,
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
export function toVisit({ id, powerId, visitId, plan }: NewPremisesIn, values: NewPremises): PlannedVisit | undefined {
  const { teamId, day, starts, minutes, basis } = values;
  if (teamId === null || day === null || starts === null) return undefined;
  return {
    ...{ id: visitId, operationId: plan.operation.id, premisesId: id, teamId, day, starts, minutes },
    ...{ powerId: basis === null ? null : powerId, turn: null, state: 'planned', reason: null },
  };
}

/** The entry of the policy log about immigration officers; undefined where nobody decided yet. */
export function toImmigrationDecision(
  premises: Premises,
  { immigrationEntry, decidedBy, immigrationReason, immigrationAlternative }: NewPremises,
  request: Pick<Request, 'actor' | 'now'>,
): Decision | undefined {
  if (immigrationEntry === null || decidedBy === null || immigrationReason === null) return undefined;
  const words = `${premises.name}: immigration ${wordsOf(immigrationEntry)}`;
  const said = { words, decidedBy, reason: immigrationReason, alternative: immigrationAlternative };
  return createDecision(request, premises.operationId, premises.id, 'immigration entry', said);
}

/** The same checks as the forms of each part make. `before`: the decision about immigration officers at the premises before. */
export function findWrongPart(
  plan: Plan,
  before: ImmigrationBefore | undefined,
  values: NewPremises,
  today: string,
): FormErrors | undefined {
  const { basis, holderId, referrerId, accompanying } = values;
  const rule = listPowersInForce(today).find(({ id }) => id === basis);
  if (basis !== null && !rule) return { basis: 'Select a power of the catalogue' };
  if (holderId !== null && !plan.partners.some(({ id }) => id === holderId))
    return { holderId: 'Select a partner of this operation' };
  if (accompanying.some((named) => !plan.partners.some(({ id }) => id === named)))
    return { accompanying: 'Select partners of this operation' };
  const unlawful =
    findKeptOutPartner(values.immigrationEntry, plan.partners, accompanying) ??
    (rule && findUnlawfulPurpose(rule, values.purposes));
  if (unlawful) return unlawful;
  if (referrerId !== null && !plan.agencies.some((agency) => agency.id === referrerId && mayRefer(agency)))
    return { referrerId: 'Select an organisation that can refer' };
  const { immigrationEntry: chosen, immigrationReason: reason } = values;
  const copied = findCopiedReason(before, { chosen, reason });
  if (copied) return { immigrationReason: copied };
  // The day is filled in beforehand: it counts once a visit is planned.
  return values.teamId !== null && values.day !== null ? findFarDay(values.day, plan.operation) : undefined;
}

/** Which fields were filled in, for the log. */
export const listFilledFields = (values: NewPremises): string[] =>
  Object.entries(values).flatMap(([field, value]) =>
    value === null || field === 'another' || (Array.isArray(value) && value.length === 0) ? [] : [field],
  );
