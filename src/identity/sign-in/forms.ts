/** Forms of this module: what they accept, and their error messages. */
import { z } from 'zod';
import { RequiredText } from '../../platform/forms/forms.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { normaliseEmailAddress } from '../agencies/email-address.ts';

const Password = (missing: string) => z.string(missing).min(1, missing).max(1_000, 'Use 1,000 characters or fewer');

export const SignInForm = z.object({
  email: RequiredText('Enter your email address', 254).transform(normaliseEmailAddress),
  password: z.string('Enter your password').min(1, 'Enter your password').max(1_000, 'Enter your password'),
});

export const CodeForm = z.object({
  challenge: z.string(),
  code: RequiredText('Enter the six digits, or a recovery code', 40),
});

/** What a browser answers for an authenticator, as JSON in one field of a form. */
const Answer = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      const answer: unknown = JSON.parse(text);
      return z.looseObject({ id: z.base64url().min(1), response: z.looseObject({}) }).parse(answer);
    } catch {
      context.addIssue({ code: 'custom', message: 'The answer of the passkey did not arrive whole. Try again.' });
      return z.NEVER;
    }
  });

export const PasskeyForm = z.object({ challenge: z.string().min(1).max(200), answer: Answer });

const Name = RequiredText('Enter a name for this passkey', 60);
export const NewPasskeyForm = PasskeyForm.extend({ name: Name });
export const NameForm = z.object({ name: Name });

export const NewCodeForm = z.object({
  offer: z.string().max(1_000),
  code: z
    .string('Enter the six digits that the app shows')
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that the app shows')),
});

export const PasswordForm = z
  .object({
    present: Password('Enter your current password'),
    wanted: Password('Enter a new password'),
    again: z.string().optional().default(''),
  })
  .refine(({ wanted, again }) => wanted === again, {
    path: ['again'],
    error: 'The two new passwords are not the same',
  });

export const NextQuery = z.object({ next: z.string().optional().catch(undefined) });

/** Where to go on, what was typed before, and whether others use the machine: carried from step to step of signing in. */
export const SignInContext = z.object({
  next: z.string().optional().catch(undefined),
  kept: z.string().optional().catch(undefined),
  shared: z.string().optional().catch(undefined),
});
export type SignInContext = z.output<typeof SignInContext>;

/** Accepts only addresses of the staff site, so that a link cannot redirect elsewhere. */
export const toStaffAddress = (next: unknown): string =>
  typeof next === 'string' && /^\/staff(\/[\w\-/]*)?(\?[\w\-=&%.]*)?$/.test(next) ? next : staffSite;

const UnsentFormShape = z.object({
  url: z.string().regex(/^\/staff\/[\w\-/]+$/),
  answers: z.record(z.string(), z.unknown()),
});
/** The form a person had filled in when their session ended: kept in the page until they have signed in again. */
export type UnsentForm = z.output<typeof UnsentFormShape>;

export function readUnsentForm(text: string | undefined): UnsentForm | undefined {
  if (!text) return undefined;
  try {
    return UnsentFormShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
