/** What the form of this room accepts, and what it says when it does not. */
import { z } from 'zod';
import { Sentence } from '../../platform/forms.ts';

export const decisions = ['it is them', 'I could not make sure'] as const;

export const ConfirmForm = z.object({
  decision: z.enum(decisions, 'Select what you found'),
  grounds: Sentence('Say how you made sure, or why you could not'),
});
