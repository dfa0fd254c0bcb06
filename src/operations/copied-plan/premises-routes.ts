/** Copies places of an earlier operation into the one that was copied from it: each is ticked, and needs a reason of today. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { RequiredText } from '../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { getPlanOfParticipant } from '../plan/plan-reader.ts';
import type { Premises } from '../plan/premises.ts';
import { addPremises, listPremises } from '../plan/store.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { lockOperation } from '../weeks/store.ts';

const CopyPremisesForm = z.object({
  premises: z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid('Select premises from the list')).min(1, 'Select at least one of the premises'),
  ),
  reason: RequiredText('Enter why you visit them now, in words', 2_000),
});

type Known = { readonly plan: Plan; readonly earlier: readonly Premises[] };

const isSamePlace = (one: Pick<Premises, 'name' | 'address'>, other: Pick<Premises, 'name' | 'address'>): boolean =>
  one.name === other.name && one.address === other.address;

/** Places of the earlier operation that are not in this plan yet; none where the member did not take part in it. */
async function readEarlierPremises(request: Request & { readonly params: { readonly id: string } }): Promise<Known> {
  const plan = await getPlanOfParticipant(request, request.params.id);
  const { copiedFrom } = plan.operation;
  if (!copiedFrom || !request.actor.operations.includes(copiedFrom)) return { plan, earlier: [] };
  const db = request.look('premises.listed', copiedFrom, { fields: ['name', 'address', 'town', 'languages'] });
  const found = await listPremises(db, [copiedFrom]);
  request.returned(found.map(({ id }) => id));
  return { plan, earlier: found.filter((one) => !plan.premises.some((other) => isSamePlace(one, other))) };
}

/** The place alone. Who sleeps there may have changed; risks, help, powers and decisions belong to their day. */
const copyPlace = (one: Premises, { plan }: Known, reason: string): Premises => ({
  ...{ ...one, id: newId<'premises'>(), operationId: plan.operation.id, reason, priority: 'medium' },
  ...{ dwelling: 'not known', risks: null, interpreter: null, immigrationEntry: null },
  ...{ referrerId: null, referrerOnCall: null, referrerContact: null },
});

const copyPremisesPage = ({ plan: { operation }, earlier }: Known): FormPage => ({
  title: 'Copy earlier premises',
  caption: operation.codeName,
  ...backTo(operationPaths.premises(operation.id), 'Premises and powers'),
  lead:
    earlier.length === 0
      ? [
          'There are no premises to copy. You see those of the operation that this one was copied from, if you took part in it and they are not in this plan yet.',
        ]
      : [
          'A visit in the past is no reason for a new one. Select only premises that you have a reason to visit now.',
          'The address, the kind of business and the languages are copied. Risks, powers of entry, visits, people on call and decisions are not. Find out again whether somebody lives there.',
        ],
  closed: earlier.length === 0,
  button: 'Copy the premises',
  fields: (ask) => [
    ask.many(
      'premises',
      'Premises',
      earlier.map(({ id, name, address, town }) => ({ value: id, text: name, hint: { text: `${address}, ${town}` } })),
    ),
    ask.words('reason', 'Reason for the visits', {
      hint: 'Record only what anybody at the premises could observe. You can change it for each of the premises. Nationality, sex and language are never a reason for a visit.',
    }),
  ],
});

export async function copyPremisesRoute(app: App): Promise<void> {
  formRoute(app, operationPaths.copyPremises.route, {
    may: may('target.plan', IdPath),
    load: readEarlierPremises,
    form: CopyPremisesForm,
    check: ({ earlier }, { premises }) =>
      premises.every((id) => earlier.some((one) => one.id === id))
        ? undefined
        : { premises: 'One of these premises is in the plan already. Look at the list again.' },
    page: copyPremisesPage,
    saves: 'Premises',
    event: 'premises.copied',
    subject: ({ plan }) => plan.operation.id,
    details: (_, { premises }) => ({ kind: 'collection', fields: ['name', 'address', 'town'], returned: premises }),
    change: async (tx, known, { premises, reason }) => {
      const { id } = known.plan.operation;
      await lockOperation(tx, id);
      const there = await listPremises(tx, [id]);
      for (const one of known.earlier.filter((place) => premises.includes(place.id)))
        if (!there.some((other) => isSamePlace(one, other))) await addPremises(tx, copyPlace(one, known, reason));
      return accept(true);
    },
    refusals: {},
    next: (_, { plan }) => operationPaths.premises(plan.operation.id),
  });
}
