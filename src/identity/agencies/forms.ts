/** Forms of this module: what they accept, and their error messages. */
import { z } from 'zod';
import { CheckboxList, RequiredText } from '../../platform/forms/forms.ts';
import { agencyKinds, roles } from '../../vocabulary/people.ts';
import { isPrintableAscii, normaliseEmailAddress } from './email-address.ts';
import { minPasswordLength } from './weak-password.ts';

const missing = 'Enter an email address, like name@example.org';
const Email = z
  .string(missing)
  .trim()
  .min(1, missing)
  .max(254, 'Use 254 characters or fewer')
  .refine(isPrintableAscii, 'Enter the address in plain letters from a to z: a letter in it only looks like one')
  .pipe(z.email(missing))
  .transform(normaliseEmailAddress);

export const MemberForm = z.object({
  name: RequiredText('Enter the person’s name', 120),
  title: RequiredText('Enter their rank or job', 80),
  email: Email,
  password: z
    .string(`Enter a first password of ${minPasswordLength} characters or more`)
    .min(minPasswordLength, `Enter a first password of ${minPasswordLength} characters or more`)
    .max(1_000, 'Use 1,000 characters or fewer'),
  roles: CheckboxList(roles),
});

const notPlain = 'Enter this on one line in Latin letters: a sign in it is hidden, or only looks like a letter';

/** On one line, in letters that look like what they are: the words of a consent and lists to choose from show it. Lines are refused, not joined: a second one could carry a sentence. */
const AgencyName = (missing: string, most: number) =>
  z
    .string(missing)
    .refine((name) => !/\S[\n\r\v\f\u0085\u2028\u2029]+\s*\S/u.test(name), notPlain)
    .pipe(RequiredText(missing, most))
    .transform((name) => name.replace(/\s+/gu, ' '))
    .refine((name) => /^[\p{Script=Latin}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name), notPlain);

/** As a reader tells names apart: without case, accents, spaces and signs. */
export const foldAgencyName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export const AgencyForm = z.object({
  name: AgencyName('Enter the name', 120),
  officialName: AgencyName('Enter the official name', 200),
  kind: z.enum(agencyKinds, 'Select the kind of agency'),
  firstResponder: z
    .enum(['yes', 'no'], 'Select whether its staff may refer people')
    .transform((answer) => answer === 'yes'),
});
