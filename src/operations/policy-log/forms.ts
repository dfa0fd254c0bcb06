/** What the form of this module accepts, and its error messages. */
import { z } from 'zod';
import { MaybeWords, Words } from '../../platform/forms/forms.ts';

export const DecisionForm = z.object({
  words: Words('Enter what was decided', 500),
  decidedBy: Words('Enter the name and rank or job of who decided', 120),
  reason: Words('Enter the reason'),
  alternative: MaybeWords(),
});
