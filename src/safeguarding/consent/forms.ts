/** Form schemas of consents, with their error messages. */

import { z } from 'zod';
import { ShownLanguage } from '../../nrm/consent-words/index.ts';
import { CheckboxList } from '../../platform/forms/forms.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { disclosurePurposes, shareableItems } from '../../vocabulary/information-shared.ts';
import { ExplanationSchema } from '../interpreting/pages.ts';
import { acts, type ConsentId, consentSources, items } from './consent.ts';
import type { GrantId } from './grant.ts';

const uuid = z.uuid('Open the form again').toLowerCase();
export const PersonPath = z.object({ personId: uuid.transform((id) => id as PersonId) });
/** Which success message the next page shows. */
export const ConsentOverviewQuery = z.object({
  done: z.enum(['kept', 'refused', 'ended', 'taken', 'told']).optional().catch(undefined),
  /** Without what is for staff alone. */
  view: z.enum(['person']).optional().catch(undefined),
});
export const ConsentPath = z.object({ id: uuid.transform((id) => id as ConsentId) });
export const GrantPath = z.object({ id: uuid.transform((id) => id as GrantId) });

/** How many days a consent may last, not counting today. */
export const dayCounts = ['7', '28', '90', '180'] as const;
export const ActQuery = z.object({
  act: z.enum(acts).optional().catch(undefined),
  /** Purpose, if the member comes from one kind of help. */
  purpose: z.enum(disclosurePurposes).optional().catch(undefined),
  /** Recipient and items, if those are known too. */
  to: uuid.optional().catch(undefined),
  item: z.enum(shareableItems).optional().catch(undefined),
});

/** The question, before the person has answered. */
const Question = {
  id: uuid.transform((id) => id as ConsentId),
  act: z.enum(acts, 'Select what the person is asked'),
  to: z.string('Select who it is for').min(1, 'Select who it is for'),
  purpose: z.enum(disclosurePurposes, 'Select what it is for'),
  items: CheckboxList(items).refine(
    (chosen) => chosen.length > 0,
    'Select the information to share, or what will be done',
  ),
  days: z.enum(dayCounts, 'Select for how long').transform(Number),
  shown: ShownLanguage,
};
export const QuestionForm = z.object({ ...Question, step: z.enum(['show', 'large', 'change', 'save']).catch('show') });

/** The person’s answer to the wording that was shown. */
export const AnswerForm = z.object({
  ...Question,
  digest: z.string('Open the form again'),
  ...ExplanationSchema,
  how: z.enum(consentSources, 'Select who gave the answer'),
  /** From one of two buttons. Nothing else counts as a yes, and nothing else as a no. */
  answer: z.enum(['yes', 'no'], 'Select “The person agrees” or “The person says no”'),
});

export const WithdrawalForm = z.object({ how: z.enum(consentSources, 'Select who said so') });
