/** What the forms of retention accept, and what they say when they do not. */
import { z } from 'zod';
import { Count, Day, RequiredText, Sentence } from '../../platform/forms/forms.ts';
import { outcomes } from './retention.ts';

export const RuleForm = z.object({
  outcome: z.enum(outcomes, 'Select the outcome of the reports'),
  days: Count('Enter a number of days', 36_500).refine((days) => days >= 1, 'Enter 1 or more'),
  source: RequiredText('Enter the law, agreement or notice, with its date', 500),
  validFrom: Day('Enter the start date of the rule'),
});

export const HoldForm = z.object({
  reason: Sentence('Enter the reason for the hold'),
  reviewOn: Day('Enter the review date'),
});

export const EndHoldForm = z.object({ because: Sentence('Enter the reason for ending the hold') });
