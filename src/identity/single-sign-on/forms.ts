/** Forms of this module: what they accept, and their error messages. */
import { z } from 'zod';
import { RequiredText } from '../../platform/forms/forms.ts';

const maxDemands = 20;

export const SettingsForm = z.object({
  issuer: RequiredText('Enter the address of the issuer', 500),
  clientId: RequiredText('Enter the client id', 500),
  secret: z.string().max(1_000, 'Use 1,000 characters or fewer').default(''),
  demands: z
    .string()
    .default('')
    .transform((text) => [...new Set(text.split(/\s+/).filter((word) => word !== ''))])
    .refine((list) => list.length <= maxDemands, `Enter ${maxDemands} words or fewer`),
});

export const LinkForm = z.object({
  memberId: z.uuid('Select the person'),
  subject: RequiredText('Enter the subject, as your agency’s sign-in names it', 255),
});

/** What an issuer sends back. */
export const ReturnQuery = z.object({ state: z.string().max(500).catch('').default('') });
