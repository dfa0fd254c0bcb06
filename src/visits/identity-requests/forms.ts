/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { Sentence } from '../../platform/forms/forms.ts';
import { identityRequestPurposes, requestableHours } from './identity-request.ts';

export const IdentityRequestForm = z.object({
  purpose: z.enum(identityRequestPurposes, 'Select your lawful reason to read the name'),
  reason: Sentence('Say why you need the name'),
  hours: z.enum(requestableHours, 'Select for how long').transform(Number),
});

export const decisions = ['open the name', 'refuse'] as const;

export const EndForm = z.object({ reasons: Sentence('Say why it ends now') });

export const DecideForm = z.object({
  decision: z.enum(decisions, 'Select what you decide'),
  reasons: Sentence('Enter the reasons for your decision'),
});
