/** What the forms of retention accept, and what they say when they do not. */
import { z } from 'zod';
import { Count, Day, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { outcomes } from './retention.ts';

export const RuleForm = z.object({
  outcome: z.enum(outcomes, 'Select what came of the reports'),
  days: Count('Enter a number of days', 36_500).refine((days) => days >= 1, 'Enter 1 or more'),
  source: RequiredText('Say which law, agreement or notice says so, and of when it is', 500),
  validFrom: Day('Enter the day from which it holds'),
});

export const HoldForm = z.object({
  reason: Sentence('Say why it must not be destroyed'),
  reviewOn: Day('Enter the day by which somebody looks at it again'),
});

export const EndHoldForm = z.object({ because: Sentence('Say why it need not be held any longer') });
