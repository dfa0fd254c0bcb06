/** What the form of this module accepts, and its error messages. */
import { z } from 'zod';
import { OptionalText, RequiredText } from '../../platform/forms/forms.ts';

export const DecisionForm = z.object({
  words: RequiredText('Enter what was decided', 500),
  decidedBy: RequiredText('Enter the name and rank or job of who decided', 120),
  reason: RequiredText('Enter the reason'),
  alternative: OptionalText(),
});
