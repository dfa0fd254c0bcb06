/** Acknowledging a warning of the plan check with a reason, for planners and commanders who take part. The policy log keeps it. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { RequiredText } from '../../platform/forms/forms.ts';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { findingOf, mayAcknowledge } from '../plan-check/acknowledgement.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecision } from '../policy-log/store.ts';
import { createVisitRecordsReader, getPlanOfParticipant } from './plan-reader.ts';

/** An unknown finding is one that the plan no longer has: only the permission decides what is answered before that. */
const WarningPath = z.object({ id: z.uuid(), finding: z.string().max(100) });

const AcknowledgementForm = z.object({
  decidedBy: RequiredText('Enter the name and rank or job of the person who acknowledges it', 120),
  reason: RequiredText('Enter the reason'),
});

const acknowledgementPage = ({ operation }: Plan, { about, what, why }: Advice, name: string): FormPage => ({
  title: 'Acknowledge this warning',
  caption: operation.codeName,
  ...backTo(operationPaths.operation(operation.id), operation.codeName),
  lead: [
    `${about.name}: ${what}`,
    why,
    'The policy log keeps your reason. If the facts change, somebody must acknowledge the warning again.',
  ],
  button: 'Acknowledge the warning',
  fields: (ask) => [
    ask.text('decidedBy', 'Acknowledged by', { hint: 'Name and rank or job', value: name }),
    ask.words('reason', 'Why the plan stays as it is', {
      hint: 'Leave out the names of people who may need help.',
    }),
  ],
});

export async function warningRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);
  formRoute(app, operationPaths.acknowledgeWarning.route, {
    may: may('decision.add', WarningPath),
    load: async (request) => {
      const { id, finding } = request.params;
      const plan = await getPlanOfParticipant(request, id);
      const warning = checkPlan(plan, request.now, await readVisits(request)).find(
        (one) => mayAcknowledge(one) && !one.acknowledged && findingOf(one) === finding,
      );
      return { id: newId<'decision'>(), plan, warning, name: await readOwnName(request) };
    },
    // The plan has changed, or somebody else has acknowledged it: the plan shows what is open now.
    instead: ({ plan, warning }) => (warning ? undefined : operationPaths.operation(plan.operation.id)),
    skip: ({ plan, warning }) => (warning ? undefined : operationPaths.operation(plan.operation.id)),
    form: AcknowledgementForm,
    page: ({ plan, warning, name }) => acknowledgementPage(plan, warning as Advice, name),
    saves: 'Decision',
    event: 'decision.written',
    subject: ({ id }) => id,
    details: (_, values) => ({ kind: 'collection', fields: Object.keys(values) }),
    change: async (tx, { id, plan: { operation }, warning }, values, request) => {
      const { about, what } = warning as Advice;
      const said = {
        ...values,
        alternative: null,
        words: `Warning acknowledged, ${about.name}: ${what}`,
        against: [what],
        finding: request.params.finding,
      };
      const place = about.of === 'premises' ? about.id : null;
      return accept(
        await addDecision(tx, {
          ...createDecision(request, operation.id, place, 'warning acknowledged', said),
          id,
        }),
      );
    },
    refusals: {},
    next: (_, { plan }) => `${operationPaths.operation(plan.operation.id)}#advice`,
  });
}
