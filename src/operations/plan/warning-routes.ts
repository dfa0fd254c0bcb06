/** Acknowledging a warning of the plan check with a reason, for planners and commanders who take part. The policy log keeps it. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { RequiredText } from '../../platform/forms/forms.ts';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { newId } from '../../vocabulary/ids.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { alikeKey, findingOf, mayAcknowledge } from '../plan-check/acknowledgement.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecisions } from '../policy-log/store.ts';
import { createVisitRecordsReader, getPlanOfParticipant } from './plan-reader.ts';

/** An unknown finding is one that the plan no longer has: only the permission decides what is answered before that. */
const WarningPath = z.object({ id: z.uuid(), finding: z.string().max(100) });

const AcknowledgementForm = z.object({
  decidedBy: RequiredText('Enter the name and rank or job of the person who acknowledges it', 120),
  reason: RequiredText('Enter the reason'),
});

/** Also every other open warning that says the same of another place. */
const AlikeQuery = z.object({ alike: z.literal('yes').optional().catch(undefined) });

const acknowledgementPage = (
  { operation }: Plan,
  warnings: readonly Advice[],
  { what, why }: Advice,
  name: string,
): FormPage => ({
  title: warnings.length > 1 ? `Acknowledge ${warnings.length} warnings` : 'Acknowledge this warning',
  caption: operation.codeName,
  ...backTo(operationPaths.operation(operation.id), operation.codeName),
  lead: [
    `${listOf(warnings.map(({ about }) => about.name))}: ${what}`,
    why,
    warnings.length > 1
      ? 'Your reason must hold for each of these places. The policy log keeps it for each. If the facts at one change, its warning opens again.'
      : 'The policy log keeps your reason. If the facts change, somebody must acknowledge the warning again.',
  ],
  button: warnings.length > 1 ? `Acknowledge ${warnings.length} warnings` : 'Acknowledge the warning',
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
    may: may('decision.add', WarningPath, AlikeQuery),
    load: async (request) => {
      const { id, finding } = request.params;
      const plan = await getPlanOfParticipant(request, id);
      const open = checkPlan(plan, request.now, await readVisits(request, id)).filter(
        (one) => mayAcknowledge(one) && !one.acknowledged,
      );
      const warning = open.find((one) => findingOf(one) === finding);
      const alike = open.filter(
        (one) => warning && one !== warning && request.query.alike && alikeKey(one) === alikeKey(warning),
      );
      const entries = [warning, ...alike].flatMap((one) => (one ? [{ id: newId<'decision'>(), warning: one }] : []));
      return { plan, warning, entries, name: await readOwnName(request) };
    },
    // The plan has changed, or somebody else has acknowledged it: the plan shows what is open now.
    instead: ({ plan, warning }) => (warning ? undefined : operationPaths.operation(plan.operation.id)),
    skip: ({ plan, warning }) => (warning ? undefined : operationPaths.operation(plan.operation.id)),
    form: AcknowledgementForm,
    page: ({ plan, warning, entries, name }, _typed, _errors, request) => {
      const warnings = entries.map((entry) => entry.warning);
      const page = acknowledgementPage(plan, warnings, warning as Advice, name);
      return request.query.alike ? { ...page, action: request.url } : page;
    },
    saves: 'Decision',
    event: 'decision.written',
    subject: ({ entries: [first] }) => first?.id ?? null,
    details: ({ entries: [, ...more] }, values) => {
      const fields = Object.keys(values);
      return {
        kind: 'collection',
        fields,
        also: more.map(({ id }) => ({ event: 'decision.written', subject: id, fields })),
      };
    },
    change: async (tx, { plan: { operation }, entries }, values, request) => {
      await addDecisions(
        tx,
        entries.map(({ id, warning: { about, what }, warning }) => {
          const place = about.of === 'premises' ? about.id : null;
          const said = {
            ...{ ...values, alternative: null, against: [what] },
            words: `Warning acknowledged, ${about.name}: ${what}`,
            finding: findingOf(warning),
          };
          return { ...createDecision(request, operation.id, place, 'warning acknowledged', said), id };
        }),
      );
      return accept(true);
    },
    refusals: {},
    next: (_, { plan }) => `${operationPaths.operation(plan.operation.id)}#advice`,
  });
}
