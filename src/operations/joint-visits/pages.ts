/** The form on which a planner says that another force plans the same visit. */
import { revealing } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { formatVisitTitle } from '../plan/pages.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { Premises } from '../plan/premises.ts';
import { premisesForm } from '../plan/premises-form-pages.ts';

export const jointVisitPage = (premises: Premises, visit: VisitInPlan): FormPage =>
  premisesForm(premises, 'Joint visit', premisesPaths.jointVisit(premises.id, visit.id), {
    caption: `${premises.name}: ${formatVisitTitle(visit)}`,
    lead: [
      ...(visit.jointReference
        ? [`The reference of this visit is ${visit.jointReference}. Give it to the other force.`]
        : []),
      'Two forces that make a visit together both count it. With one reference in both returns, the national coordinator counts it once.',
      'You need this only if the other force records the visit in its own Safelight.',
    ],
    fields: (ask) => [
      ask.one(
        'how',
        'Is this visit joint with another force?',
        [
          ...(visit.jointReference
            ? [{ value: 'keep', text: `Yes, with the reference ${visit.jointReference}` }]
            : [{ value: 'new', text: 'Yes: make a reference that we give to the other force' }]),
          { value: 'given', text: 'Yes: the other force gave us a reference', ...revealing },
          { value: 'no', text: 'No' },
        ],
        { value: visit.jointReference ? 'keep' : undefined },
      ),
      ask.text('reference', 'Reference that they gave you', {
        hint: 'Like JV-ABCD-2345',
        revealed: 'when chosen',
        classes: 'govuk-input--width-10',
        spellcheck: false,
      }),
    ],
  });

export const jointVisitErrors = {
  'no reference': { reference: 'Enter the reference as the other force has it, like JV-ABCD-2345' },
} as const satisfies Record<string, FormErrors>;
