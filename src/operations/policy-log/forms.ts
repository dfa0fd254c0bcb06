/** What the form of this module accepts, and its error messages. */
import { z } from 'zod';
import { OptionalText, RequiredText } from '../../platform/forms/forms.ts';

export const DecisionForm = z.object({
  words: RequiredText('Enter the decision', 500),
  decidedBy: RequiredText('Enter the name and rank or job of the person who decided', 120),
  reason: RequiredText('Enter the reason'),
  alternative: OptionalText(),
});
