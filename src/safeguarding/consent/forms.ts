/** What the forms of this room accept, and what they say when they do not. */

import { z } from 'zod';
import { Ticked } from '../../platform/forms.ts';
import { type PersonId, shareable, tellingPurposes } from '../../vocabulary/agreed.ts';
import { acts, type ConsentId, items, ways } from './consent.ts';
import { ExplainedAnswers } from './explained-pages.ts';
import type { GrantId } from './grant.ts';

const uuid = z.uuid('Open the form again').toLowerCase();
export const PersonPath = z.object({ personId: uuid.transform((id) => id as PersonId) });
/** What was done just now: said above the account. */
export const AccountQuery = z.object({ done: z.enum(['kept', 'taken', 'told']).optional().catch(undefined) });
export const ConsentPath = z.object({ id: uuid.transform((id) => id as ConsentId) });
export const GrantPath = z.object({ id: uuid.transform((id) => id as GrantId) });

/** How many days a permission may last, today not counted. */
export const dayCounts = ['7', '28', '90', '180'] as const;
export const ActQuery = z.object({
  act: z.enum(acts).optional().catch(undefined),
  /** What for, where whoever asks comes from one kind of help. */
  purpose: z.enum(tellingPurposes).optional().catch(undefined),
  /** Whom and what more, where that is known too. */
  to: uuid.optional().catch(undefined),
  item: z.enum(shareable).optional().catch(undefined),
});

/** What is asked for, before the person has answered. */
const Question = {
  id: uuid.transform((id) => id as ConsentId),
  act: z.enum(acts, 'Select what the person is asked'),
  to: z.string('Select who it is for').min(1, 'Select who it is for'),
  purpose: z.enum(tellingPurposes, 'Select what it is for'),
  items: Ticked(items).refine((chosen) => chosen.length > 0, 'Select what they are told, or what is to be done'),
  days: z.enum(dayCounts, 'Select for how long').transform(Number),
};
export const QuestionForm = z.object({ ...Question, step: z.enum(['show', 'change', 'save']).catch('show') });

/** What she answered, to the words that were shown. */
export const AnswerForm = z.object({
  ...Question,
  digest: z.string('Open the form again'),
  ...ExplainedAnswers,
  how: z.enum(ways, 'Select who said yes'),
});

export const WithdrawalForm = z.object({ how: z.enum(ways, 'Select who said so') });
