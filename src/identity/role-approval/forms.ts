/** The form of this module: what it accepts, and its error messages. */
import { z } from 'zod';
import { Sentence } from '../../platform/forms/forms.ts';

export const decisions = ['it is them', 'I could not make sure'] as const;

export const ConfirmForm = z.object({
  decision: z.enum(decisions, 'Select your finding'),
  grounds: Sentence('Say how you made sure, or why you could not'),
});
