/** Forms of this module: what they accept, and their error messages. */
import { z } from 'zod';
import { CheckboxList, OptionalDay, RequiredText } from '../../platform/forms/forms.ts';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { roles } from '../../vocabulary/people.ts';
import { MemberForm } from '../agencies/forms.ts';
import { personStates } from './person.ts';

export const InvitationForm = MemberForm.omit({ password: true });

export const JoinForm = z
  .object({
    password: z.string('Choose a password').min(1, 'Choose a password').max(1_000, 'Use 1,000 characters or fewer'),
    again: z.string().optional(),
  })
  .refine(({ password, again }) => again === undefined || again === password, {
    path: ['again'],
    message: 'The two passwords are not the same',
  })
  .transform(({ password }) => ({ password }));

const Reason = (missing: string) => RequiredText(missing, 500);

export const RoleChangeForm = z.object({
  title: RequiredText('Enter their rank or job', 80),
  roles: CheckboxList(roles),
  reason: Reason('Enter why this changes'),
});

export const LeavingForm = z
  .object({
    when: z.enum(['now', 'on a day'], 'Select when they leave'),
    lastDay: OptionalDay(),
    reason: Reason('Enter why they leave'),
  })
  .refine(({ when, lastDay }) => when === 'now' || (lastDay !== null && isDay(lastDay)), {
    path: ['lastDay'],
    message: 'Enter their last day',
  });

export const CancelLeavingForm = z.object({ reason: Reason('Enter why they stay') });

export const AgencyEndForm = z.object({
  name: RequiredText('Enter the name of the agency, as it is written above'),
  reason: Reason('Enter why the agency leaves'),
});

export const ExceptionForm = z.object({
  memberId: z.uuid('Select who it is'),
  reason: Reason('Enter why somebody of police or immigration is allowed to hold a safeguarding role'),
});

export const ExceptionEndForm = z.object({ reason: Reason('Enter why it ends') });

export const PeopleQuery = z.object({
  q: z.string().trim().max(120).catch('').default(''),
  state: z
    .enum(['all', ...personStates])
    .catch('all')
    .default('all'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type PeopleQuery = z.output<typeof PeopleQuery>;
