/** Who may say that a planned visit is joint with another force, also after it was made. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { OptionalText } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may } from '../../platform/http/server.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { getPremisesInPlan } from '../plan/plan-reader.ts';
import { saveJointReference } from '../plan/store.ts';
import { jointVisitErrors, jointVisitPage } from './pages.ts';
import { makeReference, readReference } from './reference.ts';

const VisitPath = z.object({ id: z.uuid(), visit: z.uuid() });
const JointVisitForm = z.object({
  how: z.enum(['new', 'keep', 'given', 'no'], 'Select whether another force plans this visit too'),
  reference: OptionalText(40),
});

/** The reference to keep; undefined where none was given. */
function chooseReference(
  { how, reference }: z.output<typeof JointVisitForm>,
  kept: string | null | undefined,
): string | null | undefined {
  if (how === 'no') return null;
  if (how === 'given') return readReference(reference ?? '');
  return kept ?? makeReference(randomBytes(8));
}

export async function jointVisitRoutes(app: App): Promise<void> {
  formRoute(app, premisesPaths.jointVisit.route, {
    may: may('planned visit.change', VisitPath),
    load: async (request) => {
      const { plan, premises } = await getPremisesInPlan(request, request.params.id);
      const visit = plan.visits.find(({ id, premisesId }) => id === request.params.visit && premisesId === premises.id);
      if (!visit) throw notFound('planned visit');
      return { premises, visit };
    },
    form: JointVisitForm,
    page: ({ premises, visit }) => jointVisitPage(premises, visit),
    saves: 'Visit',
    event: 'visit.joint reference set',
    subject: ({ visit }) => visit.id,
    details: () => ({ fields: ['joint_reference'] }),
    change: async (tx, { visit }, values) => {
      const reference = chooseReference(values, visit.jointReference);
      if (reference === undefined) return refuse('no reference');
      return accept(await saveJointReference(tx, visit.id, reference));
    },
    refusals: jointVisitErrors,
    next: (_, { premises, visit }, { how }) =>
      how === 'no' ? `${premisesPaths.premises(premises.id)}#visits` : premisesPaths.jointVisit(premises.id, visit.id),
  });
}
