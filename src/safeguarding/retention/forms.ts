/** Input that the retention forms accept, and their errors. */
import { z } from 'zod';
import { Count, Day, FormId, OptionalDay, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import {
  type AgencyRetentionRule,
  type RetentionFactId,
  type Statement,
  safeguardingClasses,
  statements,
} from './erasure.ts';

/** The 28 days are fixed by the application, so no agency sets a rule for them. */
export const ruledClasses = safeguardingClasses.filter((one) => one !== 'met without concern');

export const RuleForm = z.object({
  id: FormId<AgencyRetentionRule['id']>(),
  class: z.enum(ruledClasses as [(typeof safeguardingClasses)[number]], 'Select the records'),
  months: Count('Enter a number of months', 1_200).refine((months) => months >= 1, 'Enter 1 or more'),
  notBeforeAge: z.enum(['no', '18', '25'], 'Select when a child’s record may be destroyed'),
  source: RequiredText('Enter the law, agreement or notice, with its date', 500),
  validFrom: Day('Enter the start date'),
});

export const StatementForm = z.object({
  id: FormId<RetentionFactId>(),
  saying: z.enum(Object.keys(statements) as [Statement], 'Select a decision'),
  because: Sentence('Enter a reason that a colleague can check'),
  reviewOn: OptionalDay(),
});

export const IdPath = z.object({ id: z.uuid() });
