/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import { Day, RequiredText, skippedTime, Time } from '../../platform/forms/forms.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { isSkippedTime } from '../../vocabulary/calendar/wall-clock.ts';
import type { OperationId } from '../../vocabulary/ids.ts';

export const maxPasses = 30;
const maxNameLength = 120;

const Names = RequiredText('Enter at least one name', 4_000).transform((text, context) => {
  const names = [
    ...new Set(
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ];
  const fault =
    names.length > maxPasses
      ? `Enter ${maxPasses} names or fewer, and the rest after that`
      : names.some((name) => name.length > maxNameLength)
        ? `Use ${maxNameLength} characters or fewer for each name`
        : undefined;
  if (fault) context.addIssue({ code: 'custom', message: fault });
  return names;
});

export const TemporaryAccessForm = z
  .object({
    operationId: z.uuid('Select the operation').transform((id) => id as OperationId),
    day: Day('Enter the day of the shift'),
    from: Time('Enter when the shift starts'),
    until: Time('Enter when the shift ends'),
    names: Names,
  })
  .transform(({ day, from, until, ...rest }, context) => {
    // A night shift ends on the next day.
    const lastDay = until > from ? day : addDays(day, 1);
    if (isSkippedTime(lastDay, until))
      context.addIssue({ code: 'custom', path: ['until'], message: skippedTime(lastDay, until) });
    return { ...rest, startsAt: instantAt(day, from), endsAt: instantAt(lastDay, until) };
  });

export const CodeForm = z.object({
  code: z
    .string('Enter the code on your card')
    .trim()
    .min(1, 'Enter the code on your card')
    .max(60, 'Enter the code on your card'),
});
