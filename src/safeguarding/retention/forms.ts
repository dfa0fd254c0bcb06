/** Input that the retention forms accept, and their errors. */
import { z } from 'zod';
import { Count, Day, FormId, OptionalDay, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { classesBehind, type KeepingFactId, type RuleSaid, type Saying, sayings } from './erasure.ts';

/** The 28 days are fixed by the application, so no agency sets a rule for them. */
export const ruledClasses = classesBehind.filter((one) => one !== 'met without concern');

export const RuleForm = z.object({
  id: FormId<RuleSaid['id']>(),
  class: z.enum(ruledClasses as [(typeof classesBehind)[number]], 'Select which records'),
  months: Count('Enter a number of months', 1_200).refine((months) => months >= 1, 'Enter 1 or more'),
  notBeforeAge: z.enum(['no', '18', '25'], 'Select whether a child’s record waits for an age'),
  source: RequiredText('Say which law, agreement or notice says so, and of when it is', 500),
  validFrom: Day('Enter the day from which it holds'),
});

export const SayForm = z.object({
  id: FormId<KeepingFactId>(),
  saying: z.enum(Object.keys(sayings) as [Saying], 'Select what you say of this record'),
  because: Sentence('Say why, so that somebody else can judge it'),
  reviewOn: OptionalDay(),
});

export const IdPath = z.object({ id: z.uuid() });
