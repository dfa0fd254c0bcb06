/** Input that the forms of this module accept, and their errors. */

import { z } from 'zod';
import { ShownLanguage } from '../../nrm/consent-words/index.ts';
import { Sentence } from '../../platform/forms/forms.ts';
import type { Id } from '../../vocabulary/ids.ts';
import { selectableInterpretingModes } from '../../vocabulary/interpreting.ts';
import { passOnMethods } from '../custody-notices-received/urgent-page.ts';
import type { Disclosure } from '../disclosures/disclosure.ts';
import { ImmediateDisclosureFields, immediateDisclosureRule } from '../referrals/forms.ts';
import { answers, type CrossingId, childInterpretations, type NoticeId, referenceOf } from './notice.ts';
import { sentenceNames } from './sentence.ts';

const uuid = z.uuid('Open the form again').toLowerCase();
export const PersonPath = z.object({ personId: uuid.transform((id) => id as Id<'person'>) });
export const NoticePath = z.object({ id: uuid.transform((id) => id as NoticeId) });
export const ApprovedPath = z.object({ id: uuid.transform((id) => id as Disclosure['id']) });
export const CrossingPath = z.object({ id: uuid.transform((id) => id as CrossingId) });

export const ChoiceForm = z.object({
  id: uuid.transform((id) => id as NoticeId),
  to: z.string('Select whose custody it is').min(1, 'Select whose custody it is'),
  sentence: z.enum(sentenceNames, 'Select the message'),
  reference: z
    .string('Write the custody reference')
    .transform(referenceOf)
    .refine((reference) => reference !== undefined, {
      message:
        'Write only the reference that custody or immigration gave. A reference has three or more digits and no more than three letters. Leave out names, dates and telephone numbers',
    })
    .transform(String),
  shown: ShownLanguage,
  step: z.enum(['show', 'change', 'send']).catch('show'),
});

export const ConsentForm = z.object({
  interpreted: z.enum(selectableInterpretingModes, 'Select the interpreter'),
  answer: z.enum(answers, 'Select the answer of the person'),
});
export const ChildForm = z
  .object({
    interpreted: z.enum(childInterpretations, 'Select who interpreted, or that the child could not be reached'),
    reasons: Sentence('Enter why it is best for the child, and the child’s wishes'),
    ...ImmediateDisclosureFields,
  })
  .refine(...immediateDisclosureRule);

export const PassOnForm = z.object({ passedOn: z.enum(passOnMethods, 'Select the action taken') });
