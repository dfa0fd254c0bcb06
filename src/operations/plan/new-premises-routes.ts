/** Adding premises with all that is known of them in one form: the place, who can refer, the power of entry, the first visit. Only the place must be filled in. */
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecision } from '../policy-log/store.ts';
import { findMissingOnNewWarrant, progressErrors } from '../powers-of-entry/planned-power-pages.ts';
import { recordAddedVisit } from './added-visit.ts';
import { NewPremisesForm } from './forms.ts';
import * as added from './new-premises.ts';
import { newPremisesPage } from './new-premises-pages.ts';
import { getPlanOfParticipant } from './plan-reader.ts';
import type { ProgressRefusal } from './planned-power.ts';
import { checkVisitTiming, type VisitRefusal } from './planned-visit.ts';
import { visitErrors } from './planned-visit-pages.ts';
import { findImmigrationBefore } from './premises-before.ts';
import * as store from './store.ts';

type Known = added.NewPremisesIn & { readonly name: string };

/** Premises, power, visit and decision stand together or not at all. */
async function addAll(
  tx: Parameters<typeof store.addPremises>[0] & Parameters<typeof addDecision>[0],
  known: Known,
  values: added.NewPremises,
  request: Request,
): Promise<Result<true, VisitRefusal | ProgressRefusal>> {
  const premises = added.toPremises(known, values);
  const made = added.toPower(known, values, request.today);
  if (!made.ok) return made;
  const [power, visit] = [made.value, added.toVisit(known, values)];
  const allowed = visit ? checkVisitTiming(visit, known.plan.teams, power ? [power] : []) : accept(true as const);
  if (!allowed.ok) return allowed;
  await store.addPremises(tx, premises);
  if (power) await store.addPower(tx, power);
  if (visit) {
    await store.addPlannedVisit(tx, visit);
    await recordAddedVisit(tx, { visit, premises }, request);
  }
  const decision = added.toImmigrationDecision(premises, values, request);
  if (decision) await addDecision(tx, decision);
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
    check: ({ plan }, values, { today }) => added.findWrongPart(plan, findImmigrationBefore(plan), values, today),
    page: ({ plan, name }, _typed, _errors, { today, now }) => newPremisesPage(plan, name, today, now),
    saves: 'Premises',
    event: 'premises.added',
    subject: ({ id }) => id,
    details: (known, values) => ({
      kind: 'collection',
      fields: added.listFilledFields(values),
      returned: [
        ...(values.basis === null ? [] : [known.powerId]),
        ...(added.toVisit(known, values) ? [known.visitId] : []),
      ],
    }),
    change: (tx, known, values, request) => addAll(tx, known, values, request),
    refusals: { ...visitErrors, ...progressErrors },
    next: (_, { id, plan }, { another }) =>
      another ? operationPaths.addPremises(plan.operation.id) : premisesPaths.premises(id),
  });
}
