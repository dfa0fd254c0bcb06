/** Forms of messages outside Safelight: what they accept, and their error texts. */
import { z } from 'zod';
import { RequiredText, Time } from '../forms/forms.ts';
import { isEmailAddress, toMobileNumber } from './address.ts';
import { channels } from './message.ts';

export const ChannelPath = z.object({ channel: z.enum(channels) });

const Email = RequiredText('Enter an e-mail address', 254).refine(
  isEmailAddress,
  'Enter one e-mail address, like name@example.org',
);
const Mobile = RequiredText('Enter a mobile number', 30).transform((typed, context) => {
  const number = toMobileNumber(typed);
  if (number) return number;
  context.addIssue({ code: 'custom', message: 'Enter a mobile number, like 07700 900123 or +353 85 012 3456' });
  return z.NEVER;
});

export const addressForms = {
  email: z.object({ address: Email }),
  text: z.object({ address: Mobile }),
} as const;

export const CodeForm = z.object({
  code: RequiredText('Enter the code that we sent', 20)
    .transform((text) => text.replace(/\s/g, ''))
    .refine((text) => /^\d{6}$/.test(text), 'Enter the six digits of the code'),
});

export const QuietForm = z.object({
  quietFrom: Time('Enter the time at which quiet hours begin'),
  quietUntil: Time('Enter the time at which quiet hours end'),
});
